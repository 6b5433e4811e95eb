"""What an evaluation came to, as tables for people."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.evaluation.lineup import WITHOUT
from assistant.evaluation.pipeline import OURS
from assistant.evaluation.queries import TaskKind
from assistant.evaluation.results import Figure
from assistant.evaluation.scoring import MEASURES, NDCG, TOP

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.evaluation.results import (
        Latency,
        ModelGain,
        Report,
        SystemResult,
        TaskResult,
    )

_PIPED_WIDTH = 300
"""A file has room for a whole table; a terminal gets as many tables as its width asks for."""
_NAME_WIDTH, _CELL_WIDTH = 30, 16
_EXPLAINED = (
    "Below each figure: its 95 % interval, by bootstrap over the queries, if they are not too few."
    f" Gains are of {NDCG}, on the same queries; in bold where the interval is clear of 0."
)
_OWN_HISTORY = (
    "Each query is a moment of your history: what came before is known, the next likes are to be"
    " found.\nThe relevance model does not take part: it was trained on those likes."
)


class _Column(NamedTuple):
    """A column, and how its cells are made."""

    title: str
    cell: Callable[[SystemResult], str]


def show(report: Report) -> None:
    """Print a report to standard output."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    console = Console(highlight=False, width=width)
    for task in report.tasks:
        console.print(_heading(task), markup=False)
        columns = list(_columns(task, report.against))
        fit = max((console.width - _NAME_WIDTH) // _CELL_WIDTH, 1)
        for start in range(0, len(columns), fit):
            console.print(_table(task.systems, columns[start : start + fit]))
        if task.turn is not None:
            console.print(f"A whole turn of {OURS}: {_told(task.turn)}\n", markup=False)
        if task.model is not None:
            console.print(_earned(task.model), markup=False)
        if task.kind is TaskKind.OWN_HISTORY:
            console.print(f"{_verdict(task)}\n{_OWN_HISTORY}", markup=False)
    console.print(_EXPLAINED, markup=False)


def _heading(task: TaskResult) -> str:
    heading = (
        f"\n{task.task}, {task.catalogue}: {task.queries:,} queries,"
        f" {task.relevant:,} to be found among {task.videos:,} videos"
    )
    if task.others:
        heading += f"; others' ratings: {', '.join(task.others)}"
    if task.folds > 1:
        heading += f" (in {task.folds} folds, nobody's own among them)"
    return heading


def _columns(task: TaskResult, against: str) -> Iterator[_Column]:
    """The measures that are told of any system, and gains over what is compared to."""
    told = {name for system in task.systems for name in system.measures}
    for name in MEASURES:
        if name in told:
            yield _Column(name, lambda system, name=name: _figure(system.measures.get(name)))  # type: ignore[misc]
        if name == NDCG:
            for other in dict.fromkeys((against, OURS)):
                if any(other in system.gains for system in task.systems):
                    yield _Column(f"against {other}", _gain(task.systems, other))
    yield _Column(f"coverage@{TOP}", lambda system: _figure(system.coverage))
    yield _Column("p50 ms", lambda system: _figure(system.latency.p50_ms))
    yield _Column("p95 ms", lambda system: _figure(system.latency.p95_ms))


def _gain(systems: Sequence[SystemResult], other: str) -> Callable[[SystemResult], str]:
    base = next((one.measures[NDCG].value for one in systems if one.system == other), 0.0)

    def cell(system: SystemResult) -> str:
        gain = system.gains.get(other, {}).get(NDCG)
        if gain is None:
            return ""
        share = f" ({100 * gain.value / base:+.0f} %)" if base else ""
        text = f"{_number(gain.value, signed=True)}{share}\n{_interval(gain, signed=True)}"
        return f"[bold]{text}[/bold]" if gain.clear else text

    return cell


def _table(systems: Sequence[SystemResult], columns: Sequence[_Column]) -> Table:
    from rich.table import Table

    table = Table(show_lines=False, pad_edge=False)
    table.add_column("system", overflow="fold", max_width=_NAME_WIDTH)
    for column in columns:
        table.add_column(column.title, justify="right")
    for system in systems:
        style = "cyan" if system.system == OURS else None
        table.add_row(system.system, *(column.cell(system) for column in columns), style=style)
    return table


def _verdict(task: TaskResult) -> str:
    """Which stages are known to help this viewer, and which to harm."""
    stages: dict[str, list[str]] = {"helps": [], "harms": [], "cannot be told yet": []}
    for system in task.systems:
        gain = system.gains.get(OURS, {}).get(NDCG)
        if gain is not None and system.system.startswith(WITHOUT):
            told = (
                "cannot be told yet" if not gain.clear else "helps" if gain.value < 0 else "harms"
            )
            stages[told].append(system.system.removeprefix(WITHOUT))
    return "What each stage adds: " + "; ".join(
        f"{told}: {', '.join(names)}" for told, names in stages.items() if names
    )


def _earned(gain: ModelGain) -> str:
    if not gain.turns:
        return (
            "No shortlist had anything to be found: nothing can be said of the model's opinion.\n"
        )
    figure = Figure(value=gain.gain, low=gain.low, high=gain.high)
    return (
        f"The model's opinion, on {gain.turns:,} shortlists that have what is to be found:"
        f" {NDCG} {_number(gain.before)} before, {_number(gain.gain, signed=True)}"
        f" ({_interval(figure, signed=True)}) with it. Weight earned: {gain.weight:g}.\n"
    )


def _told(turn: Latency) -> str:
    shares = sorted(turn.shares.items(), key=lambda one: -one[1])
    stages = ", ".join(f"{stage} {share:.0%}" for stage, share in shares if share >= 0.005)
    p50, p95 = turn.p50_ms, turn.p95_ms
    return (
        f"p50 {p50.value:.0f} ms {_interval(p50)}, p95 {p95.value:.0f} ms {_interval(p95)}"
        f" over {turn.answers}; {stages}."
    )


def _figure(figure: Figure | None) -> str:
    return "" if figure is None else f"{_number(figure.value)}\n{_interval(figure)}"


def _interval(figure: Figure, *, signed: bool = False) -> str:
    if figure.low is None or figure.high is None:
        return "too few"
    return f"{_number(figure.low, signed=signed)} … {_number(figure.high, signed=signed)}"


def _number(value: float, *, signed: bool = False) -> str:
    """Without the 0 before the point, as tables of the field have it; large ones without decimals.

    A share below 1 has three decimals.
    """
    digits = 3 if math.fabs(value) < 10 else 1 if math.fabs(value) < 100 else 0
    text = f"{value:{'+' if signed else ''}.{digits}f}"
    return text.replace("0.", ".", 1) if math.fabs(value) < 1 else text
