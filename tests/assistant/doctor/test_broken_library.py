"""Libraries that are broken by hand: the row, the hint, and what a repair makes of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import numpy as np
import pytest

from assistant.doctor import State
from store.index import IndexState
from store.library import Library
from tests.assistant.doctor.conftest import Folder, not_well

LIBRARY = ("library", "schema", "pages", "videos", "full text", "keywords", "vectors", "history",
           "missing vectors")  # fmt: skip


def repaired(folder: Folder, check: str) -> str:
    """Repair the folder, and make sure that it is well then; what the repair said."""
    rows = folder.look(*LIBRARY, repair=True)
    assert rows[check].state is State.REPAIRED, rows[check]
    assert not_well(folder.look(*LIBRARY)) == {}
    return rows[check].detail


def hinted(folder: Folder, row_hint: str) -> bool:
    """Whether a hint names the command that repairs this folder."""
    return row_hint == f"matinee --data-dir {folder.places.data} doctor --repair"


# --- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_library_that_was_cut_off(folder: Folder, share: float) -> None:
    library = folder / "library.db"
    with library.open("r+b") as file:
        file.truncate(int(library.stat().st_size * share))
    before = library.read_bytes()
    rows = folder.look(*LIBRARY)
    broken = [row for row in rows.values() if row.state is State.FAILED]
    assert broken
    assert all(hinted(folder, row.hint) for row in broken)
    assert rows["videos"].state is State.SKIPPED
    assert library.read_bytes() == before
    rows = folder.look(*LIBRARY, repair=True)
    assert State.REPAIRED in {row.state for row in rows.values()}
    assert folder.look("library", "pages", "history")["history"].detail.startswith("9 signals")
    assert any((folder / "damaged").iterdir()), "what was damaged is kept"


def test_a_library_that_is_something_else(folder: Folder) -> None:
    (folder / "library.db").write_text("Dear diary, this is no database.\n" * 300)
    row = folder.look(*LIBRARY)["library"]
    assert row.state is State.FAILED
    assert "not a database" in row.detail
    assert hinted(folder, row.hint)
    assert folder.look(*LIBRARY, repair=True)["library"].state is State.REPAIRED
    assert folder.look("library", "history")["history"].detail.startswith("9 signals")


def test_a_library_that_is_gone_while_the_rest_is_there(folder: Folder) -> None:
    (folder / "library.db").unlink()
    row = folder.look("library")["library"]
    assert row.state is State.FAILED
    assert "is gone" in row.detail
    assert hinted(folder, row.hint)
    assert not (folder / "library.db").exists()
    assert folder.look("library", repair=True)["library"].state is State.REPAIRED
    assert folder.look("library", "history")["history"].detail.startswith("9 signals")


def test_a_library_of_a_newer_version_is_left_alone(folder: Folder) -> None:
    folder.sql("PRAGMA user_version = 99")
    before = (folder / "library.db").read_bytes()
    row = folder.look(*LIBRARY, repair=True)["library"]
    assert row.state is State.FAILED
    assert "is of version 99, made by a newer Matinee" in row.detail
    assert row.hint == "pip install --upgrade matinee"
    assert (folder / "library.db").read_bytes() == before


def test_the_database_of_another_program_is_left_alone(folder: Folder) -> None:
    library = folder / "library.db"
    shutil.rmtree(folder / "snapshots")  # by which it would be known that it lies where ours was
    library.unlink()
    folder.sql("CREATE TABLE bookmarks (url TEXT)")
    before = library.read_bytes()
    row = folder.look(*LIBRARY, repair=True)["library"]
    assert row.state is State.FAILED
    assert "another program" in row.detail
    assert "Move it away" in row.hint
    assert library.read_bytes() == before


def test_damage_in_the_middle_of_the_file(folder: Folder) -> None:
    library = folder / "library.db"
    data = bytearray(library.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 64] = b"\xff" * 64
    library.write_bytes(data)
    rows = folder.look(*LIBRARY)
    [failed] = [row for row in rows.values() if row.state is State.FAILED]
    assert hinted(folder, failed.hint)
    assert State.REPAIRED in {row.state for row in folder.look(*LIBRARY, repair=True).values()}
    assert folder.look("pages", "history")["history"].detail.startswith("9 signals")


def test_an_index_of_the_tables_that_is_missing(folder: Folder) -> None:
    folder.sql("DROP INDEX videos_by_reach")
    row = folder.look(*LIBRARY)["schema"]
    assert row.state is State.FAILED
    assert row.detail == "index videos_by_reach is missing"
    assert hinted(folder, row.hint)
    repaired(folder, "schema")


def test_a_table_of_somebody_else_is_only_told(folder: Folder) -> None:
    folder.sql("CREATE TABLE notes (note TEXT)")
    rows = folder.look(*LIBRARY, repair=True)
    assert rows["schema"].state is State.WARNING
    assert "table notes" in rows["schema"].detail
    assert rows["videos"].state is State.OK


def test_rows_that_belong_to_nothing(folder: Folder) -> None:
    folder.sql("INSERT INTO turns (session_id, turn) VALUES ('nosuch', '{}')")
    row = folder.look(*LIBRARY)["pages"]
    assert row.state is State.FAILED
    assert row.detail == "rows of nothing: turns (of no sessions)"
    assert hinted(folder, row.hint)
    assert folder.look(*LIBRARY, repair=True)["pages"].state is State.REPAIRED


# --- what is in it -----------------------------------------------------------------------------


def test_a_video_that_changed_by_accident(folder: Folder) -> None:
    folder.sql("UPDATE videos SET title = 'bre`d for beginners' WHERE id = 'file:0'")
    row = folder.look(*LIBRARY)["videos"]
    assert row.state is State.FAILED
    assert row.detail == "1 video changed by accident: file:0"
    assert hinted(folder, row.hint)
    rows = folder.look(*LIBRARY, repair=True)
    assert "import their source again" in rows["videos"].detail
    assert rows["missing vectors"].state is State.REPAIRED
    assert not_well(folder.look(*LIBRARY)) == {}


def test_a_video_that_cannot_be_read(folder: Folder) -> None:
    folder.sql("UPDATE videos SET year = 99999 WHERE id = 'file:0'")
    row = folder.look(*LIBRARY)["videos"]
    assert row.state is State.FAILED
    assert row.detail.startswith("1 video cannot be read: file:0 (year: ")
    assert hinted(folder, row.hint)
    assert folder.look(*LIBRARY, repair=True)["videos"].state is State.REPAIRED
    with Library.open(folder / "library.db") as library:
        assert len(list(library.videos())) >= 60


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM words WHERE rowid < 3", "not in it: 2 videos"),
        ("DELETE FROM grams", "Korean): 1 video"),
        (
            "INSERT INTO words (rowid, title) VALUES (999, 'ghost')",
            "in it, but not in the library: 1 video",
        ),
        ("UPDATE words SET title = 'ghost' WHERE rowid = 3", "in it with another title: 1 video"),
        ("UPDATE words_data SET block = zeroblob(9) WHERE id > 10", "it is damaged"),
    ],
)
def test_a_full_text_that_is_not_that_of_the_videos(
    folder: Folder, statement: str, said: str
) -> None:
    folder.sql(statement)
    row = folder.look(*LIBRARY)["full text"]
    assert row.state is State.FAILED
    assert said in row.detail
    assert hinted(folder, row.hint)
    assert repaired(folder, "full text") == "made anew for 61 videos"
    with Library.open(folder / "library.db") as library:
        assert library.search("bread", limit=20)
        assert [hit.video_id for hit in library.search("京で過", limit=5)] == ["file:tokyo"]


def test_keywords_that_are_missing(folder: Folder) -> None:
    folder.sql("UPDATE videos SET keywords = NULL WHERE row < 5")
    row = folder.look(*LIBRARY)["keywords"]
    assert (row.state, row.detail) == (State.WARNING, "4 videos without keywords")
    assert hinted(folder, row.hint)
    assert repaired(folder, "keywords") == "extracted those of 4 videos"


def test_vectors_that_are_missing(folder: Folder) -> None:
    folder.sql("DELETE FROM vectors WHERE video_id IN ('file:1', 'file:2')")
    row = folder.look(*LIBRARY)["missing vectors"]
    assert row.state is State.WARNING
    assert row.detail.startswith("2 videos without a vector of toy-bag-of-words")
    assert row.hint == f"matinee --data-dir {folder.places.data} library reindex"
    assert repaired(folder, "missing vectors") == "2 videos embedded"


def test_vectors_that_cannot_be_right(folder: Folder) -> None:
    nan = np.full(64, np.nan, "<f4").tobytes().hex()
    folder.sql(f"UPDATE vectors SET vector = X'{nan}' WHERE video_id = 'file:1'")
    folder.sql("UPDATE vectors SET vector = X'00000000' WHERE video_id = 'file:2'")
    row = folder.look(*LIBRARY)["vectors"]
    assert row.state is State.FAILED
    assert row.detail.startswith("2 vectors cannot be right: ")
    assert hinted(folder, row.hint)
    assert repaired(folder, "vectors") == "2 vectors removed"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE interactions SET signal = 'adored' WHERE row = 1", "1 signal cannot be read"),
        ("UPDATE turns SET turn = '{}'", "1 turn cannot be read"),
        (
            "INSERT INTO preferences VALUES (1, 'x', 'sometimes', '{}', '2026-03-01T12:00:00')",
            "1 preference cannot be read",
        ),
    ],
)
def test_a_history_that_cannot_be_read(folder: Folder, statement: str, said: str) -> None:
    folder.sql(statement)
    row = folder.look(*LIBRARY)["history"]
    assert row.state is State.FAILED
    assert said in row.detail
    assert hinted(folder, row.hint)
    assert folder.look(*LIBRARY, repair=True)["history"].state is State.REPAIRED


def test_signals_of_videos_that_are_gone_are_no_fault(folder: Folder) -> None:
    with Library.open(folder / "library.db") as library:
        library.remove_videos(["file:0", "file:1"])
    rows = folder.look("history")
    assert rows["history"].state is State.OK
    assert "2 signals are of videos no longer here, and kept" in rows["history"].detail


def test_a_snapshot_that_cannot_be_read(folder: Folder) -> None:
    for snapshot in (folder / "snapshots").glob("*.gz"):
        snapshot.write_bytes(snapshot.read_bytes()[:100])
    row = folder.look("snapshots")["snapshots"]
    assert row.state is State.WARNING
    assert "cannot be read" in row.detail
    assert hinted(folder, row.hint)
    assert folder.look("snapshots", repair=True)["snapshots"].state is State.REPAIRED
    assert folder.look("snapshots")["snapshots"].state is State.OK
    assert len(list((folder / "snapshots").glob("*.gz"))) == 4, "nothing is thrown away"


def test_snapshots_that_are_missing(folder: Folder) -> None:
    shutil.rmtree(folder / "snapshots")
    row = folder.look("snapshots")["snapshots"]
    assert (row.state, row.detail) == (State.WARNING, "there is none yet")
    assert folder.look("snapshots", repair=True)["snapshots"].state is State.REPAIRED
    assert folder.look("snapshots")["snapshots"].state is State.OK


# --- the index ---------------------------------------------------------------------------------


def _delete_index(folder: Folder) -> None:
    shutil.rmtree(folder / "index")


def _flip_index(folder: Folder) -> None:
    for file in (folder / "index").rglob("chroma.sqlite3"):
        data = bytearray(file.read_bytes())
        data[5000:5064] = bytes(255 - byte for byte in data[5000:5064])
        file.write_bytes(data)


def _cut_state(folder: Folder) -> None:
    for file in (folder / "index").glob("*.json"):
        file.write_text("{}")


def _another_library(folder: Folder) -> None:
    folder.sql("UPDATE state SET identity = 'another'")


def _earlier_library(folder: Folder) -> None:
    for file in (folder / "index").glob("*.json"):
        state = IndexState.model_validate_json(file.read_bytes())
        file.write_text(state.model_copy(update={"revision": 10_000}).model_dump_json())


def _more_vectors(folder: Folder) -> None:
    folder.sql("DELETE FROM vectors WHERE video_id = 'file:1'")


def _file_in_its_place(folder: Folder) -> None:
    shutil.rmtree(folder / "index")
    (folder / "index").write_text("no folder")


@pytest.mark.parametrize(
    ("damage", "state", "said"),
    [
        (_delete_index, State.WARNING, "there is none of toy-bag-of-words"),
        (_flip_index, State.FAILED, "its files have been changed"),
        (_cut_state, State.WARNING, "there is none of toy-bag-of-words"),
        (_another_library, State.FAILED, "it is that of another library"),
        (_earlier_library, State.FAILED, "it has seen more than the library has"),
        (_more_vectors, State.FAILED, "it holds 61 vectors, the library 60"),
        (_file_in_its_place, State.WARNING, "there is none of toy-bag-of-words"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_index_that_is_not_that_of_the_library(
    folder: Folder, damage: Callable[[Folder], None], state: State, said: str
) -> None:
    damage(folder)
    row = folder.look("index")["index"]
    assert row.state is state
    assert said in row.detail
    assert hinted(folder, row.hint)
    row = folder.look("index", repair=True)["index"]
    assert row.state is State.REPAIRED
    assert row.detail.startswith("made anew with 6")
    assert folder.look("index")["index"].state is State.OK
