"""People's ratings as arrays, and what of them counts as liking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.community.weights import Integers

    Numbers = NDArray[np.int32]

LIKED_FROM = 4.0
"""Stars, of five, from which on a rating is a like."""


class CommunityKind(StrEnum):
    """What people did."""

    RATINGS = "ratings"
    LISTS = "lists"
    """They named things together, without rating them."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who rated what how, in arrays of one shape: (ratings,)."""

    keys: tuple[str, ...]
    """The items, in the order in which they came."""
    person: Numbers
    item: Numbers
    stars: NDArray[np.float32]
    """NaN where an item was named without a rating."""
    people: int

    @classmethod
    def of(cls, users: Iterable[Mapping[str, float | None]]) -> Ratings:
        """From one mapping a person, of an item's key to stars, or to None for a mere naming."""
        known: dict[str, int] = {}
        items: list[int] = []
        stars: list[float] = []
        sizes: list[int] = []
        for user in users:
            sizes.append(len(user))
            items.extend(known.setdefault(key, len(known)) for key in user)
            stars.extend(np.nan if rating is None else rating for rating in user.values())
        return cls(
            tuple(known),
            np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
            np.array(items, np.int32),
            np.array(stars, np.float32),
            len(sizes),
        )

    @classmethod
    def from_arrays(
        cls,
        keys: tuple[str, ...],
        person: Sequence[int],
        item: Sequence[int],
        stars: Sequence[float],
        scale: float = 1.0,
    ) -> Ratings:
        """From parallel arrays; where somebody rated something twice, the later counts.

        Args:
            keys: of the items, by number.
            person: who rated, numbered from 0.
            item: what was rated.
            stars: how, NaN for a mere naming.
            scale: what makes stars, of five, of them.
        """
        people, items = np.asarray(person, np.int32), np.asarray(item, np.int32)
        pairs = people.astype(np.int64) * max(len(keys), 1) + items
        _, last = np.unique(pairs[::-1], return_index=True)
        del pairs
        kept = np.sort(len(items) - 1 - last)
        return cls(
            keys,
            people[kept],
            items[kept],
            np.asarray(stars, np.float32)[kept] * np.float32(scale),
            int(people.max()) + 1 if len(people) else 0,
        )

    @property
    def counts(self) -> Integers:
        """How many people rated or named each item, shape (items,)."""
        return np.bincount(self.item, minlength=len(self.keys))

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean rating of each item, NaN where nobody gave one, shape (items,)."""
        rated = np.isfinite(self.stars)
        sums = np.bincount(self.item[rated], self.stars[rated], minlength=len(self.keys))
        with np.errstate(invalid="ignore"):
            means: NDArray[np.float64] = sums / np.bincount(
                self.item[rated], minlength=len(self.keys)
            )
        return means

    @property
    def liked(self) -> NDArray[np.bool_]:
        """Which ratings are likes: what was named is liked, what was rated if it has the stars."""
        return ~(self.stars < LIKED_FROM)  # NaN compares as false
