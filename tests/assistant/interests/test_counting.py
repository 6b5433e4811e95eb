"""What a person sets for an interest, in the taste and in what is recommended."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from assistant.cancel import CancelToken
from assistant.explain import explain
from assistant.falls import Source, SourceKind
from assistant.interests.settings import changed
from assistant.memory import Remembered
from assistant.reasons import Chosen, with_reasons
from assistant.recommend import Recommender, as_ranked
from assistant.retrieve import RetrievalStore, retrieve, search
from assistant.settings import RecommendSettings, Settings
from assistant.taste import build_taste
from assistant.types import EvidenceKind, Interaction, Interest, InterestSetting, Signal, Taste
from assistant.workspace import Workspace
from tests.assistant.retrieve.test_retrieve import NOW, asking, topics_of
from tests.assistant.retrieve.test_without import anew, check, found_for, ids_of, without_likes

LIKES = ("t:jazz-1", "t:jazz-2", "t:jazz-3", "t:chess-1", "t:chess-4", "t:cooking-2")


def taste(store: RetrievalStore, *settings: InterestSetting, mean: bool = False) -> Taste:
    ids, vectors = store.library.vectors(store.embedder.key, LIKES)
    return build_taste(
        [Interaction(video_id=one, signal=Signal.LIKED, at=NOW) for one in LIKES],
        dict(zip(ids, vectors, strict=True)),
        {one: video.keywords for one, video in store.library.get(ids).items()},
        now=NOW,
        settings=RecommendSettings(taste="mean" if mean else "weighted"),
        interests=settings,
    )


def of(taste: Taste, video_id: str) -> Interest:
    every = (*taste.interests, *taste.switched_off)
    return next(one for one in every if video_id in one.video_ids)


def topics(store: RetrievalStore, taste: Taste, count: int = 12) -> list[str]:
    return topics_of(retrieve(asking(), taste, store, exclude=(), limit=60))[:count]


def test_switched_off_it_is_as_if_its_likes_were_none(store: RetrievalStore) -> None:
    plain = taste(store)
    off = taste(store, changed(of(plain, "t:chess-1"), off=True))
    chess = {one for one in LIKES if "chess" in one}
    assert {one.video_ids for one in off.switched_off} == {of(plain, "t:chess-1").video_ids}
    assert set(off.liked_ids) == set(LIKES) - chess
    assert not chess & off.latest_likes.keys()
    assert not chess & off.said_liked_ids
    assert off.excluded_ids == plain.excluded_ids
    assert sum(one.weight for one in off.interests) == pytest.approx(1)
    others = replace(without_likes(plain, chess), interests=off.interests)
    assert off.liked_vectors is not None
    assert others.liked_vectors is not None
    np.testing.assert_array_equal(off.liked_vectors, others.liked_vectors)
    assert "chess" in topics(store, plain)
    assert "chess" not in topics(store, off)


def test_with_all_switched_off_there_is_no_taste(store: RetrievalStore) -> None:
    plain = taste(store)
    off = taste(store, *(changed(one, off=True) for one in plain.interests))
    assert (off.vector, off.interests, off.liked_ids) == (None, (), ())
    assert topics(store, off)  # what is popular


@pytest.mark.parametrize("mean", [False, True])
def test_the_more_it_weighs_the_more_picks_it_has(store: RetrievalStore, mean: bool) -> None:
    plain = taste(store, mean=mean)
    counts = []
    for weight in (0.2, 1.0, 2.0):
        heavier = taste(store, changed(of(plain, "t:chess-1"), weight=weight), mean=mean)
        counts.append(topics(store, heavier).count("chess"))
        share = of(heavier, "t:chess-1").weight
        assert (share > of(plain, "t:chess-1").weight) is (weight > 1)
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_weight_of_one_changes_nothing(store: RetrievalStore) -> None:
    plain = taste(store)
    named = taste(store, changed(of(plain, "t:chess-1"), name="Boards"))
    before = retrieve(asking(), plain, store, exclude=(), limit=60)
    after = retrieve(asking(), named, store, exclude=(), limit=60)
    assert [(one.video.id, one.score) for one in before] == [
        (one.video.id, one.score) for one in after
    ]


@pytest.mark.parametrize("wish", ["", "openings and tactics"])
@pytest.mark.parametrize("video_id", ["t:chess-1", "t:jazz-2", "t:cooking-2"])
def test_falls_are_those_of_what_counts(store: RetrievalStore, wish: str, video_id: str) -> None:
    """Weighted likes are taken away as weighted, against all scores computed anew without one."""
    weighted = taste(
        store,
        changed(of(taste(store), "t:chess-1"), weight=2.0),
        changed(of(taste(store), "t:jazz-1"), weight=0.5),
    )
    request = asking(wish)
    found, scored = found_for(request, weighted, store)
    query = replace(
        scored.query,
        taste=without_likes(weighted, {video_id}),
        likes=tuple(one for one in scored.query.likes if one.id != video_id),
    )
    without = anew(scored, ids_of(found.candidates), query)
    check(found, request, Source(SourceKind.LIKED, video_id), without)


def test_a_reason_names_it_as_the_person_does(store: RetrievalStore) -> None:
    plain = taste(store)
    name = "Boards “and” minds"
    mine = taste(store, changed(of(plain, "t:chess-1"), name=name, weight=2.0))
    request = asking()
    found = search(request, mine, store, exclude=(), limit=60)
    chosen = Chosen(found, found.candidates, as_ranked(found.candidates, 8))
    picks = with_reasons(chosen, Remembered(request), mine, store)
    told = [
        (pick, one)
        for pick in picks
        for one in pick.evidence
        if one.kind is EvidenceKind.INTEREST and "chess" in pick.video.id
    ]
    assert told
    assert {one.text for _, one in told} == {name}
    pick, one = told[0]
    alone = pick.model_copy(update={"evidence": (one,)})
    sentence = "".join(explain(alone, request, None, CancelToken(), seed=1, said=()))
    assert "Boards ‘and’ minds" in sentence


def recommender(store: RetrievalStore, history: list[Interaction] | None = None) -> Recommender:
    workspace = SimpleNamespace(library=store.library, settings=Settings())
    return Recommender(cast(Workspace, workspace), history)


def test_recommendations_take_what_the_library_keeps(store: RetrievalStore) -> None:
    """And none of it where the history is somebody else's."""
    signals = [Interaction(video_id=one, signal=Signal.LIKED, at=NOW) for one in LIKES]
    store.library.add_interactions(signals)
    store.library.set_interest(changed(of(taste(store), "t:chess-1"), off=True))
    own = recommender(store)
    assert "t:chess-1" not in own._taste(store, own._signals(store)).liked_ids
    others = recommender(store, signals)
    assert "t:chess-1" in others._taste(store, others._signals(store)).liked_ids
