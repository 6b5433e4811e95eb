"""What a line of the list shows, in columns that fit the width there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size

from assistant.listing import Mark, VideoLine
from assistant.wording import duration, printable

GAP = 2
LEAST_TITLE = 24
MARKS: Mapping[Mark, str] = {
    Mark.WATCHED: "✓",
    Mark.LIKED: "♥",
    Mark.DISLIKED: "✗",
    Mark.SAVED: "★",
    Mark.HIDDEN: "–",
}
"""The signs of the cards of the chat; a rating shows in the details."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """One of the columns."""

    name: str
    width: int
    """In cells; 0 takes what is left."""
    text: Callable[[VideoLine], str]
    align: Literal["left", "right"] = "left"
    dim: bool = True

    def cell(self, line: VideoLine, width: int) -> str:
        """What it says of a video, in exactly `width` cells."""
        return fitted(printable(self.text(line)), width, self.align)


TITLE = Column("Title", 0, lambda line: line.title, dim=False)
OPTIONAL = (
    Column("", len(MARKS), lambda line: marks(line), dim=False),
    Column("Year", 4, lambda line: str(line.year or ""), "right"),
    Column(
        "Length", 10, lambda line: duration(line.duration_s) if line.duration_s else "", "right"
    ),
    Column("Kind", 11, lambda line: line.kind.value),
    Column("Lang", 4, lambda line: line.language or ""),
    Column("Channel", 20, lambda line: line.channel or ""),
)
"""Beside the title, the most needed first."""


def marks(line: VideoLine) -> str:
    """What the person did with it, each sign in a place of its own."""
    return "".join(sign if mark in line.marks else " " for mark, sign in MARKS.items())


def fitting(width: int) -> list[tuple[Column, int]]:
    """The columns that have room in `width` cells beside a title, and the cells of each.

    The title is the first, the others follow in their order.
    """
    shown: list[Column] = []
    left = width
    for column in OPTIONAL:
        if left - column.width - GAP < LEAST_TITLE + 2 * len(shown):
            break
        shown.append(column)
        left -= column.width + GAP
    ordered = [TITLE, *shown[1:], *shown[:1]]  # the signs stand last
    return [(column, column.width or left) for column in ordered]


def fitted(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """`text` in exactly `width` cells; what is cut off is told by an ellipsis."""
    if cell_len(text) > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)
    return (
        text.rjust(width - cell_len(text) + len(text))
        if align == "right"
        else set_cell_size(text, width)
    )
