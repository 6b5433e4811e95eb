"""Backup, restore, export and forget as a person types them."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.cli.keeping import COMMANDS
from assistant.cli.keeping import forget as forget_command
from assistant.errors import MatineeError
from assistant.types import Interaction, Signal, Video
from store.forget import What
from store.library import Library
from tests.store import rows

Run = Callable[..., Result]

for command in COMMANDS:
    matinee.add_command(command)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a data folder of its own, or in another one."""

    def call(*arguments: str, given: str | None = None, data: str = "data") -> Result:
        folder = str(tmp_path / data)
        return CliRunner().invoke(matinee, ["--data-dir", folder, *arguments], input=given)

    return call


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library of the folder `data`, with little in it."""
    path = tmp_path / "data" / "library.db"
    with Library.open(path) as opened:
        videos = [
            Video(id="file:a", title="Baking bread (2020)", year=2020, keywords=("bread",)),
            Video(id="file:b", title="=Steam|engines", tags=("a|b",), keywords=("steam",)),
            Video(id="web:c", title="A history", keywords=("history",)),
        ]
        opened.put_videos(videos)
        opened.add_interactions(
            Interaction(
                video_id=id_, signal=Signal.SAVED, at=datetime(2026, month, 1, 12, tzinfo=UTC)
            )
            for month, id_ in enumerate(("file:a", "web:c", "gone:d"), start=1)
        )
        opened.add_turn(opened.start_session(), rows.turn("something on bread", videos[0]))
    return path


def refused(result: Result) -> MatineeError:
    assert isinstance(result.exception, MatineeError), result.output
    return result.exception


# --- backup and restore ------------------------------------------------------------------------


def test_a_backup_forgotten_and_restored_is_the_library_before(
    run: Run, library: Path, tmp_path: Path
) -> None:
    before = rows.everything(library)
    made = run("backup", str(tmp_path / "b.zip"))
    assert re.search(r"b\.zip: 3 videos, 3 signals and 1 session; 0\.\d MB\.", made.stdout)
    assert run("forget", "all", "--yes").exit_code == 0
    assert rows.rows(library, "videos") == []
    done = run("restore", str(tmp_path / "b.zip"), "--yes")
    assert "Restored: 3 videos, 3 signals and 1 session." in done.stdout
    assert "kept in" in done.stdout
    assert rows.everything(library) == before


def test_a_library_moves_to_another_folder(run: Run, library: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"))
    done = run("restore", str(tmp_path / "b.zip"), "--yes", "--json", data="new")
    assert json.loads(done.stdout)["aside"] is None
    assert rows.everything(tmp_path / "new" / "library.db") == rows.everything(library)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "library.db").stat().st_mode) == 0o600


def test_a_backup_into_a_folder_bears_the_day(run: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    told = json.loads(run("backup", str(tmp_path / "disk"), "--json").stdout)
    [file] = (tmp_path / "disk").iterdir()
    assert re.fullmatch(r"matinee-\d{4}-\d\d-\d\d\.zip", file.name)
    assert told["file"] == str(file)
    assert told["counts"] == {"videos": 3, "signals": 3, "sessions": 1, "preferences": 0}
    assert "such a file already" in refused(run("backup", str(tmp_path / "disk"))).title
    assert run("backup", str(tmp_path / "disk"), "--force").exit_code == 0


def test_a_restore_says_what_it_replaces_and_asks(run: Run, library: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"))
    with Library.open(library) as opened:
        opened.remove_videos(["web:c"])
    asked = run("restore", str(tmp_path / "b.zip"), given="n\n")
    assert asked.exit_code != 0
    assert re.search(r"A backup of \d{4}-\d\d-\d\d \d\d:\d\d: 3 videos, 3 signals", asked.stderr)
    assert "takes the place of 2 videos, 3 signals and 1 session" in asked.stderr
    assert len(rows.rows(library, "videos")) == 2
    assert run("restore", str(tmp_path / "b.zip"), given="").exit_code != 0, "nobody to ask"
    assert run("restore", str(tmp_path / "b.zip"), given="y\n").exit_code == 0
    assert len(rows.rows(library, "videos")) == 3


def test_what_is_no_backup_is_said_to_be_none(run: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("Dear diary")
    error = refused(run("restore", str(tmp_path / "b.zip"), "--yes"))
    assert error.title == "This is no backup that can be restored."
    assert len(rows.rows(library, "videos")) == 3


# --- export ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["jsonl", "csv", "both"])
def test_an_export_is_imported_into_another_folder(
    run: Run, library: Path, tmp_path: Path, format_: str
) -> None:
    folder = str(tmp_path / "export")
    told = run("export", folder, "--format", format_).stdout
    assert "videos 3, history 3, ratings 0, saved 3, sessions 1" in told
    assert "preferences 0, interests 0." in told
    done = run("import", "--no-embed", folder, data="new")
    assert "3 new, 0 updated, 0 unchanged, 0 skipped; 3 signals" in done.stdout
    for table in ("videos", "interactions"):
        assert rows.rows(tmp_path / "new" / "library.db", table) == rows.rows(library, table)
    again = run("import", "--no-embed", folder).stdout
    assert "0 new, 0 updated, 3 unchanged, 0 skipped; 0 signals" in again


def test_an_export_as_data_and_into_a_folder_that_is_taken(
    run: Run, library: Path, tmp_path: Path
) -> None:
    told = json.loads(run("export", str(tmp_path / "export"), "--json").stdout)
    assert told["counts"]["videos"] == 3
    assert run("export", str(tmp_path / "export")).exit_code == 0
    assert "not empty" in refused(run("export", str(tmp_path / "data"))).title


# --- forget ------------------------------------------------------------------------------------


def test_what_can_be_forgotten_is_offered() -> None:
    assert list(forget_command.params[0].type.choices) == list(What)  # type: ignore[attr-defined]


def test_forgetting_says_how_much_and_asks(run: Run, library: Path) -> None:
    asked = run("forget", "videos", "--source", "file", given="n\n")
    assert (
        "To be forgotten: 2 videos, 1 signal and 1 session. This cannot be undone." in asked.stderr
    )
    assert asked.exit_code != 0
    assert len(rows.rows(library, "videos")) == 3
    done = run("forget", "videos", "--source", "file", given="y\n")
    assert "Forgotten: 2 videos, 1 signal and 1 session." in done.stdout
    assert "yours to delete" in done.stdout
    assert [row[0] for row in rows.rows(library, "videos")] == ["web:c"]


def test_options_and_ids_narrow_what_is_forgotten(run: Run, library: Path) -> None:
    def signals(*options: str) -> int:
        done = run("forget", "history", *options, "--json", given="n\n")
        return int(re.search(r"(\d+) signal|Nothing", done.stderr)[1] or 0)  # type: ignore[index]

    assert signals() == 3
    assert signals("--since", "2026-02-01") == 2
    assert signals("--since", "2026-02-01", "--until", "2026-02-01") == 1
    assert signals("--until", "2025-12-31") == 0
    assert signals("--source", "gone") == 1
    assert signals("file:a", "web:c", "--since", "2026-02-01") == 1
    data = json.loads(run("forget", "history", "gone:d", "--yes", "--json").stdout)
    assert (data["videos"], data["signals"], data["sessions"]) == (0, 1, 0)


def test_nothing_to_forget_is_said_and_not_asked(run: Run, library: Path) -> None:
    done = run("forget", "videos", "--source", "nobody")
    assert done.exit_code == 0
    assert "Nothing of that" in done.stderr
    assert json.loads(run("forget", "videos", "x:y", "--json").stdout)["videos"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("videos", "--since", "2026-01-01"),
            "forget videos goes by IDs, --source; not by --since",
        ),
        (("sessions", "--source", "a"), "forget sessions goes by IDs, --since, --until; not by"),
        (("all", "file:a"), "forget all takes nothing else; not by IDs"),
        (("history", "--since", "yesterday"), "does not match the format"),
        (("everything",), "is not one of"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, library: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("forget", *arguments, "--yes")
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(rows.rows(library, "videos")) == 3


def test_the_log_goes_with_what_it_may_quote(run: Run, library: Path) -> None:
    for name in ("matinee.log", "matinee.log.1"):
        (library.parent / name).write_text("something on bread")
    done = run("forget", "sessions", "--yes")
    assert "the log" in done.stdout
    assert list(library.parent.glob("matinee.log*")) == []


def test_beside_a_chat_nothing_is_replaced_or_forgotten(
    run: Run, library: Path, tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "b.zip"))
    with Library.open(library):
        assert run("backup", str(tmp_path / "c.zip")).exit_code == 0
        for arguments in (("restore", str(tmp_path / "b.zip")), ("forget", "all")):
            error = refused(run(*arguments, "--yes"))
            assert error.title == "Another Matinee has this library open."
            assert error.hint
