"""Features that are read off the facts of videos: what they have in common with what is liked.

Each is on the scale of the library: 0 is like a video taken at random.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from assistant.retrieve.known import Knowledge, Known, prominence_of, stems_of
from store.library.facts import Facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.query import RetrievalStore
    from assistant.retrieve.scale import Columns, Scores
    from assistant.types import Video
    from store.census import Census

    Factors = Sequence[float] | None

YEARS_APART = 5.0
"""Two videos so many years apart are 1/e as close in time as two of one year."""
LEAST_DEVIATION = 0.5
"""Of log(1 + views + 20·likes): smaller differences are none."""
PROMINENCE_UNIT = 3.4
"""The deviation of prominence in a catalogue of 6,500 films. Not that of the library at hand: in
one of some hundred videos nobody occurs often enough to be known for it."""
MOST_PROMINENT = 2.0
"""Of these units above the mean; more makes nobody better known."""
_BOUNDS = (-MOST_PROMINENT, MOST_PROMINENT)


def facts_of(video: Video) -> Facts:
    """The facts of a video that has been read."""
    return Facts(
        tuple(tag.casefold() for tag in video.tags),
        tuple(name.casefold() for name in video.people),
        video.year,
        video.reach,
        video.kind,
        video.language,
    )


class FactFeatures:
    """Features of the videos of a pool, in its order.

    Where targets are given, `factors` says how many times each of them counts; once if it is None.

    Args:
        ids: of the pool.
        store: the library, and its census.
    """

    def __init__(self, ids: Sequence[str], store: RetrievalStore) -> None:
        self._census = store.searcher.census()
        knowledge = store.knowledge
        self._pool = knowledge.recall(ids, store)
        self._size = len(self._pool)
        self._rows = [*self._pool, *knowledge.sample]
        self._sample = _sample_of(self._census, knowledge)

    def of(self, row: int) -> Facts:
        """The facts of a video of the pool."""
        return self._rows[row].facts

    def tag_idf(self, tag: str) -> float:
        """See `Census.tag_idf`."""
        return self._census.tag_idf(tag)

    def person_idf(self, person: str) -> float:
        """See `Census.person_idf`."""
        return self._census.person_idf(person)

    def shared_tags(self, targets: Sequence[Facts], factors: Factors = None) -> Scores:
        """Cosine of tags, weighted by idf, with the mean of the targets'."""
        idf = self._census.tag_idf
        tags = [{tag: idf(tag) for tag in one.tags} for one in targets]
        profile = _sum_of_units(tags, times(factors, len(targets)))
        length = math.sqrt(sum(value**2 for value in profile.values())) or 1.0

        def cosine(known: Known) -> float:
            own, norm = known.tags(self._census)
            if not norm or profile.keys().isdisjoint(own):
                return 0.0
            dot = sum(value * profile.get(tag, 0.0) for tag, value in own.items())
            return dot / (norm * length)

        return self._centred(cosine)

    def shared_people(self, targets: Sequence[Facts], factors: Factors = None) -> Scores:
        """√Σ idf(p)·n(p) over people p, where n(p) is how many of the targets have them."""
        counts: dict[str, float] = {}
        for one, factor in zip(targets, times(factors, len(targets)), strict=True):
            for name in set(one.people):
                counts[name] = counts.get(name, 0.0) + float(factor)
        weights = {name: self._census.person_idf(name) * count for name, count in counts.items()}
        return self._centred(
            lambda known: math.sqrt(sum(weights.get(name, 0.0) for name in known.facts.people))
        )

    def shared_property(
        self,
        value: Callable[[Facts], str | None],
        targets: Sequence[Facts],
        factors: Factors = None,
    ) -> Scores:
        """How large a share of the targets has the same kind, language or the like."""
        counts: dict[str | None, float] = {}
        weights = times(factors, len(targets))
        for one, factor in zip(targets, weights, strict=True):
            counts[value(one)] = counts.get(value(one), 0.0) + float(factor)
        total = float(weights.sum())
        shares = {own: count / total for own, count in counts.items() if own is not None}
        return self._centred(lambda known: shares.get(value(known.facts) or "", 0.0))

    def closeness_in_time(self, targets: Sequence[Facts], factors: Factors = None) -> Scores:
        """The mean of exp(−|years between| / 5) over the targets; 0 for an unknown year."""
        known = np.array([one.year is not None for one in targets], bool)
        years = np.array([one.year for one in targets if one.year is not None], np.float64)
        if not len(years):
            return np.zeros(self._size)
        distinct, places = np.unique(years, return_inverse=True)
        counts = np.bincount(places, weights=times(factors, len(targets))[known])
        near = np.exp(-np.abs(self._years[:, None] - distinct) / YEARS_APART) @ counts
        return _above_sample(near / counts.sum(), self._size)

    def closeness_in_time_of(
        self, targets: Sequence[Facts], kept: NDArray[np.float64], rows: Sequence[int]
    ) -> Columns:
        """`closeness_in_time` for several choices of targets, of some of the videos.

        Args:
            targets: whose years count.
            kept: how many times each counts, 0 for not at all, shape (targets, cases).
            rows: of the videos.

        Returns:
            Shape (rows, cases).
        """
        known = np.array([one.year is not None for one in targets], bool)
        years = np.array([one.year for one in targets if one.year is not None], np.float64)
        chosen = kept[known]
        own = np.concatenate([self._years[list(rows)], self._years[self._size :]])
        near = np.exp(-np.abs(own[:, None] - years) / YEARS_APART) @ chosen
        near /= total_of(chosen)
        sample = near[len(rows) :][~np.isnan(own[len(rows) :])]
        mean = sample.mean(axis=0) if len(sample) else 0.0
        return np.asarray(np.nan_to_num(near[: len(rows)] - mean, nan=0.0))

    def popularity(self) -> Scores | None:
        """log(1 + views + 20·likes) in deviations above the sample's mean; None where unknown."""
        reach = np.concatenate([_reach_of(self._pool), self._sample.reach])
        return None if np.isnan(reach[: self._size]).all() else self._standardised(reach)

    @cached_property
    def prominence(self) -> Scores:
        """`Census.prominence` above the sample's mean, in units of its own, within bounds."""
        return np.asarray(np.clip(self._above_mean(self._prominences[: self._size]), *_BOUNDS))

    def leaning_to_prominence(self, targets: Sequence[Facts], factors: Factors = None) -> float:
        """The mean prominence of targets, in the units of `prominence`."""
        if not targets:
            return 0.0
        own = np.array([self.own_prominence(one) for one in targets])
        return float(self.leaning(np.average(own, weights=times(factors, len(targets)))))

    def leaning(self, prominence: NDArray[np.float64] | np.float64) -> Scores:
        """A mean prominence in the units of `prominence`."""
        return np.asarray(np.clip(self._above_mean(prominence), *_BOUNDS))

    def tags_said(self, words: Collection[str]) -> Scores | None:
        """How many of its tags were said, word for word; None when none was of any video."""
        stems = frozenset(words)

        def said(known: Known) -> float:
            own = map(stems_of, known.facts.tags)
            return float(sum(bool(one) and stems.issuperset(one) for one in own))

        apart = stems.isdisjoint  # as most are
        found = [0.0 if apart(one.tag_stems) else said(one) for one in self._rows]
        counts = np.array(found, np.float64)
        return _above_sample(counts, self._size) if counts.any() else None

    @cached_property
    def _years(self) -> NDArray[np.float64]:
        """NaN where it is not known."""
        return np.concatenate([_years_of(self._pool), self._sample.years])

    @cached_property
    def _prominences(self) -> NDArray[np.float64]:
        return np.concatenate([_prominences_of(self._pool), self._sample.prominences])

    def _above_mean(self, prominences: NDArray[np.float64] | np.float64) -> Scores:
        sample = self._prominences[self._size :]
        mean = sample.mean() if len(sample) else 0.0
        return np.asarray((prominences - mean) / PROMINENCE_UNIT)

    def own_prominence(self, facts: Facts) -> float:
        """`Census.prominence` of the first people of a video."""
        return prominence_of(facts, self._census)

    def _centred(self, score: Callable[[Known], float]) -> Scores:
        return _above_sample(np.array([score(one) for one in self._rows]), self._size)

    def _standardised(self, values: NDArray[np.float64]) -> Scores:
        own, sample = values[: self._size], values[self._size :]
        known = sample[~np.isnan(sample)]
        if not len(known):
            known = own[~np.isnan(own)]
        if not len(known):
            return np.zeros(self._size)
        scores = (own - known.mean()) / max(float(known.std()), LEAST_DEVIATION)
        return np.asarray(np.nan_to_num(scores, nan=0.0))


@dataclass(frozen=True, slots=True)
class _Sample:
    """What is the same in every turn of the videos that stand for a library."""

    years: Scores
    reach: Scores
    prominences: Scores


_samples: WeakKeyDictionary[Census, _Sample] = WeakKeyDictionary()


def _sample_of(census: Census, knowledge: Knowledge) -> _Sample:
    """That of a census, computed once."""
    if census not in _samples:
        rows = knowledge.sample
        _samples[census] = _Sample(_years_of(rows), _reach_of(rows), _prominences_of(rows))
    return _samples[census]


def _years_of(rows: Sequence[Known]) -> Scores:
    years = [math.nan if one.facts.year is None else one.facts.year for one in rows]
    return np.array(years, np.float64)


def _reach_of(rows: Sequence[Known]) -> Scores:
    found = [math.nan if one.facts.reach is None else math.log1p(one.facts.reach) for one in rows]
    return np.array(found, np.float64)


def _prominences_of(rows: Sequence[Known]) -> Scores:
    return np.array([one.prominence for one in rows], np.float64)


def _above_sample(values: NDArray[np.float64], size: int) -> Scores:
    """The first `size` values, less the mean of the others, which are the sample's; 0 for NaN."""
    sample = values[size:]
    sample = sample[~np.isnan(sample)]
    mean = float(sample.mean()) if len(sample) else 0.0
    return np.asarray(np.nan_to_num(values[:size] - mean, nan=0.0))


def _sum_of_units(
    vectors: Iterable[Mapping[str, float]], factors: NDArray[np.float64]
) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector, factor in zip(vectors, factors.tolist(), strict=True):
        norm = math.sqrt(sum(value**2 for value in vector.values())) or 1.0
        for name, value in vector.items():
            total[name] = total.get(name, 0.0) + factor * value / norm
    return total


def times(factors: Factors, count: int) -> NDArray[np.float64]:
    """How many times each of so many targets counts."""
    return np.ones(count) if factors is None else np.asarray(factors, np.float64)


def total_of(kept: NDArray[np.float64]) -> NDArray[np.float64]:
    """What to divide sums over targets by, for each case; 1 where none is kept."""
    total = np.asarray(kept.sum(axis=0))
    return np.where(total > 0, total, 1.0)
