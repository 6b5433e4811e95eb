"""The bar of a pick: how high its score is beside the best one, and what made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from assistant.types import Part, Pick

CELLS = 8


class Origin(NamedTuple):
    """Where a piece of a score comes from. Its shape tells it from the others without colours."""

    name: str
    shape: str
    style: str
    parts: frozenset[Part]


ORIGINS = (
    Origin("what you asked", "━", "$accent", frozenset({Part.REQUEST, Part.NAMED, Part.WORDS})),
    Origin(
        "your taste",
        "═",
        "$secondary",
        frozenset({Part.TASTE, Part.INTEREST, Part.MEMORY, Part.RELEVANCE}),
    ),
    Origin("other people", "╍", "$success", frozenset({Part.COMMUNITY, Part.POPULARITY})),
    Origin("the model", "┄", "$warning", frozenset({Part.MODEL})),
)
"""What counts against a pick has no cells: it makes the bar shorter."""
EMPTY = "·"
SHAPES = "".join(origin.shape for origin in ORIGINS) + EMPTY


def bar(pick: Pick, best_score: float, cells: int = CELLS) -> Content:
    """The bar of a pick, `cells` wide.

    Args:
        pick: with the parts of its score.
        best_score: the best one of the answer: its bar is full.
        cells: how many there are.
    """
    share = pick.score / best_score if best_score > 0 else 0.0
    filled = min(max(round(share * cells), 1), cells)
    amounts = _amounts(pick.parts)
    pieces = [
        (origin.shape * count, origin.style)
        for origin, count in zip(ORIGINS, _shared_out(amounts, filled), strict=True)
        if count
    ]
    return Content.assemble(*pieces, (EMPTY * (cells - filled), "$foreground 30%"))


def legend(picks: Iterable[Pick]) -> Content:
    """What the shapes in the bars of these picks mean."""
    present = [0.0] * len(ORIGINS)
    for pick in picks:
        for place, amount in enumerate(_amounts(pick.parts)):
            present[place] += amount
    shown = [
        Content.assemble((origin.shape * 2, origin.style), f" {origin.name}")
        for origin, amount in zip(ORIGINS, present, strict=True)
        if amount > 0
    ]
    return Content("  ").join(shown)


def _amounts(parts: Mapping[Part, float]) -> list[float]:
    """What each origin adds."""
    return [
        sum(max(value, 0.0) for part, value in parts.items() if part in origin.parts)
        for origin in ORIGINS
    ]


def _shared_out(amounts: Sequence[float], cells: int) -> list[int]:
    """So many cells, shared out by the largest remainders; all to the first where none has any."""
    total = sum(amounts)
    if total <= 0:
        return [cells] + [0] * (len(amounts) - 1)
    exact = [amount / total * cells for amount in amounts]
    counts = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])
    for place in by_rest[: cells - sum(counts)]:
        counts[place] += 1
    return counts
