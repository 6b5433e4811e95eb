"""The parts of a score as bars on both sides of a zero line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from assistant.accounts import ScorePart
from assistant.wording import printable

ZERO = "│"
FULL = "━"
MOST_NAME = 30
"""Cells that the name of a part may take."""
LEAST_BAR = 6
FIGURE = 6
"""Cells of a figure."""
MOST_BAR = 48
"""Cells; longer bars say no more."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How many cells there are left and right of the zero line, and what a cell stands for."""

    left: int
    right: int
    cell: float

    @classmethod
    def of(cls, values: Sequence[float], width: int) -> Scale:
        """The scale on which all `values` have room in `width` cells, the zero line one of them."""
        most = max((value for value in values if value > 0), default=0.0)
        least = -min((value for value in values if value < 0), default=0.0)
        room = max(width - 1, 1)
        if most + least <= 0:
            return cls(0, room, 1.0)
        left = 0 if least <= 0 else max(1, round(room * least / (most + least)))
        right = 0 if most <= 0 else max(room - left, 1)
        left = room - right
        cell = max(most / right if right else 0.0, least / left if left else 0.0)
        return cls(left, right, cell)

    def bar(self, value: float) -> tuple[str, str]:
        """What stands left and right of the zero line: something wherever there is a value."""
        cells = max(round(abs(value) / self.cell), 1) if value else 0
        if value < 0:
            return (FULL * min(cells, self.left)).rjust(self.left), " " * self.right
        return " " * self.left, (FULL * min(cells, self.right)).ljust(self.right)


def bars(parts: Sequence[ScorePart], width: int) -> Content:
    """A line for each part: its name, its bar, its value and its share of the whole.

    Args:
        parts: as they shall stand.
        width: of the lines, in cells.
    """
    if not parts:
        return Content("")
    names = [printable(part.name) for part in parts]
    wide = min(max(map(cell_len, names)), MOST_NAME)
    figures = [figure(part.value) for part in parts]
    shares = [f"{part.share:>4.0%}" for part in parts]
    room = width - (wide + 1) - (1 + FIGURE) - (2 + len(shares[0]))
    scale = Scale.of([part.value for part in parts], min(max(room, LEAST_BAR), MOST_BAR))
    lines = []
    for part, name, value, share in zip(parts, names, figures, shares, strict=True):
        left, right = scale.bar(part.value)
        lines.append(
            Content.assemble(
                (f"{set_cell_size(name, wide)} ", "$foreground 80%"),
                (left, "$error"),
                (ZERO, "$foreground 60%"),
                (right, "$accent"),
                (f" {value:>{FIGURE}}", "bold"),
                (f"  {share}", "$foreground 60%"),
            )
        )
    return Content("\n").join(lines)


def figure(value: float) -> str:
    """A signed figure: ``+0.90``, ``−0.17``."""
    return f"{value:+.2f}".replace("-", "−")
