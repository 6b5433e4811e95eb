"""Falls, against everything computed anew from a request and a taste without the source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.falls import Fall, Source, SourceKind
from assistant.retrieve import Found, RetrievalStore, search
from assistant.retrieve.features import Feature, compute
from assistant.retrieve.fusion import contributions
from assistant.retrieve.query import Query
from assistant.retrieve.scored import Scored
from assistant.retrieve.without import falls, present
from assistant.types import (
    Avoided,
    Candidate,
    Constraints,
    Part,
    Preference,
    Request,
    Signal,
    Slot,
    Taste,
)
from store.community import CommunityKind
from store.unit import unit
from tests.assistant.retrieve.conftest import fill, made_video
from tests.assistant.retrieve.test_fusion import likers, with_others
from tests.assistant.retrieve.test_retrieve import asking, liking, named, taste_of

LIKES = (
    "t:jazz-1",
    "t:jazz-2",
    "t:chess-1",
    "t:chess-4",
    "t:zombies-3",
    "t:astronomy-2",
    "t:cooking-2",
)


def found_for(request: Request, taste: Taste, store: RetrievalStore) -> tuple[Found, Scored]:
    found = search(request, taste, store, exclude=(), limit=60)
    assert found.scored is not None
    return found, found.scored


def ids_of(candidates: Sequence[Candidate]) -> list[str]:
    return [one.video.id for one in candidates]


def of_source(found: Found, request: Request, source: Source) -> dict[str, Fall]:
    """The fall of every candidate without a source, of those that it moved."""
    assert found.scored is not None
    moved = falls(found.scored, request, found.candidates, ids_of(found.candidates))
    return {
        video_id: one for video_id, some in moved.items() for one in some if one.source == source
    }


def anew(
    scored: Scored, ids: Sequence[str], query: Query, without: Collection[Feature] = ()
) -> np.ndarray:
    """The scores of a changed query, by the weights of the one that was asked."""
    features = compute(query, replace(scored.pool, ids=list(ids)), scored.store)
    kept = {one: scores for one, scores in features.scores.items() if one not in without}
    parts = contributions(kept, features.has_vector, scored.weights)
    return np.asarray(np.sum(list(parts.values()), axis=0))


def check(found: Found, request: Request, source: Source, without: np.ndarray) -> None:
    """That falls and losses are those of scores computed anew."""
    now = np.array([one.score for one in found.candidates])
    lost = now - without
    told = of_source(found, request, source)
    assert told
    for place, video_id in enumerate(ids_of(found.candidates)):
        above = [
            other
            for other in range(len(now))
            if without[other] > without[place] + 1e-9
            or (abs(without[other] - without[place]) <= 1e-9 and other < place)
        ]
        one = told.get(video_id)
        assert (one.places if one else 0) == max(len(above) - place, 0)
        expected = lost[place] - lost.mean()
        assert one.loss == pytest.approx(expected, abs=1e-5) if one else expected < 1e-5


def without_likes(taste: Taste, ids: Collection[str]) -> Taste:
    kept = [row for row, one in enumerate(taste.liked_ids) if one not in ids]
    assert taste.liked_vectors is not None
    weights = dict(zip(taste.liked_ids, taste.liked_weights, strict=True))
    vectors = dict(zip(taste.liked_ids, taste.liked_vectors, strict=True))
    interests = []
    for one in taste.interests:
        members = [member for member in one.video_ids if member not in ids]
        if members:
            total = np.sum([weights[member] * vectors[member] for member in members], axis=0)
            interests.append(replace(one, vector=unit(np.asarray(total, np.float32))))
    return replace(
        taste,
        liked_ids=tuple(taste.liked_ids[row] for row in kept),
        liked_vectors=taste.liked_vectors[kept] if kept else None,
        liked_weights=tuple(taste.liked_weights[row] for row in kept),
        interests=tuple(interests),
    )


# --- likes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", ["", "openings and tactics"])
@pytest.mark.parametrize("video_id", ["t:chess-1", "t:cooking-2"])
def test_without_a_liked_video(store: RetrievalStore, wish: str, video_id: str) -> None:
    signals = [(one, Signal.LIKED) for one in LIKES]
    taste = taste_of(store, *signals, ("t:sailing-1", Signal.DISLIKED))
    request = asking(wish)
    found, scored = found_for(request, taste, store)
    query = replace(
        scored.query,
        taste=without_likes(taste, {video_id}),
        likes=tuple(one for one in scored.query.likes if one.id != video_id),
    )
    check(
        found,
        request,
        Source(SourceKind.LIKED, video_id),
        anew(scored, ids_of(found.candidates), query),
    )


def test_without_an_interest_all_its_likes_are_gone(store: RetrievalStore) -> None:
    taste = liking(store, *LIKES)
    found, scored = found_for(asking(), taste, store)
    interest = next(one for one in taste.interests if "t:chess-1" in one.video_ids)
    gone = set(interest.video_ids)
    query = replace(
        scored.query,
        taste=without_likes(taste, gone),
        likes=tuple(one for one in scored.query.likes if one.id not in gone),
    )
    source = Source(SourceKind.INTEREST, interest.name)
    check(found, asking(), source, anew(scored, ids_of(found.candidates), query))


def test_without_the_only_like_nothing_is_near(store: RetrievalStore) -> None:
    taste = liking(store, "t:chess-1")
    found, _ = found_for(asking(), taste, store)
    told = of_source(found, asking(), Source(SourceKind.LIKED, "t:chess-1"))
    best = ids_of(found.candidates)[0]
    assert best.startswith("t:chess")
    assert told[best].loss > 1
    assert told[best].near
    assert not any(one.near for id_, one in told.items() if id_.startswith("t:sailing"))


def test_an_interest_is_near_to_what_is_near_to_its_likes(store: RetrievalStore) -> None:
    taste = liking(store, *LIKES)
    interest = next(one for one in taste.interests if "t:chess-1" in one.video_ids)
    found, _ = found_for(asking(), taste, store)
    told = of_source(found, asking(), Source(SourceKind.INTEREST, interest.name))
    near = {id_.split("-")[0] for id_, one in told.items() if one.near}
    assert "t:chess" in near
    assert near <= {one.split("-")[0] for one in interest.video_ids}


def test_what_an_interest_is_called_by_makes_less_nearness_do(
    store: RetrievalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(present, "TELLING", 100.0)
    taste = liking(store, *LIKES)
    interest = next(one for one in taste.interests if "t:chess-1" in one.video_ids)
    tags = {id_: set(one.tags) for id_, one in store.library.facts(store.library.ids()).items()}
    assert tags["t:chess-2"]
    for keywords, expected in (((min(tags["t:chess-2"]).upper(),), True), (("harp",), False)):
        called = replace(interest, keywords=keywords)
        others = (called if one is interest else one for one in taste.interests)
        changed = replace(taste, interests=tuple(others))
        found, _ = found_for(asking(), changed, store)
        told = of_source(found, asking(), Source(SourceKind.INTEREST, interest.name))
        assert any(one.near for one in told.values()) is expected


def test_of_many_likes_those_near_a_pick_are_tried(store: RetrievalStore) -> None:
    many = [
        made_video("history", 0, id=f"t:more-{number}", title=f"Rome {number}", people=())
        for number in range(80)
    ]
    fill(store, *many)
    taste = liking(store, "t:chess-1", *(one.id for one in many))
    request = asking("openings")
    found, scored = found_for(request, taste, store)
    best = ids_of(found.candidates)[0]
    moved = falls(scored, request, found.candidates, {best})[best]
    tried = [one.source.key for one in moved if one.source.kind is SourceKind.LIKED]
    assert "t:chess-1" in tried


# --- titles, words, others ---------------------------------------------------------------------


def test_without_a_title(store: RetrievalStore) -> None:
    request = asking(named=[named("t:sailing-2"), named("t:cooking-2")])
    found, scored = found_for(request, Taste(), store)
    query = scored.query
    left = replace(
        query.named,
        videos=query.named.videos[1:],
        ids=query.named.ids[1:],
        vectors=None if query.named.vectors is None else query.named.vectors[1:],
        mean=None if query.named.vectors is None else query.named.vectors[1],
    )
    words = scored.pool.words_of_named["t:cooking-2"]
    changed = replace(scored.pool, named_words=words)
    gone = Scored.__new__(Scored)
    gone.__dict__ |= scored.__dict__ | {"pool": changed}
    without = anew(gone, ids_of(found.candidates), replace(query, named=left))
    check(found, request, Source(SourceKind.NAMED, "t:sailing-2"), without)


@pytest.mark.parametrize(
    ("kind", "features"),
    [
        (SourceKind.WORDS, (Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS)),
        (SourceKind.MEANING, (Feature.WISH, Feature.SAID)),
        (SourceKind.PROMINENCE, (Feature.PROMINENCE, Feature.LEANING)),
    ],
)
def test_without_features(
    store: RetrievalStore, kind: SourceKind, features: tuple[Feature, ...]
) -> None:
    fill(store, *(made_video("jazz", 1, id=f"t:band-{one}", people=("A Star",)) for one in "abc"))
    request = asking("jazz piano stories", said="some jazz piano stories please")
    found, scored = found_for(request, Taste(), store)
    check(
        found,
        request,
        Source(kind),
        anew(scored, ids_of(found.candidates), scored.query, features),
    )


def test_without_other_people(store: RetrievalStore) -> None:
    liked = ("t:jazz-1", "t:sailing-5", "t:chess-7")
    rich = with_others(store, likers(store, CommunityKind.RATINGS, liked, ("t:history-1",)))
    request = asking(named=[named("t:jazz-1")])
    found, scored = found_for(request, Taste(), rich)
    check(
        found,
        request,
        Source(SourceKind.COMMUNITY),
        anew(scored, ids_of(found.candidates), scored.query, {Feature.RATED, Feature.LISTED}),
    )
    told = of_source(found, request, Source(SourceKind.COMMUNITY))
    assert told["t:sailing-5"].places > 0


def test_what_the_models_added_is_taken_away_as_it_is(store: RetrievalStore) -> None:
    request = asking("telescopes and planets")
    found, scored = found_for(request, Taste(), store)
    last = found.candidates[-1]
    raised = last.model_copy(
        update={"score": found.candidates[0].score + 1, "parts": {Part.MODEL: 9.0}}
    )
    judged = [raised, *found.candidates[:-1]]
    moved = falls(scored, request, judged, {last.video.id})[last.video.id]
    assert moved[0].source == Source(SourceKind.MODEL)
    assert moved[0].places == len(judged) - 1


# --- what is remembered ------------------------------------------------------------------------


def test_without_something_remembered(store: RetrievalStore) -> None:
    boats = Preference(said="I love boats", likes=("boats",))
    ovens = Preference(said="I bake", likes=("oven",))
    memory = (boats, ovens)
    found = search(asking(), Taste(), store, exclude=(), limit=60, preferences=memory)
    scored = found.scored
    assert scored is not None
    best = found.candidates[0]
    assert best.parts[Part.MEMORY] > 0
    source = Source(SourceKind.MEMORY, "I love boats")
    told = of_source(found, asking(), source)
    sailing = [one for one in found.candidates if one.nearest_memory == "I love boats"]
    assert sailing
    assert all(told[one.video.id].places > 0 for one in sailing[:2])
    kept = search(asking(), Taste(), store, exclude=(), limit=100, preferences=memory[1:])
    places = ids_of(kept.candidates)
    assert places.index(sailing[0].video.id) > ids_of(found.candidates).index(sailing[0].video.id)


# --- limits ------------------------------------------------------------------------------------


def test_without_a_limit_what_it_keeps_out_comes_back(store: RetrievalStore) -> None:
    limits = Constraints(languages=("de",), max_duration_s=6000)
    request = asking("jazz piano", constraints=limits)
    found, scored = found_for(request, Taste(), store)
    first, second, third, *_ = ids_of(found.candidates)
    assert {first, second} == {"t:jazz-8", "t:jazz-9"}
    moved = falls(scored, request, found.candidates, {third})[third]
    places = {one.source: one.places for one in moved}
    assert places[Source(SourceKind.LIMIT, Slot.LANGUAGE)] == 8  # the other talks on jazz
    assert places[Source(SourceKind.LIMIT, Slot.DURATION)] == 0  # nothing is longer


def test_what_two_limits_keep_out_comes_back_without_neither(store: RetrievalStore) -> None:
    limits = Constraints(languages=("de",), min_year=2018)  # of these ten, two are both
    request = asking("jazz piano", constraints=limits)
    found, scored = found_for(request, Taste(), store)
    best = found.candidates[0].video.id
    moved = falls(scored, request, found.candidates, {best})[best]
    kept = [one for one in moved if one.source.kind is SourceKind.LIMIT]
    assert [one.places for one in kept] == [0, 0]
    assert all(one.at_least for one in kept)


def test_without_what_is_avoided(store: RetrievalStore) -> None:
    request = asking("jazz piano", avoid=(Avoided(term="jazz"),))
    found, scored = found_for(request, Taste(), store)
    best = found.candidates[0].video.id
    moved = falls(scored, request, found.candidates, {best})[best]
    places = {one.source: one.places for one in moved}
    assert places[Source(SourceKind.LIMIT, Slot.AVOID)] == 10


def test_nothing_moved_a_candidate_that_is_like_all_others(store: RetrievalStore) -> None:
    found, scored = found_for(Request(message="x"), Taste(), store)
    moved = falls(scored, Request(message="x"), found.candidates, ids_of(found.candidates)[:3])
    assert all(one.source.kind is SourceKind.PROMINENCE for some in moved.values() for one in some)


def test_without_a_limit_another_recording_would_take_the_place(store: RetrievalStore) -> None:
    fill(store, made_video("jazz", 8, id="t:again", language="en", tags=("jazz", "piano", "swing")))
    request = asking("jazz piano swing", constraints=Constraints(languages=("de",)))
    found, scored = found_for(request, Taste(), store)
    place = ids_of(found.candidates).index("t:jazz-8")
    (limit,) = (
        one
        for one in falls(scored, request, found.candidates, {"t:jazz-8"})["t:jazz-8"]
        if one.source.kind is SourceKind.LIMIT
    )
    assert limit.places == len(found.candidates) - place
