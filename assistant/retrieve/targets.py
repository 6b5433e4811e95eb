"""What videos have in common with some targets, and with all but some of them.

The features of `facts` are sums or means over targets. Here they are kept apart by target, so that
they can be had for any choice of targets in one multiplication: one case for each column of `kept`,
shape (targets, cases). Results are those of `facts` up to a number that is the same for all videos
of a case, which moves nothing. Where a case keeps no target there is nothing in common: 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.facts import FactFeatures, times, total_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.facts import Factors
    from assistant.retrieve.scale import Columns
    from store.library.facts import Facts

    Kept = NDArray[np.bool_]


class Targets:
    """Some videos beside some targets.

    Args:
        facts: of a pool.
        rows: the videos, by their rows in the pool.
        targets: what was named or is liked.
        factors: how many times each target counts where it is kept.
    """

    def __init__(
        self,
        facts: FactFeatures,
        rows: Sequence[int],
        targets: Sequence[Facts],
        factors: Factors = None,
    ) -> None:
        self._features = facts
        self._rows = list(rows)
        self._videos = [facts.of(row) for row in rows]
        self._targets = targets
        self._factors = times(factors, len(targets))[:, None]

    def tags(self, kept: Kept) -> Columns:
        """As `FactFeatures.shared_tags`."""
        profiles, videos = self._tag_cosines
        chosen = kept * self._factors
        lengths = np.sqrt(np.maximum((chosen * (profiles @ chosen)).sum(axis=0), 0.0))
        return np.asarray((videos @ chosen) / np.where(lengths > 0, lengths, 1.0))

    def people(self, kept: Kept) -> Columns:
        """As `FactFeatures.shared_people`."""
        return np.asarray(np.sqrt(self._people_shared @ (kept * self._factors)))

    def kinds(self, kept: Kept) -> Columns:
        """As `FactFeatures.shared_property` of the kind."""
        return self._share(lambda one: one.kind, kept)

    def languages(self, kept: Kept) -> Columns:
        """As `FactFeatures.shared_property` of the language."""
        return self._share(lambda one: one.language, kept)

    def time(self, kept: Kept) -> Columns:
        """As `FactFeatures.closeness_in_time`, exactly: an unknown year has 0."""
        chosen = kept * self._factors
        return self._features.closeness_in_time_of(self._targets, chosen, self._rows)

    def leaning(self, kept: Kept) -> Columns:
        """As `Feature.LEANING`, exactly."""
        own = np.array([self._features.own_prominence(one) for one in self._targets])
        chosen = kept * self._factors
        means = (own @ chosen) / total_of(chosen)
        leanings = np.where(kept.any(axis=0), self._features.leaning(means), 0.0)
        return np.outer(self._features.prominence[self._rows], leanings)

    @cached_property
    def _tag_cosines(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Cosines of the targets' tags with each other's, and of the videos' with the targets'."""
        idf = self._features.tag_idf
        units = [_unit({tag: idf(tag) for tag in one.tags}) for one in self._targets]
        own = [_unit({tag: idf(tag) for tag in one.tags}) for one in self._videos]
        having: dict[str, list[tuple[int, float]]] = {}
        for column, unit in enumerate(units):
            for tag, value in unit.items():
                having.setdefault(tag, []).append((column, value))
        return _products(units, having, len(units)), _products(own, having, len(units))

    @cached_property
    def _people_shared(self) -> NDArray[np.float64]:
        """Σ idf over the people that a video shares with a target, shape (videos, targets)."""
        having: dict[str, list[tuple[int, float]]] = {}
        for column, one in enumerate(self._targets):
            for name in set(one.people):
                having.setdefault(name, []).append((column, self._features.person_idf(name)))
        found = np.zeros((len(self._videos), len(self._targets)))
        for row, video in enumerate(self._videos):
            for name in video.people:
                for column, value in having.get(name, ()):
                    found[row, column] += value
        return found

    def _share(self, value: Callable[[Facts], str | None], kept: Kept) -> Columns:
        codes: dict[str | None, int] = {None: -1}
        own = np.array([codes.setdefault(value(one), len(codes)) for one in self._videos])
        theirs = np.array([codes.setdefault(value(one), len(codes)) for one in self._targets])
        same = (own[:, None] == theirs) & (own >= 0)[:, None]
        chosen = kept * self._factors
        return np.asarray((same @ chosen) / total_of(chosen))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(value**2 for value in vector.values()))
    return {name: value / norm for name, value in vector.items()} if norm else {}


def _products(
    rows: Sequence[dict[str, float]], having: dict[str, list[tuple[int, float]]], columns: int
) -> NDArray[np.float64]:
    found = np.zeros((len(rows), columns))
    for row, vector in enumerate(rows):
        for name, value in vector.items():
            for column, other in having.get(name, ()):
                found[row, column] += value * other
    return found
