"""Other people's ratings on their way from a file into arrays: counted, bounded, on one scale."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ImportSourceError
from assistant.importers.base import skip
from assistant.types import Skipped

if TYPE_CHECKING:
    from pathlib import Path

    from store.community import RatedItem, Ratings

MOST_RATINGS = 40_000_000
"""The largest public set of films' ratings has 32 million; these take half a gigabyte."""
MOST_PEOPLE = 2_000_000
MOST_ITEMS = 200_000
SKIPS_KEPT = 100
"""So many skipped records are named; all are counted."""
_SCALES = (1.0, 5.0, 10.0, 100.0)
"""The best that can be given, on the scales that are in use. Ours is the second."""


class RatingsFormat(Protocol):
    """Reads one format of other people's ratings. It holds no state."""

    name: str
    """A person's word for the format."""
    looks_like: str
    """What it is recognised by, for the list of what is supported."""

    def recognises(self, path: Path) -> bool:
        """Whether `path` is in this format, judged by its first bytes or its file names.

        Raises:
            ImportSourceError: `path` cannot be opened, or is damaged.
        """

    def read(self, path: Path, into: Gathering) -> Iterator[int]:
        """Read the source, telling `into` of each rating; yield how many records are done.

        Raises:
            ImportSourceError: the source cannot be read at all.
        """


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of a source."""

    ratings: Ratings
    items: tuple[RatedItem, ...]
    """What was rated, in the order of the keys of `ratings`."""
    skipped: tuple[Skipped, ...]
    """The first `SKIPS_KEPT`."""
    skipped_count: int

    @property
    def rated(self) -> bool:
        """Whether people gave ratings, and did not just name things."""
        import numpy as np

        return bool(np.isfinite(self.ratings.stars).any())


class Gathering:
    """Takes ratings in, one by one."""

    def __init__(self) -> None:
        self._people: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._items: dict[str, RatedItem] = {}
        self._person, self._item, self._stars = array("i"), array("i"), array("f")
        self._skipped: list[Skipped] = []
        self._skipped_count = 0

    def rate(self, where: str, person: str, item: str, rating: float | None) -> None:
        """Take one in: of a person, an item's key, and a rating, or None for a mere naming."""
        if len(self._person) >= MOST_RATINGS:
            self.skip(where, f"is beyond the first {MOST_RATINGS:,} ratings")
            return
        who, what = (
            _number(self._people, person, MOST_PEOPLE),
            _number(self._places, item, MOST_ITEMS),
        )
        if who is None or what is None:
            self.skip(where, f"is of one more than {MOST_PEOPLE:,} people or {MOST_ITEMS:,} items")
            return
        self._person.append(who)
        self._item.append(what)
        self._stars.append(float("nan") if rating is None else rating)

    def describe(self, key: str, item: RatedItem) -> None:
        """Say what an item is. What is said first counts."""
        if len(self._items) < MOST_ITEMS:
            self._items.setdefault(key, item)

    def skip(self, where: str, reason: str) -> None:
        """Leave a record out."""
        self._skipped_count += 1
        if len(self._skipped) < SKIPS_KEPT:
            self._skipped.append(skip(where, reason))

    def finish(self, path: Path) -> Gathered:
        """All of it; where somebody rated something twice, the later counts.

        Raises:
            ImportSourceError: there is nothing from which anything can be learned.
        """
        from store.community import RatedItem, Ratings

        if not self._person:
            first = (
                f" {self._skipped[0].record}: {self._skipped[0].reason}" if self._skipped else ""
            )
            raise ImportSourceError(
                "There are no ratings that can be read.", f"{path}{first and ':'}{first}"
            )
        ratings = Ratings.from_arrays(
            tuple(self._places), self._person, self._item, self._stars, _scale(self._stars)
        )
        nothing = RatedItem(None, "", None)
        return Gathered(
            ratings,
            tuple(self._items.get(key, nothing) for key in self._places),
            tuple(self._skipped),
            self._skipped_count,
        )


def _number(known: dict[str, int], name: str, most: int) -> int | None:
    """The number of a person or an item; None when there are too many."""
    number = known.get(name)
    if number is None and len(known) < most:
        number = known[name] = len(known)
    return number


def _scale(ratings: array[float]) -> float:
    """What makes stars, of five, of the ratings: told by the greatest of them."""
    greatest = max((rating for rating in ratings if rating == rating), default=5.0)
    return 5.0 / next((best for best in _SCALES if greatest <= best), greatest)
