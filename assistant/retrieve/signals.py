"""What each signal says of each video of the pool, on one scale.

A similarity is put on the scale of the library: z = (s − mean) / standard deviation, both over a
fixed random sample of the library's vectors. So 0 is like any video, and 2 is as near as one in
fifty. Full-text scores are put on it too: the mean and the deviation are those over the whole
library, where what was not found has 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.pool import Pool
from assistant.retrieve.query import Query, RetrievalStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix, Vector

    Scores = NDArray[np.float64]
    """One number for each video, shape (n,)."""

NEAREST_LIKES = 5
"""Likes that speak for a video: one mean of all likes forgets most of them."""
MOST_LIKES = 1000
WORDS_KNEE = 10.0
"""From here on, full-text scores grow with their logarithm only: a word that one video alone has
would stand a hundred deviations above the mean of a large library."""
RELATED = 1.0
"""Deviations above the mean from which on the nearest like, title or interest is a relation."""
LEAST_DEVIATION = 0.02
"""Of a cosine: a library of the same video over and over has none."""


@dataclass(frozen=True, slots=True)
class Signals:
    """One array for each signal, in the order of the pool; None where it does not apply."""

    has_vector: NDArray[np.bool_]
    wish: Scores | None
    wish_words: Scores | None
    named: Scores | None
    named_words: Scores | None
    taste: Scores | None
    liked_people: Scores | None
    interest: Scores | None
    disliked: Scores | None
    unwanted: Scores | None
    nearest_liked: Sequence[str | None]
    nearest_named: Sequence[str | None]
    nearest_interest: Sequence[str | None]


def compute(query: Query, pool: Pool, store: RetrievalStore) -> Signals:
    """Compute every signal exactly, from the vectors themselves."""
    scale = _Scale(pool.ids, store)
    taste, named = query.taste, query.named
    alone = taste.method == "mean"
    likes = taste.liked_vectors if taste.liked_vectors is None else taste.liked_vectors[:MOST_LIKES]
    interests = [one for one in taste.interests if not alone]
    to_likes = scale.similarities(likes)
    to_interests = scale.similarities(_stacked([one.vector for one in interests]))
    videos = store.library.count()
    return Signals(
        has_vector=scale.has_vector,
        wish=scale.together(scale.similarities(_stacked([query.wish_vector]))),
        wish_words=_words(pool.wish_words, pool.ids, videos),
        named=scale.together(scale.similarities(_stacked([named.mean]))),
        named_words=_words(pool.named_words, pool.ids, videos),
        taste=scale.together(scale.similarities(_stacked([taste.vector])))
        if alone
        else scale.together(to_likes, best=NEAREST_LIKES),
        liked_people=None if alone else _words(pool.liked_people, pool.ids, videos),
        interest=scale.together(to_interests),
        disliked=scale.together(scale.similarities(_stacked([taste.dislike_vector]))),
        unwanted=scale.together(scale.similarities(query.unwanted_vectors)),
        nearest_liked=scale.nearest(to_likes, taste.liked_ids),
        nearest_named=scale.nearest(scale.similarities(named.vectors), named.ids),
        nearest_interest=scale.nearest(to_interests, [one.name or None for one in interests]),
    )


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
    """Full-text scores on the scale of the library, bent at `WORDS_KNEE`."""
    if not hits:
        return None
    found = np.fromiter(hits.values(), np.float64, len(hits))
    mean = found.sum() / videos
    deviation = float(np.sqrt(max((found**2).sum() / videos - mean**2, 1e-12)))
    scores = np.array([hits.get(video_id, 0.0) for video_id in ids])
    z = (scores - mean) / deviation
    bent = WORDS_KNEE * (1 + np.log(np.maximum(z, WORDS_KNEE) / WORDS_KNEE))
    return np.asarray(np.minimum(z, bent))
