"""EASE among near items only: where there are too many of them for one matrix to be inverted.

Every column of B is the ridge regression of one item on others (see `store.community.ease`). Here
these others are not all, but the `NEIGHBOURS` that it was liked together with most: the same
objective, with the weights of all other items held at 0. With as many neighbours as items it is
EASE itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from store.community.ease import co_occurrence

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from store.community.weights import Integers

    Regressed = tuple[Integers, Integers, NDArray[np.float32]]
    """Rows, columns and values of some entries of B."""

NEIGHBOURS = 100
SHRINKAGE = 5.0
"""Added to what a cosine is divided by: two that were liked once, together, are not the same."""
LARGEST = 30_000.0
"""The most people who like one item, as `regressions` may be told: half precision ends at 65,504.
Where there are more, X and λ are scaled down, which leaves B as it is."""
_AT_ONCE = 64
"""Regressions at a time: their matrices need `_AT_ONCE` · `NEIGHBOURS`² · 8 bytes."""


def regressions(likes: csr_array, ridge: float, targets: Integers) -> Iterator[Regressed]:
    """Yield the entries of some columns of B.

    Args:
        likes: X, shape (people, items).
        ridge: λ.
        targets: the columns that are wanted.

    Memory: 2 bytes · items² for how often each two were liked together.
    """
    # half precision: three digits of how often two were liked together are enough
    together = co_occurrence(likes, np.float16)
    lengths = np.sqrt(np.maximum(together.diagonal().astype(np.float32), 1e-6))
    items = len(together)
    count = min(NEIGHBOURS, items - 1)
    for start in range(0, len(targets) if count > 0 else 0, _AT_ONCE):
        batch = targets[start : start + _AT_ONCE]
        near = _nearest(together, lengths, batch, count)
        gram = together[near[:, :, None], near[:, None, :]].astype(np.float64)
        gram[:, np.arange(count), np.arange(count)] += ridge
        wanted = together[batch[:, None], near].astype(np.float64)
        found = np.linalg.solve(gram, wanted[..., None])[..., 0]
        yield near.ravel(), np.repeat(batch, count), found.ravel().astype(np.float32)


def _nearest(
    together: NDArray[np.float16], lengths: NDArray[np.float32], targets: Integers, count: int
) -> Integers:
    """For each target the items with the greatest shrunk cosine, shape (targets, count)."""
    cosines = together[targets].astype(np.float32)
    cosines /= lengths[targets, None] * lengths[None] + SHRINKAGE
    cosines[np.arange(len(targets)), targets] = -1.0
    return np.argpartition(-cosines, count - 1, axis=1)[:, :count]
