from __future__ import annotations

import random

import numpy as np
import pytest

from store.community import Weights


def some(items: int = 6, count: int = 12) -> Weights:
    chance = np.random.default_rng(1)
    at = chance.choice(items * items, count, replace=False)
    return Weights.of(at // items, at % items, chance.normal(size=count).astype(np.float32), items)


def dense(weights: Weights) -> list[list[float]]:
    table = np.zeros((weights.items, weights.items))
    which, columns, values = weights.entries(np.arange(weights.items))
    table[which, columns] = values
    return table.tolist()


def test_entries_are_found_by_their_rows() -> None:
    weights = Weights.of(
        np.array([2, 0, 2]), np.array([0, 1, 1]), np.array([3, 1, 4], np.float32), 3
    )
    which, columns, values = weights.entries(np.array([2, 1]))
    assert sorted(zip(which.tolist(), columns.tolist(), values.tolist(), strict=True)) == [
        (0, 0, 3.0),
        (0, 1, 4.0),
    ]
    assert [len(part) for part in weights.entries(np.array([], np.int64))] == [0, 0, 0]


@pytest.mark.parametrize("items", [6, 70_000])
def test_what_is_packed_is_unpacked(items: int) -> None:
    weights = Weights.of(
        np.array([0, 0, items - 1]),
        np.array([1, items - 1, 0]),
        np.array([0.5, -0.25, 0.001], np.float32),
        items,
    )
    again = Weights.from_bytes(weights.to_bytes())
    assert again.items == items
    rows = np.array([0, items - 1])
    for one, other in zip(weights.entries(rows), again.entries(rows), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3)


def test_rows_are_multiplied_by_numbers_of_their_own() -> None:
    weights = some()
    scales = np.arange(6, dtype=np.float32)
    expected = np.array(dense(weights)) * scales[:, None]
    np.testing.assert_allclose(dense(weights.scaled(scales)), expected, rtol=1e-6)


def test_nothing_at_all() -> None:
    none = np.array([], np.int64)
    weights = Weights.from_bytes(Weights.of(none, none, np.array([], np.float32), 0).to_bytes())
    assert weights.items == 0


def test_no_flipped_byte_is_let_through() -> None:
    data = some().to_bytes()
    for place in range(len(data)):
        spoilt = bytearray(data)
        spoilt[place] ^= 0x41
        with pytest.raises(ValueError, match="weight"):
            Weights.from_bytes(bytes(spoilt))


def test_whatever_the_bytes_are_it_is_a_value_error() -> None:
    chance = random.Random(3)
    data = some().to_bytes()
    for _ in range(500):
        noise = data[: chance.randrange(len(data))] + chance.randbytes(chance.randrange(40))
        with pytest.raises(ValueError, match="weight"):
            Weights.from_bytes(noise)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        (Weights(np.array([0, 2, 1]), np.array([0]), np.array([1.0])), "out of order"),
        (Weights(np.array([1, 1, 1]), np.array([0]), np.array([1.0])), "out of order"),
        (Weights(np.array([0, 1, 1]), np.array([2]), np.array([1.0])), "not there"),
        (Weights(np.array([0, 1, 1]), np.array([1]), np.array([np.nan])), "no number"),
        (Weights(np.array([0, 1, 1]), np.array([1]), np.array([np.inf])), "no number"),
    ],
)
def test_numbers_that_cannot_be_are_refused(weights: Weights, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Weights.from_bytes(weights.to_bytes())
