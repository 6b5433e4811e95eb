"""Snapshots: when they are taken, what is in them, which of them are kept."""

from __future__ import annotations

import gzip
import logging
import os
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.types import Interaction, Request, Turn, Video
from store.library import Library
from store.library.connection import suspect_file
from store.library.tables import DERIVED, persons_tables, tables_of_version
from store.locks import FileLock
from store.snapshots import Kind, Snapshot, Snapshots, let_go
from tests.store.conftest import ROOT, program, small_disk

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def video(number: int, title: str = "A video") -> Video:
    return Video(id=f"test:{number}", title=title, description="Words.")


def like(library: Library, number: int) -> int:
    return library.add_interaction(
        Interaction(video_id=f"test:{number}", signal="liked", at=NOON + number * HOUR)
    )


@pytest.fixture
def snapshots(library: Library) -> Snapshots:
    return Snapshots.of(library.path)


@pytest.fixture
def lived_in(library: Library) -> Library:
    """A library with a little of everything."""
    library.put_videos([video(1), video(2, "学习")])
    library.put_keywords({"test:1": ("words",)})
    for number in range(3):
        like(library, number)
    library.remove_interaction(2)
    library.add_turn(library.start_session(), Turn(message="x", request=Request(message="x")))
    return library


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


# --- what is in one ----------------------------------------------------------------------------


def test_a_snapshot_is_a_library_of_what_it_holds(
    lived_in: Library, snapshots: Snapshots, tmp_path: Path
) -> None:
    history, videos = snapshots.take(lived_in)
    assert (history, videos) == (snapshots.newest().path, snapshots.newest("videos").path)  # type: ignore[union-attr]
    for path in (history, videos):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700

    snapshots.newest("history").unpack(tmp_path / "history.db")  # type: ignore[union-attr]
    for table in ("interactions", "sessions", "turns"):
        query = f"SELECT * FROM {table}"
        kept = rows(tmp_path / "history.db", query)
        assert kept == rows(lived_in.path, query)
        assert kept
    with Library.open(tmp_path / "history.db") as library:
        assert library.interactions() == lived_in.interactions()
        assert library.count() == 0

    snapshots.newest("videos").unpack(tmp_path / "videos.db")  # type: ignore[union-attr]
    query = "SELECT * FROM videos"
    assert rows(tmp_path / "videos.db", query) == rows(lived_in.path, query)
    with Library.open(tmp_path / "videos.db") as library:
        assert list(library.videos()) == list(lived_in.videos())
        assert library.interactions() == []


def test_every_table_is_either_derived_or_in_the_snapshot(library: Library) -> None:
    """Who adds a table has to say which it is; what is not derived is kept without a word."""
    ours = {table.name for table in persons_tables(library._connection)}
    assert ours == {
        "interactions",
        "sessions",
        "turns",
        "preferences",
        "own_tags",
        "removed_videos",
        "interest_settings",
    }
    everything = rows(library.path, "SELECT name FROM pragma_table_list WHERE type = 'table'")
    assert ours | DERIVED == {name for (name,) in everything if not name.startswith("sqlite_")}


def test_it_is_of_one_moment(lived_in: Library, snapshots: Snapshots, tmp_path: Path) -> None:
    """What another process writes while it is taken is not in it, and does not stop it."""
    with Library.open(lived_in.path) as other:

        class Meddling(Library):
            def identity(self) -> str:  # asked for after the moment was chosen
                like(other, int(rows(other.path, "SELECT count(*) FROM interactions")[0][0]) + 50)
                return super().identity()

        before = lived_in.interactions()
        snapshots.take(Meddling(lived_in._connection))
        assert len(other.interactions()) > len(before)
    snapshots.newest().unpack(tmp_path / "history.db")  # type: ignore[union-attr]
    with Library.open(tmp_path / "history.db") as library:
        assert library.interactions() == before


# --- when --------------------------------------------------------------------------------------


def kinds(paths: Iterable[Path]) -> list[str]:
    return [path.name.split("-")[0] for path in paths]


def test_nothing_is_kept_of_nothing(library: Library, snapshots: Snapshots) -> None:
    assert snapshots.take_if_due(library) == snapshots.take(library) == []
    assert snapshots.newest() is None


def test_the_history_hourly_and_the_videos_daily_when_they_changed(
    lived_in: Library, snapshots: Snapshots
) -> None:
    due = snapshots.take_if_due
    assert kinds(due(lived_in, NOON)) == ["history", "videos"]
    assert due(lived_in, NOON + 30 * DAY) == []
    like(lived_in, 10)
    assert due(lived_in, NOON + 0.9 * HOUR) == []
    assert kinds(due(lived_in, NOON + HOUR)) == ["history"]
    lived_in.remove_interaction(1)  # something taken back is a change too
    lived_in.put_videos([video(3)])
    assert kinds(due(lived_in, NOON + 2 * HOUR)) == ["history"]
    assert kinds(due(lived_in, NOON + DAY)) == ["videos"]
    lived_in.add_turn(lived_in.start_session(), Turn(message="y", request=Request(message="y")))
    assert kinds(due(lived_in, NOON + 2 * DAY)) == ["history"]
    lived_in.rename_session(lived_in.sessions()[0].id, "z")
    assert kinds(due(lived_in, NOON + 3 * DAY)) == ["history"]


def test_many_new_videos_are_not_left_for_a_day(lived_in: Library, snapshots: Snapshots) -> None:
    snapshots.take_if_due(lived_in, NOON)
    lived_in.put_videos(map(video, range(10, 100)))
    assert snapshots.take_if_due(lived_in, NOON + HOUR) == []
    lived_in.put_videos(map(video, range(100, 111)))
    assert kinds(snapshots.take_if_due(lived_in, NOON + HOUR)) == ["videos"]
    assert snapshots.take_if_due(lived_in, NOON + HOUR) == []


def test_another_library_in_its_place_is_not_taken_for_it(
    lived_in: Library, snapshots: Snapshots, tmp_path: Path
) -> None:
    snapshots.take_if_due(lived_in, NOON)
    with Library.open(tmp_path / "other" / "library.db") as other:
        assert snapshots.take_if_due(other, NOON + HOUR / 2) == []  # it is empty
        like(other, 1)
        assert kinds(snapshots.take_if_due(other, NOON + HOUR / 2)) == ["history"]


def test_names_sort_by_when_they_were_taken_whatever_the_clock_says(
    lived_in: Library, snapshots: Snapshots
) -> None:
    taken = []
    for number, now in enumerate((NOON, NOON - 40 * DAY, NOON - 80 * DAY)):
        like(lived_in, 20 + number)
        taken += [path for path in snapshots.take_if_due(lived_in, now) if "history" in path.name]
    assert len(taken) == 3
    assert taken == sorted(taken)
    assert snapshots.newest().path == taken[-1]  # type: ignore[union-attr]


def test_only_one_at_a_time_takes_one(
    lived_in: Library, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.snapshots._WAIT_S", 0.05)
    folder = lived_in.path.parent / "snapshots"
    folder.mkdir()
    lock = FileLock.take(folder / "lock")
    assert lock is not None
    assert snapshots.take_if_due(lived_in) == []
    with pytest.raises(StoreError, match="taking a snapshot"):
        snapshots.take(lived_in)
    with pytest.raises(StoreError, match="taking a snapshot"):
        snapshots.clear()
    lock.release()
    assert len(snapshots.take_if_due(lived_in)) == 2


# --- damage and disks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE interactions SET signal = 'adored' WHERE row = 1",
        "UPDATE turns SET turn = 'no json'",
        "UPDATE videos SET title = 'Another title' WHERE row = 1",
        "UPDATE videos SET tags = '[' WHERE row = 1",
    ],
)
def test_a_damaged_library_pushes_no_snapshot_out(
    lived_in: Library, snapshots: Snapshots, damage: str
) -> None:
    before = snapshots.take(lived_in)
    lived_in.put_videos([video(3)])
    like(lived_in, 30)
    lived_in._connection.execute(damage)
    with pytest.raises(LibraryDamagedError):
        snapshots.take(lived_in)
    assert suspect_file(lived_in.path).exists()
    assert snapshots.take_if_due(lived_in, datetime.now(UTC) + 40 * DAY) == []
    assert [path for path in before if not path.exists()] == []
    assert not (lived_in.path.parent / "snapshots" / "making").exists()


def test_a_damaged_page_is_noticed(lived_in: Library, snapshots: Snapshots) -> None:
    for number in range(2_000):
        like(lived_in, 100 + number)
    path = lived_in.path
    lived_in.close()
    pages = rows(path, "SELECT pageno FROM dbstat WHERE name = 'interactions' ORDER BY path")
    [page] = pages[len(pages) // 2]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 2_000)
        file.write(b"\xff" * 64)
    with Library.open(path) as library, pytest.raises(LibraryDamagedError):
        snapshots.take(library)
    assert snapshots.newest() is None


def test_no_room_for_a_snapshot(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        small_disk(tmp_path / "disk", 1_000) as disk,
        Library.open(disk / "library.db") as library,
    ):
        for number in range(20):
            like(library, number)
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filling").write_bytes(bytes(room - 40_000))
        with caplog.at_level(logging.WARNING):
            assert Snapshots.of(library.path).take_if_due(library) == []
        assert "The disk is full." in caplog.text
        with pytest.raises(StoreError, match="The disk is full"):
            Snapshots.of(library.path).take(library)
        assert [file.name for file in (disk / "snapshots").iterdir()] == ["lock"]
        (disk / "filling").unlink()
        assert len(Snapshots.of(library.path).take(library)) == 1


def test_what_a_killed_one_left_is_gone(lived_in: Library, snapshots: Snapshots) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from store.library import Library\n"
        "import store.snapshots\n"
        "store.snapshots.pack = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "store.snapshots.Snapshots.of(library.path).take(library)"
    )
    done = subprocess.run(program("-c", code, lived_in.path), cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    folder = lived_in.path.parent / "snapshots"
    assert (folder / "making" / "history.db").exists()
    assert snapshots.newest() is None
    assert len(snapshots.take(lived_in)) == 2
    assert not (folder / "making").exists()


def test_what_is_not_whole_is_not_unpacked(
    lived_in: Library, snapshots: Snapshots, tmp_path: Path
) -> None:
    path = snapshots.take(lived_in)[0]
    snapshot = snapshots.newest()
    assert snapshot is not None
    os.truncate(path, path.stat().st_size - 9)
    with pytest.raises(EOFError):
        snapshot.unpack(tmp_path / "out.db")


def test_cleared_means_overwritten_and_gone(lived_in: Library, snapshots: Snapshots) -> None:
    paths = snapshots.take(lived_in)
    (paths[0].parent / "history-of-something-else").write_text("x")
    links = [path.with_suffix(".linked") for path in paths]
    for path, link in zip(paths, links, strict=True):
        os.link(path, link.parent.parent / link.name)
    assert snapshots.clear() == 3
    assert snapshots.newest() is snapshots.newest("videos") is None
    assert [file.name for file in paths[0].parent.iterdir()] == ["lock"]
    for link in links:
        assert set((link.parent.parent / link.name).read_bytes()) == {0}
    assert Snapshots(lived_in.path.parent / "nothing").clear() == 0


# --- which are kept ----------------------------------------------------------------------------


def snapshot(taken: datetime, kind: Kind = "history", library: str = "0" * 8) -> Snapshot:
    return Snapshot(Path(f"{kind}-{taken}"), kind, taken, library, "0")


def kept(snapshots: list[Snapshot]) -> list[datetime]:
    gone = set(let_go(snapshots))
    return [item.taken for item in snapshots if item not in gone]


def test_few_are_kept_of_many_and_the_older_the_fewer() -> None:
    hourly = [snapshot(NOON - number * HOUR) for number in range(24 * 400)]
    ages = [(NOON - taken) / DAY for taken in kept(hourly)]
    assert len(ages) <= 3 + 8 + 5 + 13
    assert ages == sorted(ages)
    assert ages[:3] == [0, 1 / 24, 2 / 24]
    assert sum(age < 7 for age in ages) >= 9
    assert sum(7 <= age < 31 for age in ages) in (3, 4)
    assert sum(age >= 31 for age in ages) in (10, 11, 12)
    assert max(ages) < 366


def test_as_time_goes_by_there_is_always_one_of_each_age() -> None:
    """Kept by many small decisions, not by one."""
    there: list[Snapshot] = []
    for number in range(500):
        there.insert(0, snapshot(NOON + number * DAY / 2))
        gone = let_go(there)
        there = [item for item in there if item not in gone]
    ages = [(there[0].taken - item.taken) / DAY for item in there]
    for least, most in ((0, 0.1), (1, 2), (6, 7), (10, 20), (20, 35), (60, 100), (150, 249)):
        assert any(least <= age <= most for age in ages), (least, most, ages)


def test_who_comes_back_after_years_finds_them_all() -> None:
    then = [snapshot(NOON.replace(month=12 - number)) for number in range(10)]
    assert let_go(then) == []


def test_two_of_the_videos() -> None:
    assert len(kept([snapshot(NOON - number * DAY, "videos") for number in range(5)])) == 2


def test_the_last_one_of_a_library_that_was_replaced_is_kept() -> None:
    today = [snapshot(NOON - number * HOUR / 2, library="1" * 8) for number in range(10)]
    before = [snapshot(NOON - (5 + number) * HOUR, library="2" * 8) for number in range(3)]
    assert before[0].taken in kept(today + before)
    assert before[1].taken not in kept(today + before)
    assert let_go([]) == []


def test_names_that_are_none_are_passed_over(library: Library, snapshots: Snapshots) -> None:
    folder = library.path.parent / "snapshots"
    folder.mkdir()
    for name in ("history-2026.db.gz", "history-", "videos-20260501T120000000000Z-1.db.gz"):
        (folder / name).write_bytes(gzip.compress(b""))
    assert snapshots.all("history") == snapshots.all("videos") == []


def test_the_columns_that_number_rows_are_known() -> None:
    tables = tables_of_version(1)
    assert tables["interactions"].number == tables["videos"].number == "row"
    assert tables["vectors"].number == "revision"
    assert tables["sessions"].by_key
    assert tables["sessions"].number is None
    assert tables["title_likelihoods"].key == ("model", "video_id")
