from __future__ import annotations

import pytest

from store.community import RatedItem, joined_by_title
from store.community.joining import folded, names, split_year
from store.library import TitleRow


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Matrix, The", "The Matrix"),
        ("the matrix", "MATRIX"),
        ("Amélie", "Amelie"),
        ("Fast & Furious", "Fast and Furious"),
        ("Schindler's List", "Schindler’s List"),
        ("Misérables, Les", "Les Misérables".removeprefix("Les ")),
        ("Spider-Man: Far from Home", "Spider-Man - Far From Home"),
        ("WALL·E", "Wall-E"),
    ],
)
def test_titles_that_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alien", "Aliens"),
        ("Rocky II", "Rocky"),
        ("A", "The"),
        ("千と千尋", "千"),
    ],
)
def test_titles_that_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Matrix, The (1999)", ("Matrix, The", 1999)),
        ("Babylon 5", ("Babylon 5", None)),
        ("2001: A Space Odyssey (1968) ", ("2001: A Space Odyssey", 1968)),
        ("Cosmos (2014-)", ("Cosmos", 2014)),
        ("Heimat (1984–2013)", ("Heimat", 1984)),
        ("(500) Days of Summer (2009)", ("(500) Days of Summer", 2009)),
        ("", ("", None)),
    ],
)
def test_the_year_at_the_end(title: str, expected: tuple[str, int | None]) -> None:
    assert split_year(title) == expected


def test_a_second_name_in_brackets() -> None:
    assert names("Seven (a.k.a. Se7en)") == ["sevenakase7en", "seven"]
    assert names("City of Lost Children, The (Cité des enfants perdus, La)")[-1] == (
        "cityoflostchildren"
    )
    assert names("(only)") == ["only"]
    assert names("!") == []


VIDEOS = [
    TitleRow("a:matrix", "The Matrix", (), 1999),
    TitleRow("a:heat", "Heat", (), 1995),
    TitleRow("a:heat-86", "Heat", (), 1986),
    TitleRow("a:spirited", "千と千尋の神隠し", ("Spirited Away",), 2001),
    TitleRow("a:twin-1", "Twins", (), 1988),
    TitleRow("a:twin-2", "Twins", (), 1988),
    TitleRow("a:undated", "Undated", (), None),
]


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("Matrix, The", 1999, "a:matrix"),
        ("Matrix, The", 2000, "a:matrix"),
        ("Matrix, The", 1998, "a:matrix"),
        ("Matrix, The", 2001, None),
        ("Matrix, The", None, "a:matrix"),
        ("Heat", 1995, "a:heat"),
        ("Heat", 1986, "a:heat-86"),
        ("Heat", None, None),
        ("Spirited Away (Sen to Chihiro no kamikakushi)", 2001, "a:spirited"),
        ("Twins", 1988, None),
        ("Twins", 1989, None),
        ("Undated", 1999, None),
        ("Undated", None, "a:undated"),
        ("", 1999, None),
        ("!!!", None, None),
    ],
)
def test_what_is_joined(title: str, year: int | None, expected: str | None) -> None:
    found = joined_by_title([(7, RatedItem(None, title, year))], VIDEOS)
    assert found.get(7) == expected


def test_two_beside_the_year_are_one_too_many() -> None:
    videos = [TitleRow("a:1", "Solaris", (), 1971), TitleRow("a:2", "Solaris", (), 1973)]
    assert joined_by_title([(0, RatedItem(None, "Solaris", 1972))], videos) == {}
    assert joined_by_title([(0, RatedItem(None, "Solaris", 1973))], videos) == {0: "a:2"}
