"""What each feature says of each video of the pool, on one scale (see `scale`).

Full-text scores are put on it too: the mean and the deviation are those over the whole library,
where what was not found has 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.facts import FactFeatures, facts_of
from assistant.retrieve.pool import Pool
from assistant.retrieve.query import Query, RetrievalStore
from assistant.retrieve.scale import Scale, Similarities, bent, full_text, stacked
from assistant.retrieve.subjects import nearness
from store.community.ratings import CommunityKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.scale import Columns, Scores
    from assistant.types import Matrix
    from store.community import Community

NEAREST_LIKES = 5
"""Likes that speak for a video: one mean of all likes forgets most of them."""
MOST_LIKES = 1000
DISLIKE_THRESHOLD = 1.5
"""Deviations above the mean up to which likeness to what is disliked means nothing."""


class Feature(StrEnum):
    """What can be said of a video beside a request and a taste.

    Each has a weight for each kind of request (`weights.toml`) and belongs to a part of the score.
    """

    WISH = "wish"
    """Cosine of the wish."""
    SAID = "said"
    """Cosine of all that the person said: titles, moods, asides."""
    WISH_WORDS = "wish_words"
    """Full text (BM25) of the wish."""
    SAID_WORDS = "said_words"
    """Full text of all that the person said."""
    SAID_TAGS = "said_tags"
    """How many of its tags were said."""
    NAMED = "named"
    """Cosine of the mean of the titles named."""
    NEAREST_NAMED = "nearest_named"
    """Cosine of the nearest of them."""
    NAMED_WORDS = "named_words"
    """Full text of their keywords and people."""
    NAMED_TAGS = "named_tags"
    NAMED_PEOPLE = "named_people"
    NAMED_TIME = "named_time"
    TASTE = "taste"
    """The mean cosine of the nearest likes; with the plain mean as taste, of that."""
    TASTE_TAGS = "taste_tags"
    TASTE_PEOPLE = "taste_people"
    TASTE_TIME = "taste_time"
    TASTE_KIND = "taste_kind"
    """How much of what is liked is of its kind."""
    TASTE_LANGUAGE = "taste_language"
    INTEREST = "interest"
    """Cosine of the nearest interest."""
    POPULARITY = "popularity"
    """Views and likes, where they are known."""
    PROMINENCE = "prominence"
    """How well known its people are, as far as the library tells."""
    LEANING = "leaning"
    """Prominence, times that of what is named or liked."""
    RATED = "rated"
    """What people who rate like together with what is named or liked."""
    RATERS = "raters"
    """How many rated it."""
    LISTED = "listed"
    """What people name together with what is named or liked."""
    LISTERS = "listers"
    """How many named it."""
    DISLIKED = "disliked"
    """Nearness to what is disliked, beyond nearness to what is liked."""
    UNWANTED = "unwanted"
    """Nearness to titles that the message speaks against."""
    LESS = "less"
    """Nearness to what the person wants less of for the moment."""
    MEMORY = "memory"
    """Nearness to the nearest of the subjects that the person said they like."""
    MEMORY_DISLIKED = "memory_disliked"
    """Nearness to what they said they like less."""


@dataclass(frozen=True, slots=True)
class Features:
    """One array for each feature that applies, in the order of the pool."""

    scores: Mapping[Feature, Scores]
    has_vector: NDArray[np.bool_]
    nearest_interest: Sequence[str | None]
    nearest_community: Sequence[str | None]
    nearest_memory: Sequence[str | None]
    compared: Compared


@dataclass(frozen=True, slots=True)
class Compared:
    """What the features were made of, to tell what they would be without a part of it."""

    scale: Scale
    facts: FactFeatures
    likes: Similarities | None
    named: Similarities | None
    interests: Similarities | None
    disliked: Scores | None
    """Nearness to what is disliked."""
    memory: Columns | None
    """Nearness to each subject that is remembered as liked."""


def compute(query: Query, pool: Pool, store: RetrievalStore) -> Features:
    """Compute every feature exactly, from the vectors and facts themselves."""
    scale = Scale.of(pool.ids, store)
    facts = FactFeatures(pool.ids, store)
    videos = pool.videos
    taste, named = query.taste, query.named
    alone = taste.method == "mean"
    interests = [one for one in taste.interests if not alone]
    to_likes = _counted(
        scale.similarities(_likes(query)),
        [taste.like_factors.get(one, 1.0) for one in taste.liked_ids[:MOST_LIKES]],
    )
    to_named = scale.similarities(named.vectors)
    to_interests = _counted(
        scale.similarities(stacked([one.vector for one in interests])),
        [one.factor for one in interests],
    )
    liking = (
        scale.together(scale.similarities(stacked([taste.vector])))
        if alone
        else scale.together(to_likes, best=NEAREST_LIKES)
    )
    disliked = scale.together(scale.similarities(stacked([taste.dislike_vector])))
    unwanted = scale.together(scale.similarities(query.unwanted_vectors))
    community = _Community(query, store.community)
    memory = nearness(query.memory, pool.memory_words, scale, pool.ids, videos)
    found: dict[Feature, Scores | None] = {
        Feature.WISH: scale.together(scale.similarities(stacked([query.wish_vector]))),
        Feature.SAID: scale.together(scale.similarities(stacked([query.said_vector]))),
        Feature.NAMED: scale.together(scale.similarities(stacked([named.mean]))),
        Feature.NEAREST_NAMED: scale.together(to_named),
        Feature.TASTE: liking,
        Feature.INTEREST: scale.together(to_interests),
        Feature.DISLIKED: beyond(disliked, liking),
        Feature.UNWANTED: beyond(unwanted, None),
        Feature.MEMORY: None if memory is None else memory.max(axis=1),
        **_against(query, pool, scale, videos),
        **_full_text(pool, videos),
        **_facts(query, facts),
        **community.scores(pool.ids),
    }
    return Features(
        scores={signal: scores for signal, scores in found.items() if scores is not None},
        has_vector=scale.has_vector,
        nearest_interest=scale.nearest(to_interests, [one.name or None for one in interests]),
        nearest_community=community.nearest(pool.ids),
        nearest_memory=_nearest_memory(query, memory, len(pool.ids)),
        compared=Compared(scale, facts, to_likes, to_named, to_interests, disliked, memory),
    )


def _likes(query: Query) -> Matrix | None:
    vectors = query.taste.liked_vectors
    return None if vectors is None else vectors[:MOST_LIKES]


def _counted(similar: Similarities | None, factors: Sequence[float]) -> Similarities | None:
    """With nearness counting as often as the person set for each interest."""
    if similar is None or all(factor == 1.0 for factor in factors):
        return similar
    return similar.counted(factors)


def beyond(near: Scores | None, liking: Scores | None) -> Scores | None:
    """How far a likeness goes beyond what means nothing, and beyond liking."""
    if near is None:
        return None
    threshold = np.maximum(DISLIKE_THRESHOLD, 0.0 if liking is None else liking)
    return np.asarray(np.maximum(near - threshold, 0.0))


def _against(query: Query, pool: Pool, scale: Scale, videos: int) -> dict[Feature, Scores | None]:
    """What is disliked in words: for the moment, and as it is remembered."""
    found: dict[Feature, Scores | None] = {}
    for feature, subjects, words in (
        (Feature.LESS, query.less, pool.less_words),
        (Feature.MEMORY_DISLIKED, query.memory_disliked, pool.memory_disliked_words),
    ):
        near = nearness(subjects, words, scale, pool.ids, videos, beyond=DISLIKE_THRESHOLD)
        found[feature] = None if near is None else near.max(axis=1)
    return found


def _nearest_memory(query: Query, memory: Columns | None, size: int) -> list[str | None]:
    """What the person said about themselves that speaks for each video most."""
    if memory is None:
        return [None] * size
    said = query.memory.said
    return [said[row.argmax()] if row.max() > 0 else None for row in memory]


def _full_text(pool: Pool, videos: int) -> dict[Feature, Scores | None]:
    of = pool.scale or pool
    found: dict[Feature, Scores | None] = {}
    for feature, hits, scale in (
        (Feature.WISH_WORDS, pool.wish_words, of.wish_words),
        (Feature.SAID_WORDS, pool.said_words, of.said_words),
        (Feature.NAMED_WORDS, pool.named_words, of.named_words),
    ):
        found[feature] = full_text(scale or hits, pool.ids, videos, hits)
    return found


def _facts(query: Query, facts: FactFeatures) -> dict[Feature, Scores | None]:
    found: dict[Feature, Scores | None] = {
        Feature.POPULARITY: facts.popularity(),
        Feature.PROMINENCE: facts.prominence,
        Feature.SAID_TAGS: facts.tags_said(query.said_stems) if query.said_stems else None,
    }
    named = [facts_of(video) for video in query.named.videos]
    liked = [facts_of(video) for video in query.likes]
    factors = [query.taste.like_factors.get(video.id, 1.0) for video in query.likes]
    if named:
        found |= {
            Feature.NAMED_TAGS: facts.shared_tags(named),
            Feature.NAMED_PEOPLE: facts.shared_people(named),
            Feature.NAMED_TIME: facts.closeness_in_time(named),
        }
    if liked and query.taste.method == "weighted":
        found |= {
            Feature.TASTE_TAGS: facts.shared_tags(liked, factors),
            Feature.TASTE_PEOPLE: facts.shared_people(liked, factors),
            Feature.TASTE_TIME: facts.closeness_in_time(liked, factors),
            Feature.TASTE_KIND: facts.shared_property(lambda one: one.kind, liked, factors),
            Feature.TASTE_LANGUAGE: facts.shared_property(lambda one: one.language, liked, factors),
        }
    if named or liked:
        leaning = facts.leaning_to_prominence(named or liked, None if named else factors)
        found[Feature.LEANING] = facts.prominence * leaning
    return found


class _Community:
    """What other people's ratings say beside what was named, else liked."""

    def __init__(self, query: Query, community: Community) -> None:
        self._sources = {kind: community.of(kind) for kind in CommunityKind}
        self._liking = query.liking

    def scores(self, ids: Sequence[str]) -> dict[Feature, Scores | None]:
        """The features of each kind, the mean over its sources."""
        found: dict[Feature, Scores | None] = {}
        for kind, together, popular in (
            (CommunityKind.RATINGS, Feature.RATED, Feature.RATERS),
            (CommunityKind.LISTS, Feature.LISTED, Feature.LISTERS),
        ):
            if sources := self._sources[kind]:
                found[popular] = np.mean([one.standard_popularity(ids) for one in sources], axis=0)
                if self._liking:
                    scores = [bent(one.scores(self._liking, ids)) for one in sources]
                    found[together] = np.mean(scores, axis=0)
        return found

    def nearest(self, ids: Sequence[str]) -> Sequence[str | None]:
        """Of each video, which of what was named or liked speaks for it most."""
        for sources in self._sources.values():
            if sources and self._liking:
                return sources[0].nearest(self._liking, ids)
        return [None] * len(ids)
