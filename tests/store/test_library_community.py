from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import LibraryDamagedError
from assistant.types import Video
from store.backup import back_up, restore
from store.community import CommunityKind, Learned, RatedItem, learn
from store.forget import Selection, What, forget
from store.library import Library, migrations
from store.recovery import open_library
from tests.store.test_recovery import flip

KEYS = ("1", "2", "3")
ITEMS = [
    RatedItem("imdb:tt0133093", "Matrix", 1999),
    RatedItem(None, "Heat", 1995),
    RatedItem("imdb:tt0000404", "Nowhere to be seen", 2011),
]
MATRIX = Video(id="imdb:tt0133093", title="The Matrix", year=1999)
HEAT = Video(id="file:heat", title="Heat", year=1995)
OTHER = Video(id="file:other", title="Something else", year=2011)


def learned(people: int = 5) -> Learned:
    return learn(
        [{"1": 5.0, "2": 4.5, "3": 2.0}] * people + [{"3": 5.0}], kind=CommunityKind.RATINGS
    )


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_videos([MATRIX, HEAT, OTHER])
    library.put_community("ml", learned(), ITEMS)
    return library


def known(library: Library) -> dict[str, int]:
    [source] = library.community().sources
    return dict(source.positions)


def test_without_a_source_there_is_none(library: Library) -> None:
    assert library.community().sources == ()
    assert library.community_rows() == []
    assert library.community_version() == ()


def test_items_are_joined_by_id_and_by_title(filled: Library) -> None:
    assert known(filled) == {MATRIX.id: 0, HEAT.id: 1}
    [source] = filled.community().sources
    assert source.nearest({MATRIX.id: 1.0}, [HEAT.id, OTHER.id]) == [MATRIX.id, None]
    assert source.videos == 3


def test_the_numbers_of_an_import(filled: Library) -> None:
    [row] = filled.community_rows()
    assert (row.name, row.kind, row.people, row.ratings) == ("ml", CommunityKind.RATINGS, 6, 16)
    assert (row.items, row.joined) == (3, 2)
    assert row.method.startswith("EASE")
    assert row.imported_at.tzinfo is not None


def test_videos_that_come_later_are_joined_too(library: Library) -> None:
    library.put_community("ml", learned(), ITEMS)
    assert known(library) == {}
    library.put_videos([HEAT])
    assert known(library) == {HEAT.id: 1}
    library.put_videos([MATRIX])
    assert known(library) == {MATRIX.id: 0, HEAT.id: 1}
    library.remove_videos([HEAT.id])
    assert known(library) == {MATRIX.id: 0}


def test_a_changed_title_is_joined_anew(filled: Library) -> None:
    filled.put_videos([HEAT.model_copy(update={"title": "Cold"})])
    assert known(filled) == {MATRIX.id: 0}
    filled.put_videos([OTHER.model_copy(update={"title": "Heat", "year": 1996})])
    assert known(filled) == {MATRIX.id: 0, OTHER.id: 1}


def test_of_two_items_that_are_one_video_the_better_known_counts(library: Library) -> None:
    library.put_videos([HEAT])
    twice = [RatedItem(None, "Heat", 1995), RatedItem("file:heat", "", None), ITEMS[2]]
    found = learn([{"1": 5.0, "2": 5.0}, {"2": 5.0}], kind=CommunityKind.RATINGS)
    library.put_community("ml", found, twice[: len(found.keys)])
    assert known(library) == {HEAT.id: 1}


def test_the_second_import_of_a_source_replaces_it(filled: Library) -> None:
    before = filled.community_version()
    filled.put_community("ml", learned(people=9), ITEMS)
    filled.put_community("other", learned(people=2), ITEMS)
    assert [(row.name, row.people) for row in filled.community_rows()] == [("ml", 10), ("other", 3)]
    assert filled.community_version() != before


def test_removing_one_leaves_the_others(filled: Library) -> None:
    filled.put_community("other", learned(), ITEMS)
    assert filled.remove_community("ml")
    assert not filled.remove_community("ml")
    assert [row.name for row in filled.community_rows()] == ["other"]


def test_a_failed_import_leaves_the_one_before(filled: Library) -> None:
    def items() -> Iterable[dict[str, Any]]:
        yield from ()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.put_community_rows(
            {
                "name": "ml",
                "kind": "ratings",
                "people": 1,
                "ratings": 1,
                "imported_at": "2026-01-01T00:00:00+00:00",
                "method": "",
                "weights": b"",
            },
            items(),
        )
    assert known(filled) == {MATRIX.id: 0, HEAT.id: 1}


def test_spoilt_weights_are_damage(filled: Library) -> None:
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection:
        connection.execute("UPDATE community_sources SET weights = zeroblob(40)")
    with pytest.raises(LibraryDamagedError):
        filled.community()
    filled.close()
    said: list[str] = []
    with open_library(filled.path, said.append) as mended:
        assert mended.community().sources == ()
        assert mended.count() == 3
    assert "ratings of other people that cannot be read" in said[0]


def test_an_item_beyond_the_weights_is_passed_over(filled: Library) -> None:
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection:
        connection.execute("UPDATE community_items SET position = 99 WHERE position = 1")
    assert known(filled) == {MATRIX.id: 0}


def test_where_nothing_can_be_written_the_last_join_does(filled: Library) -> None:
    assert known(filled) == {MATRIX.id: 0, HEAT.id: 1}
    filled.put_keywords({HEAT.id: ("crime",)})  # the note is out of date
    filled.read_only = True
    assert known(filled) == {MATRIX.id: 0, HEAT.id: 1}


# --- what the rest of the store makes of it --------------------------------------------------


def test_a_library_of_the_version_before_gets_the_tables(tmp_path: Path) -> None:
    migrations.create(tmp_path / "library.db", up_to=1)
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos([HEAT])
        library.put_community("ml", learned(), ITEMS)
        assert known(library) == {HEAT.id: 1}


class Open:
    """A gate that lets everything in."""

    def video(self, video: Video) -> Video:
        return video

    def __getattr__(self, name: str) -> Any:
        return lambda value: value


def restored(filled: Library, tmp_path: Path) -> Path:
    back_up(filled, tmp_path / "backup.zip")
    target = tmp_path / "elsewhere" / "library.db"
    target.parent.mkdir()
    restore(tmp_path / "backup.zip", target, Open(), confirm=lambda _: True)
    return target


def test_it_is_backed_up_and_restored(filled: Library, tmp_path: Path) -> None:
    [before] = filled.community().sources
    with Library.open(restored(filled, tmp_path)) as library:
        [after] = library.community().sources
        assert library.community_rows() == filled.community_rows()
    assert dict(after.positions) == dict(before.positions)
    assert after.weights.to_bytes() == before.weights.to_bytes()


def test_of_a_foreign_backup_only_what_can_be_right_is_restored(
    filled: Library, tmp_path: Path
) -> None:
    filled.put_community("spoilt", learned(), ITEMS)
    filled.put_community("steering\x1b[31m", learned(), ITEMS)
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE community_sources SET weights = randomblob(99) WHERE name = 'spoilt'"
        )
        connection.execute("UPDATE community_items SET title = 'He\x1b[31mat' WHERE title = 'Heat'")
        connection.execute("UPDATE community_items SET video_id = 'no id' WHERE position = 2")
    with Library.open(restored(filled, tmp_path)) as library:
        [row] = library.community_rows()
        items = library._connection.execute(
            "SELECT title FROM community_items ORDER BY position"
        ).fetchall()
    assert (row.name, row.items) == ("ml", 2)
    assert all("\x1b" not in title for (title,) in items)


def test_a_damaged_library_keeps_it(filled: Library, tmp_path: Path) -> None:
    [before] = filled.community().sources
    path = filled.path
    filled.close()
    flip(0.0, path)
    said: list[str] = []
    with open_library(path, said.append) as library:
        [after] = library.community().sources
    assert said
    assert dict(after.positions) == dict(before.positions)
    assert after.weights.to_bytes() == before.weights.to_bytes()


def test_what_is_forgotten_is_not_named_by_it(filled: Library) -> None:
    path = filled.path
    filled.close()
    forget(path, Selection(What.VIDEOS, ids=(HEAT.id, MATRIX.id)), index=path.with_name("index"))
    with Library.open(path) as library:
        [source] = library.community().sources
        assert not source.positions
        assert source.weights.items == 3
    assert b"tt0133093" not in path.read_bytes()
    assert b"Matrix" not in path.read_bytes()


def test_with_all_it_goes_too(filled: Library) -> None:
    path = filled.path
    filled.close()
    forget(path, Selection(What.ALL), index=path.with_name("index"))
    with Library.open(path) as library:
        assert library.community_rows() == []
    assert b"Nowhere to be seen" not in path.read_bytes()
