"""From unit vectors to points of a plane in which neighbours stay neighbours.

t-SNE (van der Maaten and Hinton 2008; Barnes-Hut as in van der Maaten 2014) on the first principal
components, begun from the first two (Kobak and Berens 2019: it keeps what is far apart apart, and
the same at every run). It takes n·log n steps of which each is long, so that of a large library a
sample is laid out and the others are placed among their nearest neighbours.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix

    Points = NDArray[np.float32]
    """Shape (n, 2)."""
    Step = Callable[[str, int, int], None]
    """Is told of a stage, how much of it is done, and of how much. May raise, to stop."""

MOST_LAID_OUT = 10_000
"""So many take half a minute of one core; see docs/taste.md for what that is worth."""
COMPONENTS = 50
PERPLEXITY = 30.0
ITERATIONS = 500
"""Twice as many take half as long again and keep no more neighbours."""
NEIGHBOURS = 5
"""Among so many is a video placed that was not laid out."""
NEARNESS = 0.05
"""A neighbour whose cosine is so much less counts 1/e as much."""
SEED = 0
_LEAST = 5
"""Fewer have no neighbourhoods: they are shown as the principal components have them."""
_BLOCK = 1_000
_ITERATION = re.compile(r"Iteration (\d+)")


def project(vectors: Matrix, step: Step) -> Points:
    """A point for each vector, each coordinate from −1 to 1; the same ones for the same vectors.

    Args:
        vectors: unit vectors, shape (n, dimension).
        step: is told how far it is.
    """
    drawn = np.random.default_rng(SEED).permutation(len(vectors))[:MOST_LAID_OUT]
    sample = np.sort(drawn)
    points = np.zeros((len(vectors), 2), np.float32)
    points[sample] = _laid_out(vectors[sample], step)
    others = np.setdiff1d(np.arange(len(vectors)), sample)
    points[others] = place(vectors[others], vectors[sample], points[sample], step)
    return points


def place(vectors: Matrix, known: Matrix, points: Points, step: Step) -> Points:
    """A point for each vector, among those of its nearest neighbours.

    Args:
        vectors: to be placed.
        known: unit vectors that have a point.
        points: theirs.
        step: is told how far it is.
    """
    placed = np.zeros((len(vectors), 2), np.float32)
    few = min(NEIGHBOURS, len(known))
    for start in range(0, len(vectors) if few else 0, _BLOCK):
        step("placing the others", start, len(vectors))
        cosines = vectors[start : start + _BLOCK] @ known.T
        nearest = np.argpartition(-cosines, few - 1, axis=1)[:, :few]
        near = np.take_along_axis(cosines, nearest, axis=1)
        weights = np.exp((near - near.max(axis=1, keepdims=True)) / NEARNESS)
        weights /= weights.sum(axis=1, keepdims=True)
        placed[start : start + _BLOCK] = np.einsum("nk,nkd->nd", weights, points[nearest])
    return placed


def _laid_out(vectors: Matrix, step: Step) -> Points:
    components = _principal_components(vectors)
    if len(vectors) < _LEAST or not components[:, 0].std():
        return _within_bounds(components[:, :2])
    return _within_bounds(_neighbourhoods(components, step))


def _principal_components(vectors: Matrix) -> NDArray[np.float32]:
    """The first components of each, shape (n, `COMPONENTS` or fewer, but two at least)."""
    centred = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    first = axes[:, ::-1][:, :COMPONENTS]
    # an axis has no direction of its own: the greatest of its numbers decides, as for scikit-learn
    first *= np.sign(first[np.abs(first).argmax(axis=0), np.arange(first.shape[1])])
    found = (centred @ first).astype(np.float32)
    return np.pad(found, ((0, 0), (0, max(2 - found.shape[1], 0))))


def _neighbourhoods(components: NDArray[np.float32], step: Step) -> Points:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    count = len(components)
    step("laying out videos", 0, ITERATIONS)
    layout = TSNE(
        n_components=2,
        perplexity=min(PERPLEXITY, (count - 1) / 3),
        init=components[:, :2] / components[:, 0].std() * 1e-4,
        learning_rate="auto",
        max_iter=ITERATIONS,
        random_state=SEED,
        n_jobs=1,
        verbose=2,  # what it prints is the one way in which it tells how far it is
    )
    # on several threads its sums are rounded otherwise, and every map would be another one
    with threadpool_limits(1), redirect_stdout(_Watching(step)):
        return np.asarray(layout.fit_transform(components), np.float32)


class _Watching(io.StringIO):
    """Reads off what scikit-learn prints how far it is. What `step` raises passes through it."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._step = step

    def write(self, text: str) -> int:
        if found := _ITERATION.search(text):
            self._step("laying out videos", int(found[1]), ITERATIONS)
        return len(text)


def _within_bounds(points: NDArray[np.float32]) -> Points:
    """In the middle, each coordinate from −1 to 1."""
    if not len(points):
        return np.zeros((0, 2), np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    half = np.maximum((high - low) / 2, 1e-12)
    return np.asarray((points - (low + high) / 2) / half, np.float32)
