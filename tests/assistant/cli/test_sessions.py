"""``matinee sessions`` and ``matinee chat --resume`` as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.errors import MatineeError
from assistant.sessions.document import read_document
from assistant.types import Signal
from store.library import Library
from tests.assistant.sessions.held import HOSTILE, SPIRITED, asked, hold, mark, said

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a data folder of its own, and in an empty working folder."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)

    def call(*arguments: str, given: str | None = None) -> Result:
        folder = str(tmp_path / "data")
        return CliRunner().invoke(matinee, ["--data-dir", folder, *arguments], input=given)

    return call


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """Two sessions of a library, the first held first."""
    with Library.open(tmp_path / "data" / "library.db") as library:
        held = [
            hold(library, asked("something warm", SPIRITED), said("thanks", "You are welcome.")),
            hold(library, asked("温暖的电影", HOSTILE, language="zh")),
        ]
        mark(library, SPIRITED.id, Signal.LIKED)
    return held


def problem(result: Result) -> MatineeError:
    assert isinstance(result.exception, MatineeError)
    return result.exception


def test_without_sessions_it_says_how_to_begin_one(run: Run) -> None:
    assert "Begin one: matinee chat" in run("sessions").stderr
    for command in (("sessions", "show"), ("chat", "--plain", "--resume")):
        assert "no session yet" in problem(run(*command)).title


def test_the_list_for_people_and_as_data(run: Run, ids: list[str]) -> None:
    lines = run("sessions").stdout.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(ids)
    [warm] = [line for line in lines if line.startswith(ids[0])]
    assert "2 turns" in warm
    assert "1 liked" in warm
    assert warm.endswith("something warm")
    rows = [json.loads(line) for line in run("sessions", "--json").stdout.splitlines()]
    [row] = [row for row in rows if row["id"] == ids[0]]
    assert (row["title"], row["named"], row["turns"], row["liked"]) == (
        "something warm", False, 2, 1,
    )  # fmt: skip
    shortened = run("sessions", "-n", "1")
    assert len(shortened.stdout.splitlines()) == 1
    assert "1 more: matinee sessions -n 2" in shortened.stderr


def test_the_search(run: Run, ids: list[str]) -> None:
    assert run("sessions", "search", "WARM", "welcome").stdout.startswith(ids[0])
    assert run("sessions", "search", "温暖").stdout.startswith(ids[1])
    nothing = run("sessions", "search", "zebra")
    assert (nothing.stdout, nothing.stderr) == ("", "Nothing found.\n")


def test_a_session_is_shown_by_the_beginning_of_its_id(run: Run, ids: list[str]) -> None:
    shown = run("sessions", "show", ids[0][:6].upper()).stdout
    assert shown.startswith("# something warm\n")
    assert "[**Spirited Away**](<https://x.org/b=c_d>)" in shown
    assert "liked" in shown
    data = run("sessions", "show", ids[1], "--json").stdout
    assert read_document(data).turns[0].turn.message == "温暖的电影"
    assert "no such session" in problem(run("sessions", "show", "zzz")).title


def test_a_session_is_renamed(run: Run, ids: list[str]) -> None:
    assert run("sessions", "rename", ids[0], "Film", "night").stdout.endswith("Film night\n")
    assert run("sessions", "search", "night").stdout.startswith(ids[0])
    assert run("sessions", "rename", ids[0]).stdout.endswith("something warm\n")


def test_an_export_is_called_as_the_session_and_overwrites_nothing(
    run: Run, ids: list[str], tmp_path: Path
) -> None:
    assert "something-warm.md" in run("sessions", "export", ids[0]).stderr
    first = Path("something-warm.md").read_text("utf-8")
    assert first.startswith("# something warm")
    refused = problem(run("sessions", "export", ids[0]))
    assert "a file already" in refused.title
    assert run("sessions", "export", ids[0], "--force").exit_code == 0
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run("sessions", "export", ids[1], str(folder), "--format", "json").exit_code == 0
    held = read_document((folder / "温暖的电影.json").read_text("utf-8"))
    assert held.turns[0].turn.picks[0].video == HOSTILE
    run("sessions", "export", ids[1], "x.json")
    assert read_document(Path("x.json").read_text("utf-8")) == held


def test_a_deleted_session_leaves_no_trace(run: Run, ids: list[str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("sessions", "delete", ids[0], given="n\n").exit_code != 0
    done = run("sessions", "delete", ids[0], "--yes")
    assert "Deleted: 1 session" in done.stdout
    assert [line.split()[0] for line in run("sessions").stdout.splitlines()] == [ids[1]]
    found = [file for file in data.rglob("*") if file.is_file() and b"thanks" in file.read_bytes()]
    assert found == []
    assert "no such session" in problem(run("sessions", "delete", ids[0], "--yes")).title


# --- going on -------------------------------------------------------------------------------------


def test_a_chat_says_how_to_go_on_with_it_and_goes_on(run: Run) -> None:
    began = run("chat", "--no-llm", given="something about trains\n")
    assert began.exit_code == 0, began.output
    [line] = [line for line in began.stderr.splitlines() if line.startswith("Go on with")]
    session = line.split()[-1]
    assert f"matinee chat --resume {session}" in line
    for resume in ([session[:7]], []):
        more = run("chat", "--no-llm", "--plain", "--resume", *resume, given="something else\n")
        assert "Going on with: something about trains" in more.stderr
        assert line in more.stderr
    [row] = run("sessions", "--json").stdout.splitlines()
    assert (json.loads(row)["id"], json.loads(row)["turns"]) == (session, 3)
    turns = read_document(run("sessions", "show", "--json").stdout).turns
    shown = [pick.video.id for held in turns for pick in held.turn.picks]
    assert len(shown) == len(set(shown)) > 5


@pytest.mark.parametrize("kept", ["0123abcd", None])
def test_on_a_screen_too_it_says_how_to_go_on(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch, kept: str | None
) -> None:
    shown: list[str | None] = []

    def run_app(*_: object, session: str | None, **__: object) -> str | None:
        shown.append(session)
        return kept

    monkeypatch.setattr("assistant.cli.chat.on_terminal", lambda: True)
    monkeypatch.setattr("assistant.tui.run_app", run_app)
    said = run("chat", "--resume", ids[1][:7]).stderr
    assert ("matinee chat --resume 0123abcd" in said) is (kept is not None)
    run("chat")
    assert shown == [ids[1], None]
