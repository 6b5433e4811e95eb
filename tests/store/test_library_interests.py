from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import LibraryDamagedError
from assistant.importers.matinee_folder import MatineeFolderImporter
from assistant.importers.matinee_interests import MatineeInterestsImporter
from assistant.importers.stored import StoredRows
from assistant.types import Interaction, InterestSetting, Signal, Skipped, Video
from store.backup import back_up, restore
from store.export import Format, export_library
from store.forget import Selection, What, forget
from store.ingest import ingest
from store.library import Library
from store.library.integrity import Inspection
from store.recovery import open_library
from store.snapshots import Snapshots

NOON = datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC)
SKY = InterestSetting(name="Night sky", weight=1.5, video_ids=("v:1", "v:2"), at=NOON)
OFF = InterestSetting(off=True, video_ids=("v:3",), at=NOON + timedelta(hours=1))


def stored(library: Library) -> list[InterestSetting]:
    return [one.model_copy(update={"id": None}) for one in library.interest_settings()]


def test_settings_come_back_in_the_order_in_which_they_were_made(library: Library) -> None:
    assert library.interest_settings() == []
    for one in (OFF, SKY):
        library.set_interest(one)
    assert stored(library) == [OFF, SKY]
    assert len({one.id for one in library.interest_settings()}) == 2


def test_a_like_keeps_one_setting_alone(library: Library) -> None:
    library.set_interest(SKY)
    part = InterestSetting(name="Comets", video_ids=("v:2", "v:4"), at=NOON)
    library.set_interest(part)
    assert stored(library) == [SKY.model_copy(update={"video_ids": ("v:1",)}), part]
    library.set_interest(InterestSetting(weight=0.5, video_ids=("v:1", "v:2", "v:4"), at=NOON))
    assert [one.weight for one in library.interest_settings()] == [0.5]


def test_a_setting_that_sets_nothing_takes_the_one_before_away(library: Library) -> None:
    library.set_interest(SKY)
    library.set_interest(InterestSetting(video_ids=SKY.video_ids))
    assert library.interest_settings() == []


def test_what_no_like_keeps_goes(library: Library) -> None:
    library.set_interest(SKY)
    library.unset_interests_of(["v:2"])
    assert stored(library)[0].video_ids == ("v:1",)
    library.unset_interests_of(["v:1"])
    assert library.interest_settings() == []


# --- what else the store does with them -----------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.db"
    with Library.open(path) as library:
        library.put_videos([Video(id=f"v:{n}", title=f"Video {n}") for n in range(1, 5)])
        for number in range(1, 5):
            library.add_interaction(
                Interaction(video_id=f"v:{number}", signal=Signal.LIKED, at=NOON)
            )
        library.set_interest(SKY)
        library.set_interest(OFF)
    return path


def test_they_come_back_from_a_backup_clean(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE interest_settings SET name = 'Night' || char(27) || '[1m sky'")
    with Library.open(path) as library:
        back_up(library, tmp_path / "a.zip")
    restore(tmp_path / "a.zip", tmp_path / "new" / "library.db", gate=StoredRows())
    with Library.open(tmp_path / "new" / "library.db") as library:
        assert [one.name for one in library.interest_settings()] == ["Night sky"] * 2


def test_they_are_exported(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        export_library(library, tmp_path / "out", formats=[Format.CSV])
    lines = (tmp_path / "out" / "interests.jsonl").read_text("utf-8").splitlines()
    assert [InterestSetting.model_validate_json(line) for line in lines] == [SKY, OFF]


def test_they_come_back_from_a_snapshot(path: Path) -> None:
    with Library.open(path) as library:
        Snapshots.of(path).take(library)
    path.write_bytes(b"nothing like a library")
    with open_library(path) as library:
        assert stored(library) == [SKY, OFF]


def test_a_row_that_cannot_be_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE interest_settings SET weight = 7 WHERE name = 'Night sky'")
    with Inspection.open(path) as inspection:
        [bad] = inspection.bad_own_edits()
    assert bad.id == "Night sky"
    with Library.open(path) as library, pytest.raises(LibraryDamagedError):
        library.interest_settings()


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (Selection(What.HISTORY), []),
        (Selection(What.ALL), []),
        (Selection(What.VIDEOS, ids=("v:1",)), [("v:2",), ("v:3",)]),
        (Selection(What.VIDEOS, ids=("v:3",)), [("v:1", "v:2")]),
        (Selection(What.HISTORY, since=NOON + timedelta(hours=1)), [("v:1", "v:2"), ("v:3",)]),
        (Selection(What.SESSIONS), [("v:1", "v:2"), ("v:3",)]),
    ],
)
def test_forgotten_likes_keep_no_setting(
    path: Path, selection: Selection, left: list[tuple[str, ...]]
) -> None:
    forget(path, selection, index=path.parent / "index")
    with Library.open(path) as library:
        assert [one.video_ids for one in library.interest_settings()] == left
    if not left:
        assert b"Night sky" not in b"".join(
            one.read_bytes() for one in path.parent.rglob("*") if one.is_file()
        )


def test_an_export_brings_them_into_another_library(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        export_library(library, tmp_path / "out")
    records = list(MatineeFolderImporter().read(tmp_path / "out"))
    with Library.open(tmp_path / "other" / "library.db") as library:
        summary = ingest(records, library)
        assert summary.preferences == 2
        assert stored(library) == [SKY, OFF]
        newer = InterestSetting(name="Stars", video_ids=("v:1", "v:2"), at=NOON + timedelta(days=1))
        library.set_interest(newer)
        assert ingest(records, library).preferences == 0
        assert stored(library) == [OFF, newer]


def test_lines_that_set_nothing_for_an_interest_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "interests.jsonl"
    lines = ['{"video_ids": ["v:1"], "weight": 1.5}', '{"video_ids": [], "off": true}', "{"]
    file.write_text("\n".join(lines), "utf-8")
    assert MatineeInterestsImporter().recognises(file)
    good, *bad = MatineeInterestsImporter().read(file)
    assert isinstance(good, InterestSetting)
    assert good.weight == 1.5
    assert [type(one) for one in bad] == [Skipped, Skipped]
