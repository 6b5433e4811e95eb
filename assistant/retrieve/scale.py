"""Similarities on the scale of the library.

z = (s − mean) / standard deviation, both over a fixed random sample of the library's vectors. So 0
is like any video, and 2 is as near as one in fifty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.query import RetrievalStore
    from assistant.types import Matrix, Vector

    Scores = NDArray[np.float64]
    """One number for each video, shape (n,)."""
    Columns = NDArray[np.float64]
    """One number for each video and each of several cases, shape (n, cases)."""

RELATED = 1.0
"""Deviations above the mean from which on the nearest like, title or interest is a relation."""
LEAST_DEVIATION = 0.02
"""Of a cosine: a library of the same video over and over has none."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """How near things are to some targets, in deviations of the background from its mean."""

    cosines: Matrix
    """Of the pool's vectors, shape (m, targets)."""
    z: Matrix
    """The same on the scale of the background."""
    background: Matrix
    """Of the background itself, on its own scale, shape (b, targets)."""
    factors: NDArray[np.float32]
    """How many times nearness to each target counts; `z` and `background` are these times what
    they would be. Shape (targets,), none 0."""

    def at(self, rows: NDArray[np.intp]) -> Self:
        """Those of some of the vectors."""
        return replace(self, cosines=self.cosines[rows], z=self.z[rows])

    def only(self, columns: Sequence[int]) -> Self:
        """Those to some of the targets."""
        return self._of(np.asarray(columns, np.intp))

    def counted(self, factors: Sequence[float] | NDArray[np.float64]) -> Self:
        """The same, with nearness to each target counting so many times, none of them 0."""
        times = np.asarray(factors, np.float32)
        return replace(
            self,
            z=self.z * times,
            background=self.background * times,
            factors=self.factors * times,
        )

    def is_related(self, row: int, target: int, *, least: float = RELATED) -> bool:
        """Whether nearness to a target is a relation, however much it counts."""
        return bool(self.z[row, target] >= least * self.factors[target])

    def _of(self, columns: NDArray[np.intp] | NDArray[np.bool_]) -> Self:
        return replace(
            self,
            cosines=self.cosines[:, columns],
            z=self.z[:, columns],
            background=self.background[:, columns],
            factors=self.factors[columns],
        )

    def without(self, columns: Sequence[int]) -> Self | None:
        """The same without some targets; None where none is left."""
        kept = np.ones(self.z.shape[1], bool)
        kept[list(columns)] = False
        if not kept.any():
            return None
        return self._of(kept)


@dataclass(frozen=True, slots=True)
class Scale:
    """The vectors of some videos, and the background that similarities are compared with."""

    vectors: Matrix
    """Of the videos that have one, shape (m, dimension)."""
    rows: NDArray[np.intp]
    """Which of the videos these are, shape (m,)."""
    has_vector: NDArray[np.bool_]
    """Which of the videos have one, shape (n,)."""
    background: Matrix

    @classmethod
    def of(cls, ids: Sequence[str], store: RetrievalStore) -> Self:
        """That of videos of a library; scores come in the order of `ids`."""
        present, vectors = store.knowledge.vectors(ids, store)
        places = {video_id: row for row, video_id in enumerate(ids)}
        rows = np.array([places[video_id] for video_id in present], np.intp)
        has_vector = np.zeros(len(ids), bool)
        has_vector[rows] = True
        return cls(vectors, rows, has_vector, store.searcher.background())

    def narrowed(self, rows: Sequence[int]) -> tuple[Self, NDArray[np.intp]]:
        """The scale of some of the videos alone; and which of the vectors are theirs."""
        places = np.full(len(self.has_vector), -1)
        places[self.rows] = np.arange(len(self.rows))
        found = places[list(rows)]
        vectors = found[found >= 0]
        narrow = type(self)(
            self.vectors[vectors], np.flatnonzero(found >= 0), found >= 0, self.background
        )
        return narrow, vectors

    def similarities(self, targets: Matrix | None) -> Similarities | None:
        """How near the videos' vectors are to each of `targets`; None without any."""
        if targets is None or not len(targets) or not len(self.vectors):
            return None
        cosines, background = self.vectors @ targets.T, self.background @ targets.T
        mean = background.mean(axis=0)
        deviation = np.maximum(background.std(axis=0), LEAST_DEVIATION)
        z, own = (cosines - mean) / deviation, (background - mean) / deviation
        return Similarities(cosines, z, own, np.ones(len(targets), np.float32))

    def together(self, similar: Similarities | None, *, best: int = 1) -> Scores | None:
        """One score for each video: the mean of its `best` similarities.

        Each is on the scale of its own target, so that one that lies near to everything does
        not win; their mean is put on the scale of the background again. 0 without a vector.
        """
        if similar is None:
            return None
        values, base = _mean_of_best(similar.z, best), _mean_of_best(similar.background, best)
        scores = np.zeros(len(self.has_vector))
        scores[self.rows] = (values - base.mean()) / max(float(base.std()), LEAST_DEVIATION)
        return scores

    def without_each(
        self, similar: Similarities, columns: Sequence[int], *, best: int = 1
    ) -> Columns:
        """What `together` would be without one target, for each of some, shape (n, columns).

        A target alone leaves nothing: 0.
        """
        scores = np.zeros((len(self.has_vector), len(columns)))
        if similar.z.shape[1] > 1:
            values = _without_each(similar.z, columns, best)
            base = _without_each(similar.background, columns, best)
            deviation = np.maximum(base.std(axis=0), LEAST_DEVIATION)
            scores[self.rows] = (values - base.mean(axis=0)) / deviation
        return scores

    def each(self, similar: Similarities, beside: Similarities | None = None) -> Columns:
        """What `together` would be for each target alone, or beside others, (n, targets)."""
        values, base = similar.z, similar.background
        if beside is not None:
            values = np.maximum(values, beside.z.max(axis=1, keepdims=True))
            base = np.maximum(base, beside.background.max(axis=1, keepdims=True))
        base = base.astype(np.float64)
        scores = np.zeros((len(self.has_vector), values.shape[1]))
        deviation = np.maximum(base.std(axis=0), LEAST_DEVIATION)
        scores[self.rows] = (values - base.mean(axis=0)) / deviation
        return scores

    def best(self, similar: Similarities, row: int, count: int) -> list[int]:
        """The numbers of the targets nearest to one video; none without a vector."""
        if not self.has_vector[row]:
            return []
        z = similar.z[np.searchsorted(self.rows, row)]
        return [int(one) for one in np.argsort(-z, kind="stable")[:count]]

    def related(
        self, similar: Similarities, row: int, target: int, *, least: float = RELATED
    ) -> bool:
        """Whether a video's nearness to a target is a relation."""
        if not self.has_vector[row]:
            return False
        return similar.is_related(int(np.searchsorted(self.rows, row)), target, least=least)

    def nearest(
        self, similar: Similarities | None, names: Sequence[str | None]
    ) -> list[str | None]:
        """The name of the target nearest to each video, None where it is no relation."""
        found: list[str | None] = [None] * len(self.has_vector)
        if similar is not None:
            nearest = similar.cosines.argmax(axis=1)
            own = similar.z[np.arange(len(nearest)), nearest]
            related = own >= RELATED * similar.factors[nearest]
            for row, number in zip(self.rows[related], nearest[related], strict=True):
                found[row] = names[number]
        return found


def stacked(vectors: Sequence[Vector | None]) -> Matrix | None:
    """Those that are there as rows; None where none is."""
    present = [vector for vector in vectors if vector is not None]
    return np.array(present) if present else None


def full_text(
    hits: Mapping[str, float],
    ids: Sequence[str],
    videos: int,
    given: Mapping[str, float] | None = None,
) -> Scores | None:
    """Full-text scores on the scale of the library, bent.

    Args:
        hits: by id; with the others of the library, which have 0, they make the scale.
        ids: of the videos to be scored.
        videos: how many the library has.
        given: the scores of these videos, where they are none of the hits.

    Returns:
        None without hits.
    """
    if not hits:
        return None
    found = np.fromiter(hits.values(), np.float64, len(hits))
    mean = found.sum() / videos
    deviation = float(np.sqrt(max((found**2).sum() / videos - mean**2, 1e-12)))
    scores = np.array([(hits if given is None else given).get(video_id, 0.0) for video_id in ids])
    return bent((scores - mean) / deviation)


def bent(deviations: Scores) -> Scores:
    """√ of what stands above the mean.

    What few videos have (a word, a co-watch) makes tails that are far from normal: a word that
    one video alone has stands a hundred deviations above the mean of a large library.
    """
    return np.asarray(np.sqrt(np.maximum(deviations, 0.0)))


def _mean_of_best(z: Matrix, best: int) -> Scores:
    few = min(best, z.shape[1])
    if few == 1:
        return np.asarray(z.max(axis=1), np.float64)
    return np.asarray(np.partition(z, -few, axis=1)[:, -few:].mean(axis=1, dtype=np.float64))


def _without_each(z: Matrix, columns: Sequence[int], best: int) -> Columns:
    """`_mean_of_best` without one of at least two targets, for each of some, (n, columns).

    Where it is among the best, the next best takes its place.
    """
    few = min(best + 1, z.shape[1])
    top = np.sort(np.partition(z, -few, axis=1)[:, -few:], axis=1).astype(np.float64)
    total, out = top.sum(axis=1, keepdims=True), z[:, list(columns)].astype(np.float64)
    return np.asarray((total - np.maximum(out, top[:, :1])) / (few - 1))
