from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from store.community import ease, nearby


def likes(people: int, items: int, seed: int = 0) -> csr_array:
    chance = np.random.default_rng(seed)
    dense = (chance.random((people, items)) < 0.3).astype(np.float32)
    dense[: items % people + 1] += np.eye(items % people + 1, items, dtype=np.float32) * 0.5
    return csr_array(dense)


def all_rows(matrix: csr_array, ridge: float) -> NDArray[np.float32]:
    found = np.full((matrix.shape[1], matrix.shape[1]), np.nan, np.float32)
    for start, block in ease.rows(matrix, ridge):
        found[start : start + len(block)] = block
    return found


def by_least_squares(matrix: csr_array, ridge: float) -> NDArray[np.float64]:
    """Each column on its own: the ridge regression of an item on all others."""
    dense = matrix.toarray().astype(np.float64)
    items = dense.shape[1]
    found = np.zeros((items, items))
    for item in range(items):
        others = np.delete(np.arange(items), item)
        gram = dense[:, others].T @ dense[:, others] + ridge * np.eye(items - 1)
        found[others, item] = np.linalg.solve(gram, dense[:, others].T @ dense[:, item])
    return found


@pytest.mark.parametrize(("people", "items"), [(40, 12), (9, 30), (15, 15)])
@pytest.mark.parametrize("ridge", [0.5, 20.0])
def test_the_closed_form_is_what_each_regression_gives(
    people: int, items: int, ridge: float
) -> None:
    matrix = likes(people, items)
    np.testing.assert_allclose(
        all_rows(matrix, ridge), by_least_squares(matrix, ridge), rtol=1e-3, atol=1e-5
    )


def test_two_items_by_hand() -> None:
    matrix = csr_array(np.array([[1, 1], [1, 1], [1, 0]], np.float32))
    # Of item 1 on item 0: 2 / (3 + 1); of item 0 on item 1: 2 / (2 + 1).
    np.testing.assert_allclose(all_rows(matrix, 1.0), [[0, 1 / 2], [2 / 3, 0]], rtol=1e-6)


def test_blocks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {shape: all_rows(likes(*shape), 3.0) for shape in ((50, 23), (11, 23))}
    monkeypatch.setattr(ease, "BLOCK", 5)
    for shape, expected in whole.items():
        np.testing.assert_allclose(all_rows(likes(*shape), 3.0), expected, rtol=1e-4, atol=1e-6)


def test_the_cheaper_of_two_inversions_is_what_is_reckoned() -> None:
    assert ease.cost(100_000, 1_000) == 1_000**3
    assert ease.cost(1_500, 2_000) == 2_000**3  # the detour over the people does not pay
    assert ease.cost(100, 20_000) < ease.cost(20_000, 20_000) / 100


def test_with_all_items_as_neighbours_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = likes(40, 12)
    found = np.zeros((12, 12))
    for rows, columns, values in nearby.regressions(matrix, 2.0, np.arange(12)):
        found[rows, columns] = values
    np.testing.assert_allclose(found, by_least_squares(matrix, 2.0), rtol=5e-3, atol=1e-3)


def test_of_few_neighbours_the_nearest_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "NEIGHBOURS", 1)
    twins = np.zeros((20, 4), np.float32)
    twins[:10, :2] = 1
    twins[10:, 2:] = 1
    twins[0, 2] = 1
    pairs = {
        (int(row), int(column))
        for rows, columns, _ in nearby.regressions(csr_array(twins), 1.0, np.arange(4))
        for row, column in zip(rows, columns, strict=True)
    }
    assert pairs == {(1, 0), (0, 1), (3, 2), (2, 3)}
