from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean, pstdev
from typing import Literal

import pytest

from assistant.relevance.applying import MOST_SPREADS, SHARE_IN_A_WISH, History, apply, corrected
from assistant.relevance.examples import NO_REQUEST, Past
from assistant.relevance.features import NAMES
from assistant.relevance.kept import NAME, key, load
from assistant.relevance.model import RelevanceModel, Scaling
from assistant.relevance.opinions import opinions
from assistant.relevance.schedule import FIRST, due
from assistant.retrieve import RetrievalStore, retrieve
from assistant.settings import RecommendSettings
from assistant.types import Candidate, Interest, Part, Request
from store.library import Library
from store.vectors import Searcher
from tests.assistant.relevance.conftest import VIDEOS, signals
from tests.toys import ToyEmbedder

AGAINST = RelevanceModel(
    slope=1.0,
    intercept=0.0,
    fusion=Scaling((0.0,), (1.0,)),
    scaling=Scaling((0.0,) * len(NAMES), (1.0,) * len(NAMES)),
    weights=tuple(-3.0 if name == "language" else 0.0 for name in NAMES),
)
"""It says the opposite of the fusion, which finds German videos for who likes them."""


@pytest.fixture
def own_store(relevance_folder: Path, tmp_path: Path) -> Iterator[RetrievalStore]:
    """A copy of the library that may be written to."""
    shutil.copy(relevance_folder / "library.db", tmp_path / "library.db")
    with Library.open(tmp_path / "library.db") as library:
        embedder = ToyEmbedder(dimension=256)
        searcher = Searcher(library, embedder.key, None)
        searcher.refresh()
        yield RetrievalStore(library, searcher, embedder)


def put(
    store: RetrievalStore, verdict: Literal["takes_part", "not_sure"], model: RelevanceModel
) -> None:
    report = {"verdict": verdict, "signals": 40}
    store.library.put_trained_model(
        NAME, key(store.library, store.embedder.key), model.to_bytes(), report
    )


def found(
    store: RetrievalStore, request: Request = NO_REQUEST
) -> tuple[tuple[Candidate, ...], History]:
    given = signals(VIDEOS[::9], lambda video: video.language == "de")
    past = Past(given, store, RecommendSettings())
    taste = past.viewer(opinions(given)).taste
    candidates = retrieve(request, taste, store, exclude=(), limit=60)
    return candidates, History(given, taste)


def test_without_a_model_nothing_happens(own_store: RetrievalStore) -> None:
    candidates, history = found(own_store)
    assert apply(candidates, history, own_store, specific=False) == candidates


def test_a_model_that_did_not_win_takes_no_part(own_store: RetrievalStore) -> None:
    put(own_store, "not_sure", AGAINST)
    candidates, history = found(own_store)
    assert load(own_store) is None
    assert apply(candidates, history, own_store, specific=False) == candidates


def test_a_model_that_won_reorders_and_its_part_is_kept(own_store: RetrievalStore) -> None:
    put(own_store, "takes_part", AGAINST)
    candidates, history = found(own_store)
    applied = apply(candidates, history, own_store, specific=False)
    assert {one.video.id for one in applied} == {one.video.id for one in candidates}
    scores = [one.score for one in applied]
    assert scores == sorted(scores, reverse=True)
    for one in applied:
        assert math.isclose(math.fsum(one.parts.values()), one.score, abs_tol=1e-9)

    def rank(listed: tuple[Candidate, ...]) -> float:
        return fmean(n for n, one in enumerate(listed) if one.video.language == "de")

    assert rank(applied) > rank(candidates)


def test_corrections_are_centred_and_bounded(own_store: RetrievalStore) -> None:
    huge = replace(AGAINST, weights=tuple(1000 * weight for weight in AGAINST.weights))
    put(own_store, "takes_part", huge)
    candidates, history = found(own_store)
    applied = apply(candidates, history, own_store, specific=False)
    added = [one.parts[Part.RELEVANCE] for one in applied]
    assert fmean(added) == pytest.approx(0.0, abs=1e-9)
    spread = pstdev(one.score for one in candidates)
    assert max(added) - min(added) <= 2 * MOST_SPREADS * spread + 1e-9


def test_it_says_less_where_the_request_says_what_it_is_about(own_store: RetrievalStore) -> None:
    put(own_store, "takes_part", AGAINST)
    candidates, history = found(own_store, Request(message="sailing", wish="sailing"))
    assert len(candidates) > 10
    applied = apply(candidates, history, own_store, specific=True)
    added = {one.video.id: one.parts[Part.RELEVANCE] for one in applied}
    german = fmean(added[one.video.id] for one in candidates if one.video.language == "de")
    other = fmean(added[one.video.id] for one in candidates if one.video.language != "de")
    assert german < 0 < other
    most = 2 * MOST_SPREADS * pstdev(one.score for one in candidates)
    assert other - german <= SHARE_IN_A_WISH * most


def test_all_the_same_scores_and_single_candidates_stay(own_store: RetrievalStore) -> None:
    put(own_store, "takes_part", AGAINST)
    candidates, history = found(own_store)
    assert apply(candidates[:1], history, own_store, specific=False) == candidates[:1]
    assert apply((), history, own_store, specific=False) == ()
    same = [one.model_copy(update={"score": 1.0}) for one in candidates[:5]]
    judged = {one.video.id: float(n) for n, one in enumerate(same)}
    assert [one.score for one in corrected(same, judged)] == [1.0] * 5


def test_a_model_of_part_of_a_history_can_be_given(own_store: RetrievalStore) -> None:
    candidates, history = found(own_store)
    applied = apply(candidates, history, own_store, specific=False, model=AGAINST)
    assert all(Part.RELEVANCE in one.parts for one in applied)


def test_where_the_mean_is_the_whole_score_nothing_is_added(own_store: RetrievalStore) -> None:
    put(own_store, "takes_part", AGAINST)
    candidates, history = found(own_store)
    plain = History(history.interactions, replace(history.taste, method="mean"))
    assert apply(candidates, plain, own_store, specific=False) == candidates


def test_a_model_that_reads_something_else_or_is_broken_is_passed_over(
    own_store: RetrievalStore,
) -> None:
    report = {"verdict": "takes_part"}
    own_store.library.put_trained_model(NAME, "another", AGAINST.to_bytes(), report)
    assert load(own_store) is None
    own_store.library.put_trained_model(
        NAME, key(own_store.library, own_store.embedder.key), b"{}", report
    )
    assert load(own_store) is None


def test_the_key_changes_with_the_vectors(own_store: RetrievalStore) -> None:
    library = own_store.library
    assert key(library, "one") == key(library, "one") != key(library, "two")


def test_training_is_due_after_enough_signals_and_then_as_they_grow(
    own_store: RetrievalStore,
) -> None:
    library, model = own_store.library, own_store.embedder.key
    given = signals(VIDEOS, lambda _: True)
    library.add_interactions(given[: FIRST - 1])
    assert due(library, model) is None
    library.add_interactions(given[FIRST - 1 : FIRST])
    assert due(library, model) == FIRST
    assert due(library, model, tried=FIRST) is None, "it was tried, and nothing came of it"
    put(own_store, "not_sure", AGAINST)  # of 40 signals
    library.add_interactions(given[FIRST:49])
    assert due(library, model) is None
    library.add_interactions(given[49:50])
    assert due(library, model) == 50


def test_taking_part_loads_no_torch() -> None:
    code = "import sys, assistant.relevance.applying; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_likes_of_an_interest_that_is_off_say_nothing(own_store: RetrievalStore) -> None:
    """As if they had never been: here all likes are of one, and the model goes by language."""
    weak = replace(AGAINST, weights=tuple(weight / 100 for weight in AGAINST.weights))
    put(own_store, "takes_part", weak)
    candidates, history = found(own_store)
    likes = history.taste.liked_ids
    off = Interest("x", (), history.taste.interests[0].vector, 1.0, likes)
    switched = replace(history, taste=replace(history.taste, switched_off=(off,)))
    rest = [one for one in history.interactions if one.video_id not in likes]
    never = replace(switched, interactions=rest)
    judged = apply(candidates, switched, own_store, specific=False)
    assert judged == apply(candidates, never, own_store, specific=False)
    assert judged != apply(candidates, history, own_store, specific=False)
