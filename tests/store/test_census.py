from __future__ import annotations

import math
from pathlib import Path

import pytest

from assistant.types import Video
from store.census import Census
from store.library import Facts, Library


@pytest.fixture
def census(tmp_path: Path) -> Census:
    casts = [["Ada Star", "Bo Often"], ["ADA STAR"], ["Ada Star", "Cy Once"], []]
    videos = [
        Video(id=f"v:{n}", title=f"Film {n}", people=tuple(cast), tags=("Noir",) if n < 2 else ())
        for n, cast in enumerate(casts)
    ]
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos(videos)
        return Census(library, ["v:0", "v:3", "v:gone"])


def test_what_few_have_says_more(census: Census) -> None:
    assert census.person_idf("ada star") == pytest.approx(math.log(4 / 3))
    assert census.person_idf("cy once") == pytest.approx(math.log(4))
    assert census.tag_idf("noir") == pytest.approx(math.log(2))


def test_who_is_not_there_is_as_rare_as_can_be(census: Census) -> None:
    assert census.person_idf("nobody") == census.person_idf("cy once")


def test_prominence_is_that_of_all_its_people(census: Census) -> None:
    assert census.prominence(Facts(people=("ada star", "bo often"))) == pytest.approx(math.log(3))
    assert census.prominence(Facts(people=("cy once",))) == 0
    assert census.prominence(Facts()) == 0


def test_the_sample_has_its_facts(census: Census) -> None:
    assert [facts.people for facts in census.sample] == [("ada star", "bo often"), ()]


def test_an_empty_library_can_be_counted(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        census = Census(library, [])
    assert census.sample == ()
    assert census.tag_idf("noir") == 0
