"""Agglomerative clustering of a few hundred things, given their distances.

scikit-learn has it too, but importing that takes a second, which the first answer would wait for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Distances = NDArray[np.float64]
    """Symmetric, shape (n, n), 0 on the diagonal."""
    Labels = NDArray[np.intp]
    """Cluster numbers from 0, in the order of their first members, shape (n,)."""
    _Update = Callable[[Distances, NDArray[np.float64], int, int], NDArray[np.float64]]


class MergeTree:
    """The order in which things were merged, and at what distance.

    The closest two clusters are merged until one is left; the distances to the merged cluster
    follow from those to its parts (Lance and Williams 1967). It takes O(n³) steps.
    """

    def __init__(self, distances: Distances, update: _Update) -> None:
        self.size = len(distances)
        self.merges: list[tuple[int, int]] = []
        """Of each merge, the number that stays for both clusters, and the one that goes."""
        self.heights: list[float] = []
        """Of each merge, the distance of the two clusters; it never falls."""
        table = np.array(distances, np.float64)
        np.fill_diagonal(table, np.inf)
        sizes = np.ones(self.size)
        for _ in range(self.size - 1):
            one, other = divmod(int(np.argmin(table)), self.size)
            one, other = min(one, other), max(one, other)
            self.merges.append((one, other))
            self.heights.append(float(table[one, other]))
            merged = update(table, sizes, one, other)
            table[one, :] = table[:, one] = merged
            table[other, :] = table[:, other] = np.inf
            table[one, one] = np.inf
            sizes[one] += sizes[other]

    def cut(self, count: int) -> Labels:
        """The labels of the partition into `count` clusters."""
        owner = np.arange(self.size)
        for stays, goes in self.merges[: max(self.size - count, 0)]:
            owner[owner == goes] = stays
        _, labels = np.unique(owner, return_inverse=True)  # a cluster's owner is its first member
        return np.asarray(labels, np.intp)

    def cut_at(self, height: float) -> Labels:
        """The labels of the partition whose clusters are farther apart than `height`."""
        return self.cut(self.size - sum(one <= height for one in self.heights))


def average_linkage(distances: Distances) -> MergeTree:
    """Merge by the mean distance between the members of two clusters (UPGMA)."""
    return MergeTree(distances, _mean_distance)


def ward_linkage(squared_distances: Distances) -> MergeTree:
    """Merge where the variance within clusters grows least (Ward 1963).

    Args:
        squared_distances: squared Euclidean distances; heights are on that scale.
    """
    return MergeTree(squared_distances, _variance_growth)


def silhouette(distances: Distances, labels: Labels) -> float:
    """The mean silhouette of a partition into two clusters or more (Rousseeuw 1987), −1 to 1.

    The silhouette of a thing is (b − a) / max(a, b), with a its mean distance to its own cluster
    and b that to the nearest other; 0 when it is alone.
    """
    members = np.eye(labels.max() + 1)[labels]
    sizes = members.sum(axis=0)
    own = (np.arange(len(labels)), labels)
    sums = distances @ members
    inside = sums[own] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[own] = np.inf
    outside = means.min(axis=1)
    greater = np.maximum(np.maximum(inside, outside), 1e-12)
    values = np.where(sizes[labels] > 1, (outside - inside) / greater, 0.0)
    return float(values.mean())


def _mean_distance(
    table: Distances, sizes: NDArray[np.float64], one: int, other: int
) -> NDArray[np.float64]:
    together = sizes[one] + sizes[other]
    return np.asarray((sizes[one] * table[one] + sizes[other] * table[other]) / together)


def _variance_growth(
    table: Distances, sizes: NDArray[np.float64], one: int, other: int
) -> NDArray[np.float64]:
    pulls = (sizes[one] + sizes) * table[one] + (sizes[other] + sizes) * table[other]
    return np.asarray((pulls - sizes * table[one, other]) / (sizes[one] + sizes[other] + sizes))
