"""What is said of a full disk, of damage met on the way, of a file that vanished."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.types import Interaction, Request, Turn, Video
from store.library import Library
from store.library.connection import suspect_file
from tests.store.conftest import remount, small_disk

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def video(number: int, **fields: object) -> Video:
    return Video.model_validate({"id": f"test:{number}", "title": f"Video {number}", **fields})


@pytest.fixture
def filled(library: Library) -> Library:
    import numpy as np

    library.put_videos([video(1, views=5), video(2, other_titles=["Another"])])
    library.put_vectors("m", ["test:1", "test:2"], np.eye(2, 8, dtype=np.float32))
    library.add_interaction(Interaction(video_id="test:1", signal="liked", at=NOON))
    library.add_turn(library.start_session(), Turn(message="hi", request=Request(message="hi")))
    return library


def read_everything(library: Library) -> list[object]:
    return [
        list(library.videos()),
        library.get(library.ids()),
        library.titles(),
        library.popular(5),
        library.tag_counts(),
        library.vectors("m", library.ids()),
        library.interactions(),
        [library.turns(session.id) for session in library.sessions()],
        library.search("video another", limit=5),
        library.document_frequencies(),
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE videos SET title = CAST(x'ff' AS TEXT)",
        "UPDATE videos SET tags = '[\"half'",
        "UPDATE videos SET tags = 7",
        "UPDATE videos SET other_titles = '{{'",
        "UPDATE videos SET kind = 'cake'",
        "UPDATE videos SET duration_s = -1",
        "UPDATE videos SET reach = 'far'",
        "UPDATE vectors SET vector = x'00000000' WHERE video_id = 'test:1'",
        "UPDATE vectors SET vector = x'0000'",
        "UPDATE interactions SET signal = 'adored'",
        "UPDATE interactions SET at = 'yesterday'",
        "UPDATE turns SET turn = '{\"message\": 1}'",
        "UPDATE turns SET turn = 'no json'",
        "UPDATE sessions SET started_at = 'never'",
        "DELETE FROM words_data WHERE id > 10",
        "DELETE FROM words_docsize",
        "DROP TABLE turns",
        "DROP TABLE videos",
    ],
)
def test_a_row_that_cannot_be_is_damage_and_remembered(filled: Library, damage: str) -> None:
    read_everything(filled)
    assert not suspect_file(filled.path).exists()
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute(damage)
    other.close()
    with pytest.raises(LibraryDamagedError) as caught, Library.open(filled.path) as again:
        read_everything(again)
    assert str(filled.path) in caught.value.detail
    assert suspect_file(filled.path).name == "library.suspect"
    assert suspect_file(filled.path).exists()


def test_the_log_never_holds_what_a_row_says(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    filled._connection.execute("UPDATE videos SET title = CAST(x'736563726574ff' AS TEXT)")
    filled._connection.execute("UPDATE interactions SET signal = 'secret'")
    reads: list[Callable[[], object]] = [filled.titles, filled.interactions]
    for read in reads:
        with pytest.raises(LibraryDamagedError):
            read()
    assert len(caplog.messages) == 2
    assert "secret" not in caplog.text


def test_a_vanished_file_is_said_to_have_vanished(filled: Library) -> None:
    filled.path.rename(filled.path.with_name("elsewhere.db"))
    with pytest.raises(StoreError, match="moved or removed"):
        filled.put_videos([video(3)])


def test_a_closed_library_is_closed_whoever_keeps_the_error(filled: Library) -> None:
    """SQLite would remove the log of the next library at that path when the error is gone."""
    filled._connection.execute("UPDATE interactions SET signal = 'adored'")
    with pytest.raises(LibraryDamagedError) as kept:
        filled.interactions()
    filled.close()
    open_files = [link.resolve() for link in Path("/proc/self/fd").iterdir()]
    assert filled.path not in open_files
    assert kept.value.__traceback__ is not None


def test_a_full_disk_is_said_to_be_full_and_undoes_the_transaction(tmp_path: Path) -> None:
    big = [video(number, description="many words " * 2_000) for number in range(200)]
    with small_disk(tmp_path / "disk", 2_000) as disk:
        with Library.open(disk / "library.db") as library:
            library.put_videos([video(1)])
            with pytest.raises(StoreError, match="The disk is full") as caught:
                library.put_videos(big)
            assert str(disk) in caught.value.detail
            assert library.ids() == ["test:1"]
            remount(disk, "size=40m")
            library.put_videos(big)
        with Library.open(disk / "library.db") as library:
            assert library.count() == 200
            assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_no_room_for_a_new_library(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 60) as disk:
        with pytest.raises(StoreError, match="The disk is full"):
            Library.open(disk / "library.db")
        assert not (disk / "library.db").exists()
        remount(disk, "size=4m")
        Library.open(disk / "library.db").close()


def test_reading_is_of_one_moment(filled: Library) -> None:
    with Library.open(filled.path) as writer:
        with filled.reading():
            assert filled.count() == 2
            writer.put_videos([video(3)])
            assert filled.count() == 2
        assert filled.count() == 3


def test_a_missing_part_of_the_words_is_passed_over_while_others_write(filled: Library) -> None:
    filled._connection.execute("PRAGMA foreign_keys = OFF")
    filled._connection.execute("DELETE FROM videos WHERE id = 'test:1'")
    assert [hit.video_id for hit in filled.search("video", limit=5)] == ["test:2"]
