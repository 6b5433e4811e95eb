from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.linkage import average_linkage, silhouette, ward_linkage


def distances_of(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(points[:, None] - points[None, :], axis=2))


@pytest.fixture
def points() -> NDArray[np.float64]:
    return np.random.default_rng(4).normal(size=(60, 3))


def partition(labels: NDArray[np.intp]) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == number).tolist()) for number in set(labels.tolist())}


def test_average_linkage_by_hand() -> None:
    line = np.array([[0.0], [1.0], [4.0], [6.0]])
    tree = average_linkage(distances_of(line))
    assert tree.merges == [(0, 1), (2, 3), (0, 2)]
    assert tree.heights == pytest.approx([1, 2, (4 + 6 + 3 + 5) / 4])


@pytest.mark.parametrize("count", [1, 2, 5, 13, 60])
def test_it_agrees_with_scikit_learn(points: NDArray[np.float64], count: int) -> None:
    from sklearn.cluster import AgglomerativeClustering

    distances = distances_of(points)
    ward = AgglomerativeClustering(n_clusters=count, linkage="ward").fit_predict(points)
    average = AgglomerativeClustering(n_clusters=count, linkage="average").fit_predict(points)
    assert partition(ward_linkage(distances**2).cut(count)) == partition(ward)
    assert partition(average_linkage(distances).cut(count)) == partition(average)


def test_the_silhouette_agrees_with_scikit_learn(points: NDArray[np.float64]) -> None:
    from sklearn.metrics import silhouette_score

    distances = distances_of(points)
    for count in (2, 7, 59):
        labels = average_linkage(distances).cut(count)
        assert silhouette(distances, labels) == pytest.approx(silhouette_score(points, labels))


def test_cutting_at_a_height(points: NDArray[np.float64]) -> None:
    tree = average_linkage(distances_of(points))
    assert tree.cut_at(-1.0).max() == 59
    assert tree.cut_at(tree.heights[-1]).max() == 0
    assert tree.cut_at((tree.heights[-1] + tree.heights[-2]) / 2).max() == 1


def test_labels_are_numbered_by_first_member(points: NDArray[np.float64]) -> None:
    labels = ward_linkage(distances_of(points) ** 2).cut(9).tolist()
    firsts = [labels.index(number) for number in range(9)]
    assert firsts == sorted(firsts)


def test_one_thing_is_one_cluster() -> None:
    assert average_linkage(np.zeros((1, 1))).cut(1).tolist() == [0]
