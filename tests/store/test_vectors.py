from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.types import Constraints, Kind, Video
from store.index import Index
from store.library import Library
from store.vectors import SAMPLE, Searcher

if TYPE_CHECKING:
    from assistant.types import Matrix

MODEL = "toy-model"
FILMS = Constraints(kinds=(Kind.FILM,))


def units(count: int, seed: int = 0) -> Matrix:
    rows = np.random.default_rng(seed).standard_normal((count, 16)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def fill(library: Library, count: int, first: int = 0) -> Matrix:
    """Videos with random vectors; every hundredth is a film."""
    numbers = range(first, first + count)
    library.put_videos(
        Video(
            id=f"t:{number}",
            title=f"Video {number}",
            kind=Kind.FILM if number % 100 == 0 else Kind.TALK,
        )
        for number in numbers
    )
    vectors = units(count, seed=first)
    library.put_vectors(MODEL, [f"t:{number}" for number in numbers], vectors)
    return vectors


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index.open(tmp_path / "index", MODEL)
    assert index is not None
    yield index
    index.close()


def exact(vectors: Matrix, vector: Matrix, k: int) -> list[str]:
    return [f"t:{row}" for row in np.argsort(-(vectors @ vector), kind="stable")[:k]]


def ids(hits: list[tuple[str, float]]) -> list[str]:
    return [id_ for id_, _ in hits]


def method(searcher: Searcher) -> str:
    return searcher.method


def test_without_an_index_every_vector_is_compared(library: Library) -> None:
    vectors = fill(library, 300)
    searcher = Searcher(library, MODEL, None)
    searcher.refresh()
    hits = searcher.search(vectors[5], 20)
    assert searcher.method == "scan"
    assert ids(hits) == exact(vectors, vectors[5], 20)
    assert hits[0][1] == pytest.approx(1.0, abs=1e-6)


def test_with_an_index_it_is_asked(library: Library, index: Index) -> None:
    vectors = fill(library, 300)
    searcher = Searcher(library, MODEL, index)
    searcher.refresh()
    hits = searcher.search(vectors[5], 20)
    assert searcher.method == "index"
    assert len(set(ids(hits)) & set(exact(vectors, vectors[5], 20))) >= 19
    assert len(searcher.search(vectors[5], 1_000)) == 300


def admitted(library: Library, constraints: Constraints) -> frozenset[str]:
    return frozenset(library.admitted_ids(constraints))


def test_constraints_are_kept_through_the_index(library: Library, index: Index) -> None:
    vectors = fill(library, 400)
    searcher = Searcher(library, MODEL, index)
    searcher.refresh()
    hits = searcher.search(
        vectors[5], 300, admitted=admitted(library, Constraints(not_kinds=(Kind.FILM,)))
    )
    assert searcher.method == "index"
    assert len(hits) == 300
    assert not {"t:0", "t:100", "t:200", "t:300"} & set(ids(hits))


def test_too_few_from_the_index_are_made_up_by_a_scan(library: Library, index: Index) -> None:
    vectors = fill(library, 1_200)
    searcher = Searcher(library, MODEL, index)
    searcher.refresh()
    hits = searcher.search(vectors[5], 10, admitted=admitted(library, FILMS))
    assert searcher.method == "scan"
    films = [f"t:{number}" for number in range(0, 1_200, 100)]
    assert ids(hits) == [id_ for id_ in exact(vectors, vectors[5], 1_200) if id_ in films][:10]
    assert len(searcher.search(vectors[5], 100, admitted=admitted(library, FILMS))) == len(films)


def test_what_nothing_satisfies_finds_nothing(library: Library) -> None:
    vectors = fill(library, 10)
    searcher = Searcher(library, MODEL, None)
    assert (
        searcher.search(vectors[0], 5, admitted=admitted(library, Constraints(min_year=2000))) == []
    )
    assert len(searcher.search(vectors[0], 5, admitted=admitted(library, Constraints()))) == 5


def test_an_empty_library(library: Library, index: Index) -> None:
    for each in (Searcher(library, MODEL, None), Searcher(library, MODEL, index)):
        each.refresh()
        assert each.search(units(1)[0], 5) == []
        assert len(each.background()) == 0


def test_a_refresh_takes_in_what_another_process_wrote(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as mine, Library.open(path) as theirs:
        searchers = [Searcher(mine, MODEL, None), Searcher(mine, MODEL, index)]
        old = fill(mine, 50)
        for searcher in searchers:
            searcher.refresh()
            searcher.search(old[0], 5)
        new = fill(theirs, 10, first=50)
        theirs.remove_videos(["t:0"])
        for searcher in searchers:
            searcher.refresh()
            assert ids(searcher.search(new[3], 1)) == ["t:53"]
            assert "t:0" not in ids(searcher.search(old[0], 60))
            assert len(searcher.search(old[0], 100)) == 59


def test_the_table_follows_any_changes(library: Library) -> None:
    random_ = random.Random(2)
    searcher = Searcher(library, MODEL, None)
    for step in range(60):
        numbers = random_.sample(range(20), 4)
        if step % 3 == 2:
            library.remove_videos(f"t:{number}" for number in numbers)
        else:
            library.put_videos(Video(id=f"t:{n}", title=f"Video {step % 2}") for n in numbers)
            library.put_vectors(MODEL, [f"t:{n}" for n in numbers], units(4, seed=step))
        present, vectors = library.vectors(MODEL, library.ids())
        query = units(1, seed=1_000 + step)[0]
        expected = sorted(zip(present, vectors @ query, strict=True), key=lambda hit: -hit[1])
        hits = searcher.search(query, 50)
        assert ids(hits) == ids(expected)
        np.testing.assert_allclose(
            [score for _, score in hits], [score for _, score in expected], atol=1e-6
        )


def test_damage_costs_no_answer(library: Library, index: Index, tmp_path: Path) -> None:
    vectors = fill(library, 100)
    searcher = Searcher(library, MODEL, index)
    searcher.refresh()
    index._holding.collection()._client.delete_collection(index._holding.known.collection)
    assert ids(searcher.search(vectors[5], 3)) == exact(vectors, vectors[5], 3)
    assert method(searcher) == "scan"
    assert searcher.problem is not None
    assert searcher.news() == []
    searcher.refresh()
    assert ids(searcher.search(vectors[5], 1)) == ["t:5"]
    assert method(searcher) == "index"
    assert searcher.problem is None
    assert searcher.news() == ["The index was damaged: made anew from the library (100 videos)."]
    assert searcher.news() == []
    searcher.close()


def test_the_background_is_a_sample_that_stays(library: Library) -> None:
    fill(library, 600)
    searcher = Searcher(library, MODEL, None)
    searcher.refresh()
    sample = searcher.background()
    assert sample.shape == (SAMPLE, 16)
    assert len(np.unique(sample, axis=0)) == SAMPLE
    assert searcher.background() is sample
    np.testing.assert_array_equal(Searcher(library, MODEL, None).background(), sample)


def test_the_background_and_the_census_follow_the_library(library: Library) -> None:
    fill(library, 100)
    searcher = Searcher(library, MODEL, None)
    searcher.refresh()
    assert len(searcher.background()) == len(searcher.census().sample) == 100
    census = searcher.census()
    assert searcher.census() is census
    fill(library, 100, first=100)
    searcher.refresh()
    assert len(searcher.background()) == len(searcher.census().sample) == 200


def test_closing_frees_the_index(library: Library, index: Index, tmp_path: Path) -> None:
    Searcher(library, MODEL, index).close()
    again = Index.open(tmp_path / "index", MODEL)
    assert again is not None
    again.close()
