from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.importers import Record
from assistant.importers.fitting import NamesOnly, fitted
from assistant.types import Interaction, Kind, Signal, Skipped, Video
from store.ingest import ingest
from store.library import Library

AT = datetime(2024, 5, 31, tzinfo=UTC)
KNOWN = Video(
    id="youtube:aaaaaaaaaaa", title="How a clock works", description="Wheels.", duration_s=60
)
FILM = Video(
    id="imdb:tt0245429",
    title="Spirited Away",
    other_titles=("千と千尋の神隠し",),
    year=2001,
    kind=Kind.FILM,
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        opened.put_videos([KNOWN, FILM])
        yield opened


def watched(video_id: str) -> Interaction:
    return Interaction(video_id=video_id, signal=Signal.WATCHED, at=AT)


def film(title: str, year: int | None) -> Video:
    return Video(
        id=f"letterboxd:{title.replace(' ', '-')}-{year}", title=title, year=year, kind=Kind.FILM
    )


def fit(library: Library, *records: Record) -> list[Record]:
    return list(fitted(NamesOnly(), records, library))


def test_what_the_library_knows_better_stays_as_it_is(library: Library) -> None:
    named = Video(id=KNOWN.id, title="How a clock works (4K)")
    new = Video(id="youtube:bbbbbbbbbbb", title="New")
    assert fit(library, named, watched(named.id), new) == [KNOWN, watched(KNOWN.id), new]


def test_what_the_library_knows_no_better_is_said_anew(library: Library) -> None:
    library.put_videos([Video(id="youtube:bbbbbbbbbbb", title="Old title")])
    named = Video(id="youtube:bbbbbbbbbbb", title="New title")
    assert fit(library, named) == [named]


@pytest.mark.parametrize(
    ("title", "year"),
    [("Spirited Away", 2001), ("spirited away!", 2002), ("千と千尋の神隠し", 2001)],
)
def test_a_film_is_the_one_of_its_title_and_year(library: Library, title: str, year: int) -> None:
    named = film(title, year)
    assert fit(library, named, watched(named.id)) == [FILM, watched(FILM.id)]


@pytest.mark.parametrize(
    ("title", "year"),
    [("Spirited Away", 1991), ("Spirited Away", None), ("How a clock works", 2001)],
)
def test_a_film_of_another_year_is_another(library: Library, title: str, year: int | None) -> None:
    named = film(title, year)
    assert fit(library, named, watched(named.id)) == [named, watched(named.id)]


def test_a_film_that_several_may_be_is_none_of_them(library: Library) -> None:
    library.put_videos([FILM.model_copy(update={"id": "imdb:tt1"})])
    named = film("Spirited Away", 2001)
    assert fit(library, named) == [named]


def test_a_film_stays_what_it_was_at_the_first_import(library: Library) -> None:
    named = film("Alien", 1979)
    ingest(fitted(NamesOnly(), [named, watched(named.id)], library), library)
    library.put_videos([FILM.model_copy(update={"id": "imdb:tt2", "title": "Alien", "year": 1979})])
    again = ingest(fitted(NamesOnly(), [named, watched(named.id)], library), library)
    assert (again.unchanged, again.interactions) == (1, 0)


def test_other_importers_are_left_alone(library: Library) -> None:
    records: list[Record] = [Video(id=KNOWN.id, title="Another"), Skipped(record="x", reason="y")]
    assert list(fitted(object(), records, library)) == records
