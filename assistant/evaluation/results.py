"""What an evaluation comes to: values that are printed, or written as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from typing import TYPE_CHECKING

import numpy as np

from assistant.evaluation.bootstrap import Bootstrap, Estimate
from assistant.evaluation.queries import TaskKind
from assistant.evaluation.scoring import MEASURES, TOP
from assistant.evaluation.systems import Ranking
from assistant.types import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.evaluation.queries import Query
    from assistant.evaluation.scoring import Judge


class Figure(Value):
    """A figure, and the interval in which it lies with 95 % confidence."""

    value: float
    low: float | None = None
    high: float | None = None
    """None, as `low`, where there are too few queries to tell."""

    @classmethod
    def of(cls, estimate: Estimate) -> Figure | None:
        """From an estimate; None where there is none."""
        if math.isnan(estimate.value):
            return None
        low, high = (None if math.isnan(end) else end for end in (estimate.low, estimate.high))
        return cls(value=estimate.value, low=low, high=high)

    @property
    def clear(self) -> bool:
        """Whether it is known to be above or below 0."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


class Latency(Value):
    """How long answers take, and which stages take it."""

    answers: int
    p50_ms: Figure
    p95_ms: Figure
    shares: Mapping[str, float]
    """Of all the time, by stage; they sum to 1."""

    @classmethod
    def of(cls, seconds: Sequence[Mapping[str, float]]) -> Latency:
        """From the seconds of each stage of each answer; there must be one."""
        totals = np.array([sum(one.values()) for one in seconds]) * 1000
        bootstrap = Bootstrap(len(totals))
        whole = max(float(totals.sum()), 1e-9)
        stages = list(dict.fromkeys(stage for one in seconds for stage in one))
        spent = {stage: 1000 * sum(one.get(stage, 0.0) for one in seconds) for stage in stages}
        return cls(
            answers=len(totals),
            p50_ms=_figure(bootstrap.quantile(totals, 0.5)),
            p95_ms=_figure(bootstrap.quantile(totals, 0.95)),
            shares={stage: one / whole for stage, one in spent.items()},
        )


class PerQuery(Value):
    """One answer of a system."""

    id: str
    measures: Mapping[str, float]
    ids: tuple[str, ...]
    """The best `TOP`."""


class SystemResult(Value):
    """What a system is worth on a task."""

    system: str
    answered: int
    """Queries that it had something to say to; to the others it counts as finding nothing."""
    measures: Mapping[str, Figure]
    coverage: Figure
    """Of the videos that may be ranked, the share that is among any answer's best `TOP`."""
    gains: Mapping[str, Mapping[str, Figure]]
    """Against some other system: what it measures more, on the same queries."""
    latency: Latency
    per_query: tuple[PerQuery, ...] = ()


class ModelGain(Value):
    """What the language model's opinion was measured to be worth: see `assistant.evaluation.gain`.

    Gains are of nDCG@10 of the shortlists, with a weight that was chosen on others.
    """

    model: str
    """The key of its likelihoods."""
    weight: float
    """That it has earned; 0 unless the interval of the gain lies above 0."""
    before: float
    gain: float
    low: float | None
    high: float | None
    """None, as `low`, where there are too few shortlists to tell."""
    turns: int
    """Shortlists that an order can be right or wrong about."""


class TaskResult(Value):
    """What all systems are worth on a task."""

    task: str
    kind: TaskKind
    catalogue: str
    videos: int
    """That may be ranked."""
    queries: int
    relevant: int
    """Videos that are to be found, over all queries."""
    others: tuple[str, ...] = ()
    """Whose ratings were known."""
    folds: int = 1
    """More than one: nobody's own doing was known when they were answered."""
    systems: tuple[SystemResult, ...]
    turn: Latency | None = None
    """Of whole turns, with as many picks as the settings say and their sentences."""
    model: ModelGain | None = None
    """Where the language model took part."""


class Report(Value):
    """All tasks of a run, and what they were run with."""

    embedding_model: str
    language_model: str | None
    dial: str
    against: str
    tasks: tuple[TaskResult, ...]


class Outcome:
    """The answers of all systems to the same queries, measured.

    Args:
        queries: in any order.
        answers: of each system to each query, by name and id; None where it had nothing to say.
        judge: measures them.
    """

    def __init__(
        self,
        queries: Sequence[Query],
        answers: Mapping[str, Mapping[str, Ranking | None]],
        judge: Judge,
    ) -> None:
        self._queries = queries
        self._answers = {
            name: own
            for name, own in answers.items()
            if any(one is not None for one in own.values())
        }
        self._videos = len(judge.space.candidate_ids)
        self._bootstrap = Bootstrap(len(queries))
        self._values = {name: self._measured(own, judge) for name, own in self._answers.items()}

    def results(self, against: Sequence[str], *, per_query: bool) -> tuple[SystemResult, ...]:
        """Of each system, in order.

        Args:
            against: systems to which each is compared, as far as they are there.
            per_query: whether to keep every single answer.
        """
        return tuple(self._result(name, against, per_query) for name in self._answers)

    def _measured(self, own: Mapping[str, Ranking | None], judge: Judge) -> NDArray[np.float64]:
        """The measures of a system, shape (measures, queries)."""
        rows = [judge.measures(query, _ids(own[query.id])) for query in self._queries]
        return np.array([[row[name] for row in rows] for name in MEASURES])

    def _result(self, name: str, against: Sequence[str], per_query: bool) -> SystemResult:
        own, values = self._answers[name], self._values[name]
        given = [one for one in own.values() if one is not None]
        lists = [_ids(own[query.id]) for query in self._queries]
        others = [one for one in against if one != name and one in self._values]
        return SystemResult(
            system=name,
            answered=len(given),
            measures=self._measures(values),
            coverage=_figure(self._bootstrap.coverage(lists, self._videos, TOP)),
            gains={one: self._gains(values, self._values[one]) for one in others},
            latency=Latency.of([one.seconds for one in given]),
            per_query=self._each(lists, values) if per_query else (),
        )

    def _measures(self, values: NDArray[np.float64]) -> dict[str, Figure]:
        return _named(self._bootstrap.mean(row) for row in values)

    def _gains(self, values: NDArray[np.float64], others: NDArray[np.float64]) -> dict[str, Figure]:
        return _named(starmap(self._bootstrap.gain, zip(values, others, strict=True)))

    def _each(
        self, lists: Sequence[tuple[str, ...]], values: NDArray[np.float64]
    ) -> tuple[PerQuery, ...]:
        return tuple(
            PerQuery(
                id=query.id,
                measures={
                    name: float(value)
                    for name, value in zip(MEASURES, values[:, row], strict=True)
                    if not math.isnan(value)
                },
                ids=lists[row][:TOP],
            )
            for row, query in enumerate(self._queries)
        )


def _named(estimates: Iterable[Estimate]) -> dict[str, Figure]:
    """By the names of the measures, those that there are."""
    figures = zip(MEASURES, map(Figure.of, estimates), strict=True)
    return {name: figure for name, figure in figures if figure is not None}


def _ids(ranking: Ranking | None) -> tuple[str, ...]:
    return ranking.ids if ranking is not None else ()


def _figure(estimate: Estimate) -> Figure:
    figure = Figure.of(estimate)
    assert figure is not None  # noqa: S101 - of a number there is an estimate
    return figure
