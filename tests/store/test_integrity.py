"""Looking at libraries that are well, and at libraries that are not, without touching them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import StoreError
from assistant.types import Interaction, Request, Signal, Turn, Video
from store.library import Library, migrations
from store.library.integrity import Inspection, expected_schema
from tests.places import let_everybody_in
from tests.toys import ToyEmbedder

VIDEOS = [
    Video(id="file:a", title="Baking bread", tags=("bread",), description="Flour and water."),
    Video(id="file:b", title="東京の夏", description="東京で過ごす夏の一日。"),
    Video(id="file:c", title="???", people=("Ada Lovelace",)),
    Video(id="file:d", title='He said "no"', year=1999),
]
TOY = ToyEmbedder()
Change = Callable[[str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of four videos with vectors and keywords, three signals and a turn."""
    path = tmp_path / "data" / "library.db"
    with Library.open(path) as library:
        library.put_videos(VIDEOS)
        library.put_keywords({video.id: () for video in VIDEOS})
        library.put_vectors(TOY.key, [video.id for video in VIDEOS], TOY.encode_videos(VIDEOS))
        moment = datetime(2026, 1, 2, tzinfo=UTC)
        for id_ in ("file:a", "file:b", "file:gone"):
            library.add_interaction(Interaction(video_id=id_, signal=Signal.LIKED, at=moment))
        session = library.start_session()
        library.add_turn(session, Turn(message="hello", request=Request(message="hello")))
    return path


@pytest.fixture
def change(path: Path) -> Change:
    """Run a statement in the library as no Matinee would."""

    def run(statement: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(statement)

    return run


@pytest.fixture
def inspection(path: Path) -> Iterator[Inspection]:
    """The library, opened when it is first used: after the test has broken it."""
    with Inspection.open(path) as opened:
        yield opened


def files(folder: Path) -> dict[str, str]:
    """What a folder holds, but what readers of a library share while they read."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith("-shm")
    }


# --- well --------------------------------------------------------------------------------------


def test_a_library_that_is_well_is_found_so(inspection: Inspection) -> None:
    assert inspection.version() == migrations.latest() >= 1
    assert inspection.schema_differences() == []
    assert inspection.damage(60) == []
    assert inspection.missing_references() == []
    assert inspection.bad_videos() == ([], [])
    assert inspection.word_gaps() == (0, 0, 0)
    inspection.check_words()
    assert inspection.stale_words() == []
    assert inspection.bad_vectors() == []
    assert inspection.bad_signals() == []
    assert inspection.bad_turns() == []
    assert inspection.without_keywords() == 0
    assert inspection.without_vector(TOY.key) == 0


def test_an_empty_library_is_well(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.db"
    Library.open(path).close()
    with Inspection.open(path) as inspection:
        assert inspection.count("videos") == 0
        assert inspection.word_gaps() == (0, 0, 0)
        inspection.check_words()
        assert inspection.bad_vectors() == []


def test_looking_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with Inspection.open(path) as inspection:
        inspection.damage(60)
        inspection.check_words()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            inspection._connection.execute("DELETE FROM videos")
    assert path.read_bytes() == before


def test_what_a_killed_process_left_in_its_log_is_read_and_stays_there(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from store.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); library.remove_videos(['file:a'])\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert path.with_name("library.db-wal").stat().st_size > 0
    before = files(path.parent)
    with Inspection.open(path) as inspection:
        assert inspection.count("videos") == 3
    assert files(path.parent) == before


def test_a_folder_that_cannot_be_written_to_can_be_looked_at(path: Path) -> None:
    if shutil.which("setpriv") is None:
        pytest.skip("SKIPPED LOUDLY: no setpriv here, and root may write everywhere")
    let_everybody_in(path)
    path.chmod(0o644)
    program = (
        "import sys; from pathlib import Path\n"
        "from store.library.integrity import Inspection\n"
        "print(Inspection.open(Path(sys.argv[1])).count('videos'))"
    )
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    done = subprocess.run(
        [*nobody, sys.executable, "-c", program, str(path)], capture_output=True, text=True
    )
    if "Operation not permitted" in done.stderr:
        pytest.skip(f"SKIPPED LOUDLY: setpriv may not change the user here: {done.stderr}")
    assert done.stdout == "4\n", done.stderr


# --- not well ----------------------------------------------------------------------------------


def test_a_library_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        Inspection.open(tmp_path / "library.db")
    assert not list(tmp_path.iterdir())


def test_what_is_no_database_is_an_error(path: Path) -> None:
    path.write_text("Dear diary, this is no database.\n" * 300)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Inspection.open(path)


def test_another_schema_is_named(path: Path, change: Change) -> None:
    change("DROP INDEX videos_by_reach")
    change("CREATE TABLE notes (note TEXT)")
    change("ALTER TABLE sessions ADD COLUMN mood TEXT")
    with Inspection.open(path) as inspection:
        assert inspection.schema_differences() == [
            "index videos_by_reach is missing",
            "table notes is unknown",
            "table sessions is not as it was made",
        ]


def test_the_schema_that_is_expected_holds_the_full_text() -> None:
    assert "table words" in expected_schema()
    assert not any("sqlite_" in name for name in expected_schema())


def test_damaged_pages_are_found(path: Path) -> None:
    with Inspection.open(path) as inspection:
        page = inspection._one(
            "SELECT rootpage FROM sqlite_master WHERE name = 'interactions_by_time'"
        )
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 64)
    with Inspection.open(path) as inspection:
        assert inspection.damage(60)


def test_a_check_that_takes_too_long_is_given_up(path: Path) -> None:
    with Library.open(path) as library:
        library.put_videos(
            Video(id=f"file:{number}", title=f"Number {number}", description="word " * 50)
            for number in range(2_000)
        )
    with Inspection.open(path) as inspection:
        with pytest.raises(TimeoutError):
            inspection.damage(0)
        assert inspection.count("videos") == 2_004


def test_rows_of_nothing_are_named(path: Path, change: Change) -> None:
    change("INSERT INTO turns (session_id, turn) VALUES ('nosuch', '{}')")
    change("DELETE FROM videos WHERE id = 'file:a'")
    with Inspection.open(path) as inspection:
        strays = {(row.id, row.problem) for row in inspection.missing_references()}
    assert strays == {("turns", "of no sessions"), ("vectors", "of no videos")}


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE videos SET year = 99999 WHERE id = 'file:a'", "year"),
        ("UPDATE videos SET tags = '[broken' WHERE id = 'file:a'", "Expecting value"),
        ("UPDATE videos SET kind = 'opera' WHERE id = 'file:a'", "kind"),
        ("UPDATE videos SET title = CAST(X'ff41' AS TEXT) WHERE id = 'file:a'", "title"),
        ("UPDATE videos SET id = 'no namespace' WHERE id = 'file:a'", "id"),
    ],
)
def test_a_video_that_cannot_be_is_named(
    path: Path, change: Change, statement: str, problem: str
) -> None:
    change("DELETE FROM vectors")
    change(statement)
    with Inspection.open(path) as inspection:
        unreadable, altered = inspection.bad_videos()
    assert [row.row for row in unreadable] == [1]
    assert problem in unreadable[0].problem
    assert altered == []


def test_a_video_that_changed_by_itself_is_known_by_its_hash(path: Path, change: Change) -> None:
    change("UPDATE videos SET title = 'Baking bre`d' WHERE id = 'file:a'")
    with Inspection.open(path) as inspection:
        unreadable, altered = inspection.bad_videos()
    assert unreadable == []
    assert [row.id for row in altered] == ["file:a"]


def test_gaps_of_the_full_text_are_counted(path: Path, change: Change) -> None:
    change("DELETE FROM words WHERE rowid IN (1, 2)")
    change("DELETE FROM grams WHERE rowid = 2")
    change("INSERT INTO words (rowid, title) VALUES (77, 'ghost')")
    with Inspection.open(path) as inspection:
        assert inspection.word_gaps() == (2, 1, 1)


def test_videos_that_are_found_by_another_title_are_named(path: Path, change: Change) -> None:
    change("UPDATE words SET title = 'something else' WHERE rowid = 1")
    with Inspection.open(path) as inspection:
        inspection.check_words()
        assert inspection.stale_words() == ["file:a"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10",
        "UPDATE grams_data SET block = zeroblob(length(block)) WHERE id > 10",
        "UPDATE words_content SET c0 = 'something else' WHERE id = 1",
        "UPDATE words_data SET block = X'00' WHERE id = 10",
    ],
)
def test_damage_within_the_full_text_is_found(path: Path, change: Change, statement: str) -> None:
    change(statement)
    with Inspection.open(path) as inspection:
        assert inspection.damage(60) == [], "SQLite's own check looks at pages alone"
        with pytest.raises(sqlite3.DatabaseError, match="malformed"):
            inspection.check_words()
        assert inspection.bad_videos() == ([], []), "the copy is gone, the connection is well"


@pytest.mark.parametrize(
    ("vector", "problem"),
    [
        (np.full(64, 0.5), "its length is 4"),
        (np.full(64, np.nan), "its length is nan"),
        (np.zeros(64), "its length is 0"),
        (np.full(64, np.inf), "its length is inf"),
        (np.ones(1), "4 bytes instead of 256"),
    ],
)
def test_a_vector_that_cannot_be_is_named(
    path: Path, vector: np.ndarray[tuple[int], np.dtype[np.float64]], problem: str
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE vectors SET vector = ? WHERE video_id = 'file:b'",
            (vector.astype("<f4").tobytes(),),
        )
    with Inspection.open(path) as inspection:
        [bad] = inspection.bad_vectors()
    assert bad.id == "file:b"
    assert problem in bad.problem


def test_vectors_are_counted_by_model(inspection: Inspection) -> None:
    assert inspection.vector_counts() == {TOY.key: 4}
    assert inspection.without_vector("another") == 4


def test_signals_and_turns_that_cannot_be_read_are_named(path: Path, change: Change) -> None:
    change("UPDATE interactions SET signal = 'adored' WHERE row = 1")
    change("UPDATE interactions SET rating = 11 WHERE row = 2")
    change("UPDATE turns SET turn = '{}'")
    with Inspection.open(path) as inspection:
        assert [row.id for row in inspection.bad_signals()] == ["file:a", "file:b"]
        assert [row.row for row in inspection.bad_turns()] == [1]
        assert inspection.signals_of_no_video() == 1
