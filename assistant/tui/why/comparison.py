"""A video that was not picked beside a pick: what kept it out, and both scores part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from assistant.accounts import WhyNotReport
from assistant.tui.why.bars import figure
from assistant.tui.why.texts import text
from assistant.wording import printable

DIM = "$foreground 60%"
DIFFERENCE = 13
"""Cells of the last column."""
LEAST_SCORE, MOST_SCORE = 10, 24
"""Of those before, whose headings are titles."""
LEAST_NAME = 12


def comparison(report: WhyNotReport, width: int) -> Content:
    """What kept a video out, and under it a table of the two scores.

    Args:
        report: the account of the video.
        width: of the lines, in cells.
    """
    lines = [Content(printable(sentence)) for sentence in report.sentences]
    if report.parts and report.beside:
        lines += [Content(""), *_table(report, width)]
        if report.anew:
            lines.append(Content.styled(text("anew", report.language), DIM))
    return Content("\n").join(lines)


def _table(report: WhyNotReport, width: int) -> list[Content]:
    language = report.language
    names = [*(printable(one.name) for one in report.parts), text("total", language)]
    columns = _Columns.of(names, width)
    header = columns.line(
        "", report.title, text("ours", language), text("difference", language), "bold"
    )
    rows = [
        columns.line(name, figure(one.own), figure(one.other), figure(one.own - one.other))
        for name, one in zip(names, report.parts, strict=False)
    ]
    own, other = report.score or 0.0, report.beside_score
    total = columns.line(names[-1], _plain(own), _plain(other), figure(own - other), "bold")
    return [header, *rows, total]


def _plain(score: float) -> str:
    return f"{score:.2f}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The cells of each column: names to the left, figures to the right."""

    name: int
    score: int
    difference: int = DIFFERENCE

    @classmethod
    def of(cls, names: Sequence[str], width: int) -> _Columns:
        name = min(max(map(cell_len, names)), max(width // 2, LEAST_NAME))
        return cls(name, min(max((width - name - DIFFERENCE) // 2, LEAST_SCORE), MOST_SCORE))

    def line(self, name: str, own: str, other: str, difference: str, style: str = "") -> Content:
        return Content.assemble(
            (set_cell_size(name, self.name), style or "$foreground 80%"),
            (_right(own, self.score), style),
            (_right(other, self.score), style),
            (_right(difference, self.difference), DIM),
        )


def _right(words: str, cells: int) -> str:
    """At the right end of a column; what is longer is cut off."""
    shown = printable(words)
    if cell_len(shown) > cells - 2:
        shown = set_cell_size(shown, cells - 3).rstrip() + "…"
    return " " * (cells - cell_len(shown)) + shown
