from __future__ import annotations

import numpy as np
import pytest

from assistant.retrieve import RetrievalStore, retrieve
from assistant.retrieve.features import Feature
from assistant.retrieve.fusion import (
    Asked,
    Others,
    asked,
    contributions,
    learned_weights,
    others_in,
    weights_for,
)
from assistant.retrieve.moods import is_mood
from assistant.retrieve.query import Query, build_query
from assistant.retrieve.scale import bent
from assistant.types import NamedTitle, Part, Request, Stage, Taste
from store.community import Community, CommunityKind, CommunitySource, learn


def query_of(store: RetrievalStore, request: Request) -> Query:
    return build_query(request, Taste(), store, ())


def likers(store: RetrievalStore, kind: CommunityKind, *groups: tuple[str, ...]) -> Community:
    """Twenty people for each group of videos, all of whom like just these."""
    stars = 5.0 if kind is CommunityKind.RATINGS else None
    people = [dict.fromkeys(group, stars) for group in groups for _ in range(20)]
    learned = learn(people, kind=kind)
    return Community((CommunitySource.of("others", learned, store.library.ids()),))


def with_others(store: RetrievalStore, community: Community) -> RetrievalStore:
    return RetrievalStore(store.library, store.searcher, store.embedder, community)


def like(video_id: str) -> NamedTitle:
    return NamedTitle(video_id=video_id, title="x", mention="x", match=1.0)


def test_every_kind_of_request_has_weights_whatever_is_known_of_others() -> None:
    weights = learned_weights()
    assert weights.keys() == {(kind, known) for kind in Asked for known in Others}


def test_only_dislikes_count_against_a_video() -> None:
    against = {Feature.DISLIKED, Feature.UNWANTED, Feature.LESS, Feature.MEMORY_DISLIKED}
    for weights in learned_weights().values():
        assert against <= weights.keys()
        for feature, weight in weights.items():
            assert (weight < 0) == (feature in against), feature


def test_what_is_asked_for_outweighs_the_taste() -> None:
    for known in Others:
        for kind in (Asked.WISH, Asked.MOOD):
            weights = learned_weights()[kind, known]
            meant = weights.get(Feature.WISH, 0.0) + weights.get(Feature.SAID, 0.0)
            assert meant > weights.get(Feature.TASTE, 0.0)


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (Request(message="", wish="telescopes"), Asked.WISH),
        (Request(message="", wish="something funny and light"), Asked.MOOD),
        (Request(message="", named=(like("t:jazz-1"),)), Asked.TITLES),
        (Request(message="", named=(like("t:jazz-1"),), wish="slow"), Asked.TITLES_AND_WISH),
        (Request(message="", references=("t:jazz-1",)), Asked.TITLES),
        (Request(message=""), Asked.NOTHING),
    ],
)
def test_the_kind_of_a_request(store: RetrievalStore, request_: Request, kind: Asked) -> None:
    assert asked(query_of(store, request_)) is kind


@pytest.mark.parametrize("wish", ["funny", "a scary horror movie, dark", "轻松 搞笑", "feel good"])
def test_a_mood_tells_no_subject(wish: str) -> None:
    assert is_mood(wish.replace("movie", "").replace("feel good", "feelgood"))


@pytest.mark.parametrize("wish", ["", "the", "funny robots", "testing asyncio", "人工智能"])
def test_a_subject_is_no_mood(wish: str) -> None:
    assert not is_mood(wish)


def test_lists_come_before_ratings(store: RetrievalStore) -> None:
    ratings = likers(store, CommunityKind.RATINGS, ("t:jazz-1", "t:chess-1"))
    lists = likers(store, CommunityKind.LISTS, ("t:jazz-1", "t:chess-1"))
    assert others_in(Community(())) is Others.NONE
    assert others_in(ratings) is Others.RATINGS
    assert others_in(Community(ratings.sources + lists.sources)) is Others.LISTS


@pytest.mark.parametrize("kind", list(CommunityKind))
def test_what_others_like_together_is_found_and_is_told(
    store: RetrievalStore, kind: CommunityKind
) -> None:
    groups = [
        ("t:jazz-1", "t:chess-1"),
        ("t:sailing-1", "t:cooking-1"),
        ("t:django-1", "t:zombies-1"),
    ]
    community = likers(store, kind, *groups)
    request = Request(message="", named=(like("t:jazz-1"),))
    found = retrieve(request, Taste(), with_others(store, community), exclude=(), limit=100)
    liked = next(one for one in found if one.video.id == "t:chess-1")
    other = next(one for one in found if one.video.id == "t:chess-2")
    assert liked.parts[Part.COMMUNITY] > other.parts[Part.COMMUNITY]
    assert liked.nearest_community_id == "t:jazz-1"
    assert other.nearest_community_id is None


def test_without_others_their_weights_do_not_apply(store: RetrievalStore) -> None:
    community = likers(store, CommunityKind.RATINGS, ("t:jazz-1", "t:chess-1"))
    query = query_of(store, Request(message="", named=(like("t:jazz-1"),)))
    assert weights_for(query, community, {Stage.COMMUNITY}) == weights_for(query, Community(()))
    rich = with_others(store, community)
    request = Request(message="", named=(like("t:jazz-1"),))
    off = retrieve(request, Taste(), rich, exclude=(), without={Stage.COMMUNITY})
    assert not any(one.parts.get(Part.COMMUNITY) for one in off)


def test_the_words_stand_in_for_a_meaning_that_is_not_known_yet() -> None:
    scores = {Feature.WISH: np.array([0.0, 1.0]), Feature.WISH_WORDS: np.array([9.0, 9.0])}
    weights = {Feature.WISH: 2.0, Feature.WISH_WORDS: 0.1}
    parts = contributions(scores, np.array([False, True]), weights)
    assert parts[Part.WORDS].tolist() == pytest.approx([0.9 + 2.0 * 4.0, 0.9])
    assert parts[Part.REQUEST].tolist() == [0.0, 2.0]


def test_a_rare_word_is_bent_and_what_is_below_the_mean_is_nothing() -> None:
    assert bent(np.array([-3.0, 0.0, 4.0, 100.0])).tolist() == [0, 0, 2, 10]
