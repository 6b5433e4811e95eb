"""What was learned from other people's ratings, looked at and mended."""

from __future__ import annotations

from assistant.doctor import State
from store.community import CommunityKind, RatedItem, learn
from store.library import Library
from tests.assistant.doctor.conftest import Folder

NAME = "others' ratings"


def fill(folder: Folder) -> None:
    found = learn([{"a": 5.0, "b": 5.0}, {"a": 4.0, "b": 1.0}], kind=CommunityKind.RATINGS)
    items = [RatedItem("imdb:tt1", "One", 1999), RatedItem(None, "Two", None)]
    with Library.open(folder / "library.db") as library:
        library.put_community("good", found, items)
        library.put_community("spoilt", found, items)


def look(folder: Folder, *, repair: bool = False) -> tuple[State, str]:
    row = folder.look("library", "schema", "pages", NAME, repair=repair)[NAME]
    return row.state, row.detail


def test_none_and_some(folder: Folder) -> None:
    assert look(folder) == (State.OK, "there are none")
    fill(folder)
    assert look(folder) == (State.OK, "2 sources, all readable")


def test_what_cannot_be_read_is_left_out_and_the_rest_kept(folder: Folder) -> None:
    fill(folder)
    folder.sql("UPDATE community_sources SET weights = zeroblob(9) WHERE name = 'spoilt'")
    state, detail = look(folder)
    assert state is State.FAILED
    assert detail.startswith("1 row cannot be read: spoilt")
    assert look(folder, repair=True)[0] is State.REPAIRED
    with Library.open(folder / "library.db") as library:
        assert [row.name for row in library.community_rows()] == ["good"]


def test_an_item_that_cannot_be_read(folder: Folder) -> None:
    fill(folder)
    folder.sql("UPDATE community_items SET people = 'many' WHERE source = 'good' AND position = 1")
    state, detail = look(folder)
    assert state is State.FAILED
    assert "good" in detail
