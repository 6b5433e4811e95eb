"""What is learned from other people's ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from store.community import ease, nearby
from store.community.ratings import CommunityKind, Ratings
from store.community.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from store.community.weights import Integers

    Entries = tuple[Integers, Integers, NDArray[np.float32]]
    """Rows, columns and values of some weights."""

SCALING: Mapping[CommunityKind, float] = {CommunityKind.RATINGS: 0.2, CommunityKind.LISTS: 0.0}
"""What many like tells less of a person: X is divided by that power of how many like an item, and
so is the liking that is asked about (the scaling of Nikolakopoulos et al., "EigenRec", 2019, before
EASE). Where people name a few things each, nothing is gained by it."""
RIDGE = 50.0
"""λ, in the mean of the diagonal of XᵀX: it grows with the data."""
MOST_WEIGHTS = 2_500_000
"""Kept in all, of each item the same number, the strongest: 10 MB, or 15 beyond 65,536 items."""
MOST_OPERATIONS = 1e12
"""What one inversion may take: that of 10,000 items, some ten seconds."""
MOST_ITEMS = 20_000
"""Of how many items, the most liked, weights are made. Of the others only how many liked them."""
MOST_PAIRS = 400_000_000
"""Pairs of things liked by the same person that are counted; beyond, people are left out."""
_LEAST_WEIGHT = 1e-6
"""What is nothing, in half precision."""
_LEAST_RIDGE = 1e-3
_SEED = 20_190_508


@dataclass(frozen=True, slots=True)
class Learned:
    """What people's ratings say of the items, without the ratings."""

    kind: CommunityKind
    keys: tuple[str, ...]
    """The items."""
    counts: Integers
    """How many people rated or named each, shape (items,)."""
    means: NDArray[np.float64]
    """Their mean ratings; NaN where nobody gave one, shape (items,)."""
    weights: Weights
    people: int
    ratings: int
    method: str
    """How the weights were made, for people to read."""


def learn(
    users: Iterable[Mapping[str, float | None]] | Ratings,
    *,
    kind: CommunityKind,
    ridge: float = RIDGE,
    scaling: float | None = None,
    most_weights: int = MOST_WEIGHTS,
) -> Learned:
    """Learn which items are liked together.

    Args:
        users: of each person, what they rated (stars, of five) or named (None), by an item's key.
        kind: what that is.
        ridge: λ of EASE, by default `RIDGE`, in the mean of the diagonal of XᵀX.
        scaling: by default `SCALING` for the kind; 0 for plain EASE.
        most_weights: so many are kept, of each item the same number.

    Memory stays below 2 GB and the time below a minute up to `MOST_ITEMS` items, on two cores.
    """
    ratings = users if isinstance(users, Ratings) else Ratings.of(users)
    likes, chosen = _likes(ratings)
    scaling = SCALING[kind] if scaling is None else scaling
    scales = np.maximum(likes.sum(axis=0), 1.0).astype(np.float32) ** -scaling
    scaled = likes.multiply(scales[None]).tocsr()
    penalty = max(ridge * float((scaled.data**2).sum()) / max(len(chosen), 1), _LEAST_RIDGE)
    exact = ease.cost(*likes.shape) <= MOST_OPERATIONS
    kept = max(most_weights // max(len(chosen), 1), 1)
    found = (_all if exact else _head_and_tail)(scaled, penalty, kept)
    weights = _collected(found, len(chosen)).scaled(scales)
    way = "EASE" if exact else f"EASE, for the less liked among {nearby.NEIGHBOURS} neighbours"
    return Learned(
        kind,
        ratings.keys,
        ratings.counts,
        ratings.means,
        _in_place(weights, chosen, len(ratings.keys)),
        ratings.people,
        len(ratings.item),
        f"{way}, λ {penalty:.4g}, scaling {scaling:g}, {len(weights.values):,} weights",
    )


def _likes(ratings: Ratings) -> tuple[csr_array, Integers]:
    """X of the most liked items, and which they are; people with less than two likes add nothing.

    Where people like so much that counting pairs would take minutes, a random part of them
    stands for all.
    """
    from scipy.sparse import csr_array

    items, liked = len(ratings.keys), ratings.liked
    popular = np.bincount(ratings.item[liked], minlength=items)
    chosen = np.sort(np.argsort(-popular, kind="stable")[:MOST_ITEMS])
    chosen = chosen[popular[chosen] > 0]
    place = np.full(items, -1)
    place[chosen] = np.arange(len(chosen))
    liked &= place[ratings.item] >= 0
    people = _enough_people(ratings.person[liked], ratings.people)
    row = np.full(ratings.people, -1)
    row[people] = np.arange(len(people))
    liked &= row[ratings.person] >= 0
    ones = np.ones(int(liked.sum()), np.float32)
    at = (row[ratings.person[liked]], place[ratings.item[liked]])
    return csr_array((ones, at), shape=(len(people), len(chosen))), chosen


def _enough_people(of_likes: NDArray[np.int32], people: int) -> Integers:
    """The people whose likes are counted.

    Where not all can be, nobody is who takes more than a hundredth of what can be counted.
    """
    likes = np.bincount(of_likes, minlength=people)
    pairs = likes.astype(np.float64) ** 2
    order = np.random.default_rng(_SEED).permutation(people)
    order = order[likes[order] > 1]
    if pairs.sum() > MOST_PAIRS:
        order = order[pairs[order] <= MOST_PAIRS / 100]
    return np.sort(order[np.cumsum(pairs[order]) <= MOST_PAIRS])


def _all(likes: csr_array, ridge: float, kept: int) -> list[Entries]:
    """EASE over all items; of every row the strongest weights."""
    found = []
    for start, block in ease.rows(likes, ridge) if min(likes.shape) > 0 else ():
        strongest = _strongest(block, kept)
        rows = np.repeat(np.arange(start, start + len(block)), strongest.shape[1])
        found.append((rows, strongest.ravel(), np.take_along_axis(block, strongest, 1).ravel()))
    return found


def _head_and_tail(likes: csr_array, ridge: float, kept: int) -> list[Entries]:
    """EASE over the most liked items, and over near items alone for what speaks for the others."""
    order = np.argsort(-np.diff(likes.tocsc().indptr), kind="stable")
    size = int(MOST_OPERATIONS ** (1 / 3))
    head, tail = np.sort(order[:size]), np.sort(order[size:])
    found = [
        (head[rows], head[columns], values)
        for rows, columns, values in _all(likes[:, head], ridge, kept)
    ]
    if min(likes.shape) > 0:
        largest = float((likes * likes).sum(axis=0).max())
        scale = min(1.0, nearby.LARGEST / largest)
        found.extend(nearby.regressions(likes * np.float32(scale**0.5), ridge * scale, tail))
    return found


def _strongest(block: NDArray[np.float32], kept: int) -> Integers:
    """Of each row, the columns with the greatest absolute values, shape (rows, kept)."""
    if block.shape[1] <= kept:
        return np.broadcast_to(np.arange(block.shape[1]), block.shape)
    return np.argpartition(-np.abs(block), kept - 1, axis=1)[:, :kept]


def _collected(found: Sequence[Entries], items: int) -> Weights:
    """All entries that are something."""
    none = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
    rows, columns, values = (np.concatenate(parts) for parts in zip(none, *found, strict=True))
    something = np.abs(values) >= _LEAST_WEIGHT
    return Weights.of(rows[something], columns[something], values[something], items)


def _in_place(weights: Weights, chosen: Integers, items: int) -> Weights:
    """The weights of some items among all."""
    counts = np.zeros(items, np.int64)
    counts[chosen] = np.diff(weights.starts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Weights(starts, chosen[weights.columns], weights.values)
