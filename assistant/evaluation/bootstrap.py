"""How sure a mean over queries is: the percentile bootstrap (Efron and Tibshirani 1993, 13.3).

The queries are drawn anew, with replacement, some thousand times. One set of draws serves all
systems and all measures of a run, so that the difference of two systems is taken on the same
queries each time, and what is hard about a query falls out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS = 2000
LEVEL = 0.95
FEWEST = 8
"""Of fewer queries the bootstrap tells too little: its intervals come out much too narrow."""
FEWEST_ALIKE = 100
"""Of fewer queries with the same value in each, too: it cannot draw what it has not seen."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and the interval in which it lies with 95 % confidence."""

    value: float
    low: float
    high: float
    """NaN, as `low`, where there are too few queries to tell."""

    @property
    def clear_of_zero(self) -> bool:
        """Whether the interval holds no 0."""
        return self.low > 0 or self.high < 0


class Bootstrap:
    """Draws of `n` queries.

    Args:
        n: queries.
        draws: how often they are drawn.
        seed: makes the draws repeatable.
    """

    def __init__(self, n: int, *, draws: int = DRAWS, seed: int = 0) -> None:
        self.n = n
        self._draws = draws
        self._seed = seed

    @cached_property
    def _drawn(self) -> NDArray[np.int64]:
        """The queries of each draw, shape (draws, n)."""
        return np.random.default_rng(self._seed).integers(0, self.n, (self._draws, self.n))

    @cached_property
    def _times(self) -> NDArray[np.float64]:
        """How often each query is in each draw, shape (draws, n)."""
        flat = self._drawn + self.n * np.arange(self._draws)[:, None]
        counts = np.bincount(flat.ravel(), minlength=self._draws * self.n)
        return counts.reshape(self._draws, self.n).astype(np.float64)

    def mean(self, values: Floats) -> Estimate:
        """The mean of a measure over the queries for which it is a number.

        Args:
            values: one for each query, shape (n,); NaN where the measure says nothing of a query.
        """
        known = values[~np.isnan(values)]
        alike = bool(len(known)) and bool(np.all(known == known[0]))
        if alike and len(known) < FEWEST_ALIKE:
            return Estimate(float(known[0]), np.nan, np.nan)
        return self._mean(values)

    def gain(self, values: Floats, baseline: Floats) -> Estimate:
        """The mean difference of two systems on the same queries, each of shape (n,).

        Two that answer everything alike differ by exactly 0.
        """
        return self._mean(values - baseline)

    def _mean(self, values: Floats) -> Estimate:
        told = ~np.isnan(values)
        if not told.any():
            return Estimate(np.nan, np.nan, np.nan)
        known = np.where(told, values, 0.0)
        with np.errstate(invalid="ignore"):  # a draw that holds none of them
            means = (self._times @ known) / (self._times @ told)
        return self._estimate(float(values[told].mean()), means, int(told.sum()))

    def quantile(self, values: Floats, q: float) -> Estimate:
        """A quantile of a measure over the queries, shape (n,)."""
        quantiles = np.quantile(values[self._drawn], q, axis=1)
        return self._estimate(float(np.quantile(values, q)), quantiles, self.n)

    def coverage(self, lists: Sequence[Sequence[str]], videos: int, k: int) -> Estimate:
        """The share of a catalogue of so many `videos` that the first `k` of all lists cover.

        A draw holds some two thirds of the queries and covers less for that alone; so what the
        draws tell is how far coverage strays from their mean, not where it lies.
        """
        from scipy.sparse import csr_array

        place: dict[str, int] = {}
        shown = [[place.setdefault(id_, len(place)) for id_ in ranked[:k]] for ranked in lists]
        sizes = np.cumsum([0, *map(len, shown)])
        columns = np.array([column for row in shown for column in row], np.int64)
        has = csr_array(
            (np.ones(len(columns)), columns, sizes), shape=(len(lists), max(len(place), 1))
        )
        covered = np.array([np.count_nonzero(row @ has) for row in self._times > 0]) / max(
            videos, 1
        )
        value = len(place) / max(videos, 1)
        return self._estimate(value, value + covered - covered.mean(), self.n)

    def _estimate(self, value: float, drawn: Floats, queries: int) -> Estimate:
        if queries < FEWEST:
            return Estimate(value, np.nan, np.nan)
        tail = 50 * (1 - LEVEL)
        low, high = np.nanpercentile(drawn, [tail, 100 - tail])
        return Estimate(value, float(low), float(high))
