"""What each feature says of each video of the pool, on one scale.

A similarity is put on the scale of the library: z = (s − mean) / standard deviation, both over a
fixed random sample of the library's vectors. So 0 is like any video, and 2 is as near as one in
fifty. Full-text scores are put on it too: the mean and the deviation are those over the whole
library, where what was not found has 0.
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
from store.community.ratings import CommunityKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix, Vector
    from store.community import Community

    Scores = NDArray[np.float64]
    """One number for each video, shape (n,)."""

NEAREST_LIKES = 5
"""Likes that speak for a video: one mean of all likes forgets most of them."""
MOST_LIKES = 1000
DISLIKE_THRESHOLD = 1.5
"""Deviations above the mean up to which likeness to what is disliked means nothing."""
RELATED = 1.0
"""Deviations above the mean from which on the nearest like, title or interest is a relation."""
LEAST_DEVIATION = 0.02
"""Of a cosine: a library of the same video over and over has none."""


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


@dataclass(frozen=True, slots=True)
class Features:
    """One array for each feature that applies, in the order of the pool."""

    scores: Mapping[Feature, Scores]
    has_vector: NDArray[np.bool_]
    nearest_liked: Sequence[str | None]
    nearest_named: Sequence[str | None]
    nearest_interest: Sequence[str | None]
    nearest_community: Sequence[str | None]


def compute(query: Query, pool: Pool, store: RetrievalStore) -> Features:
    """Compute every feature exactly, from the vectors and facts themselves."""
    scale = _Scale(pool.ids, store)
    taste, named = query.taste, query.named
    alone = taste.method == "mean"
    likes = taste.liked_vectors if taste.liked_vectors is None else taste.liked_vectors[:MOST_LIKES]
    interests = [one for one in taste.interests if not alone]
    to_likes = scale.similarities(likes)
    to_named = scale.similarities(named.vectors)
    to_interests = scale.similarities(_stacked([one.vector for one in interests]))
    liking = (
        scale.together(scale.similarities(_stacked([taste.vector])))
        if alone
        else scale.together(to_likes, best=NEAREST_LIKES)
    )
    disliked = scale.together(scale.similarities(_stacked([taste.dislike_vector])))
    unwanted = scale.together(scale.similarities(query.unwanted_vectors))
    community = _Community(query, store.community)
    found: dict[Feature, Scores | None] = {
        Feature.WISH: scale.together(scale.similarities(_stacked([query.wish_vector]))),
        Feature.SAID: scale.together(scale.similarities(_stacked([query.said_vector]))),
        Feature.NAMED: scale.together(scale.similarities(_stacked([named.mean]))),
        Feature.NEAREST_NAMED: scale.together(to_named),
        Feature.TASTE: liking,
        Feature.INTEREST: scale.together(to_interests),
        Feature.DISLIKED: _beyond(disliked, liking),
        Feature.UNWANTED: _beyond(unwanted, None),
        **_full_text(pool, store.library.count()),
        **_facts(query, pool, store),
        **community.scores(pool.ids),
    }
    return Features(
        scores={signal: scores for signal, scores in found.items() if scores is not None},
        has_vector=scale.has_vector,
        nearest_liked=scale.nearest(to_likes, taste.liked_ids),
        nearest_named=scale.nearest(to_named, named.ids),
        nearest_interest=scale.nearest(to_interests, [one.name or None for one in interests]),
        nearest_community=community.nearest(pool.ids),
    )


def _beyond(near: Scores | None, liking: Scores | None) -> Scores | None:
    """How far a likeness goes beyond what means nothing, and beyond liking."""
    if near is None:
        return None
    threshold = np.maximum(DISLIKE_THRESHOLD, 0.0 if liking is None else liking)
    return np.asarray(np.maximum(near - threshold, 0.0))


def _full_text(pool: Pool, videos: int) -> dict[Feature, Scores | None]:
    return {
        Feature.WISH_WORDS: _words(pool.wish_words, pool.ids, videos),
        Feature.SAID_WORDS: _words(pool.said_words, pool.ids, videos),
        Feature.NAMED_WORDS: _words(pool.named_words, pool.ids, videos),
    }


def _facts(query: Query, pool: Pool, store: RetrievalStore) -> dict[Feature, Scores | None]:
    facts = FactFeatures(pool.ids, store)
    found: dict[Feature, Scores | None] = {
        Feature.POPULARITY: facts.popularity(),
        Feature.PROMINENCE: facts.prominence,
        Feature.SAID_TAGS: facts.tags_said(query.said_stems) if query.said_stems else None,
    }
    named = [facts_of(video) for video in query.named.videos]
    liked = [facts_of(video) for video in query.likes]
    if named:
        found |= {
            Feature.NAMED_TAGS: facts.shared_tags(named),
            Feature.NAMED_PEOPLE: facts.shared_people(named),
            Feature.NAMED_TIME: facts.closeness_in_time(named),
        }
    if liked and query.taste.method == "weighted":
        found |= {
            Feature.TASTE_TAGS: facts.shared_tags(liked),
            Feature.TASTE_PEOPLE: facts.shared_people(liked),
            Feature.TASTE_TIME: facts.closeness_in_time(liked),
            Feature.TASTE_KIND: facts.shared_property(lambda one: one.kind, liked),
            Feature.TASTE_LANGUAGE: facts.shared_property(lambda one: one.language, liked),
        }
    if targets := named or liked:
        found[Feature.LEANING] = facts.prominence * facts.leaning_to_prominence(targets)
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


def _stacked(vectors: Sequence[Vector | None]) -> Matrix | None:
    present = [vector for vector in vectors if vector is not None]
    return np.array(present) if present else None


@dataclass(frozen=True, slots=True)
class _Similarities:
    """How near things are to some targets, in deviations of the background from its mean."""

    cosines: Matrix
    """Of the pool's vectors, shape (m, targets)."""
    z: Matrix
    """The same on the scale of the background."""
    background: Matrix
    """Of the background itself, on its own scale, shape (b, targets)."""


class _Scale:
    """The pool's vectors, and the background that similarities to them are compared with."""

    def __init__(self, ids: Sequence[str], store: RetrievalStore) -> None:
        present, self._vectors = store.library.vectors(store.embedder.key, ids)
        self._background = store.searcher.background()
        rows = {video_id: row for row, video_id in enumerate(ids)}
        self._rows = np.array([rows[video_id] for video_id in present], np.intp)
        self.has_vector = np.zeros(len(ids), bool)
        self.has_vector[self._rows] = True

    def similarities(self, targets: Matrix | None) -> _Similarities | None:
        """How near the pool's vectors are to each of `targets`; None without any."""
        if targets is None or not len(targets) or not len(self._vectors):
            return None
        cosines, background = self._vectors @ targets.T, self._background @ targets.T
        mean = background.mean(axis=0)
        deviation = np.maximum(background.std(axis=0), LEAST_DEVIATION)
        return _Similarities(cosines, (cosines - mean) / deviation, (background - mean) / deviation)

    def together(self, similar: _Similarities | None, *, best: int = 1) -> Scores | None:
        """One score for each video of the pool: the mean of its `best` similarities.

        Each is on the scale of its own target, so that one that lies near to everything does
        not win; their mean is put on the scale of the background again. 0 without a vector.
        """
        if similar is None:
            return None
        values, base = _mean_of_best(similar.z, best), _mean_of_best(similar.background, best)
        scores = np.zeros(len(self.has_vector))
        scores[self._rows] = (values - base.mean()) / max(float(base.std()), LEAST_DEVIATION)
        return scores

    def nearest(
        self, similar: _Similarities | None, names: Sequence[str | None]
    ) -> list[str | None]:
        """The name of the target nearest to each video, None where it is no relation."""
        found: list[str | None] = [None] * len(self.has_vector)
        if similar is not None:
            nearest = similar.cosines.argmax(axis=1)
            related = similar.z[np.arange(len(nearest)), nearest] >= RELATED
            for row, number in zip(self._rows[related], nearest[related], strict=True):
                found[row] = names[number]
        return found


def _mean_of_best(z: Matrix, best: int) -> Scores:
    few = min(best, z.shape[1])
    return np.asarray(np.partition(z, -few, axis=1)[:, -few:].mean(axis=1, dtype=np.float64))


def _words(hits: Mapping[str, float], ids: Sequence[str], videos: int) -> Scores | None:
    """Full-text scores on the scale of the library, bent."""
    if not hits:
        return None
    found = np.fromiter(hits.values(), np.float64, len(hits))
    mean = found.sum() / videos
    deviation = float(np.sqrt(max((found**2).sum() / videos - mean**2, 1e-12)))
    scores = np.array([hits.get(video_id, 0.0) for video_id in ids])
    return bent((scores - mean) / deviation)


def bent(deviations: Scores) -> Scores:
    """√ of what stands above the mean.

    What few videos have (a word, a co-watch) makes tails that are far from normal: a word that
    one video alone has stands a hundred deviations above the mean of a large library.
    """
    return np.asarray(np.sqrt(np.maximum(deviations, 0.0)))
