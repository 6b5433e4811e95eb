"""What a library holds on the whole, counted once and again when it has changed.

What two videos have in common says the more, the rarer it is; and who has made much of what a
library holds is better known than who has made one thing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from store.library.facts import Facts

if TYPE_CHECKING:
    from store.library import Library


class Census:
    """Counts of the tags and people of a library, at one moment.

    Args:
        library: is counted now.
        sample: ids of videos taken at random, which stand for all.
    """

    def __init__(self, library: Library, sample: Sequence[str]) -> None:
        self._videos = max(library.count(), 1)
        self._tags = library.name_counts("tags")
        self._people = library.name_counts("people")
        self.sample: tuple[Facts, ...] = tuple(library.facts(sample).values())
        """The facts of the sample."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every tag and every person, once."""
        return (*self._tags, *self._people)

    def tag_idf(self, tag: str) -> float:
        """ln(videos / videos with that tag): 0 for one that all have."""
        return self._idf(self._tags, tag)

    def person_idf(self, person: str) -> float:
        """ln(videos / videos with that person)."""
        return self._idf(self._people, person)

    def prominence(self, facts: Facts) -> float:
        """Σ ln(videos with that person) over the people of a video.

        How well known a video is likely to be where nobody counted views: films with stars in
        them are those whose cast the catalogue holds often.
        """
        return sum(math.log(self._people.get(name, 1)) for name in facts.people)

    def _idf(self, counts: Mapping[str, int], name: str) -> float:
        return math.log(self._videos / min(counts.get(name, 1), self._videos))
