r"""How single values are written down in our own format, each with what reads it back.

Titles: the importer takes a year off a title ("Pari (1995)" of 1995 is "Pari"), so a title that
really ends so gets its year once more.

Lists in a cell of a table: items parted by ``|``; within an item ``\|`` is a bar, ``\\`` a
backslash, and a backslash before anything else is one too.

Cells that a spreadsheet would run as a formula get an apostrophe in front. Reading takes one off
where it stands before a character that such a cell begins with, or before another apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_YEAR = 0
"""Says that the year is not known, where it would be taken from the day of publication."""

_TITLE_WITH_YEAR = re.compile(r"(.*\S)\s*\((\d{4})\)")
_TO_ESCAPE = re.compile(r"[\\|]")
_PIECE = re.compile(r"\\([\\|])|[^\\|]+|[\\|]")
_FORMULA = "=+-@\t\r\n＝＋－＠"
"""What spreadsheets take for the start of a formula, full-width forms included (OWASP)."""


def without_year(title: str, year: int | None) -> str:
    """`title` without the year at its end, if it is `year`."""
    match = _TITLE_WITH_YEAR.fullmatch(title)
    return match[1] if match is not None and int(match[2]) == year else title


def with_year(title: str, year: int | None) -> str:
    """What `without_year` makes `title` of."""
    return title if without_year(title, year) == title else f"{title} ({year})"


def join_items(items: Iterable[str]) -> str:
    """A list as the text of one cell."""
    return "|".join(_TO_ESCAPE.sub(r"\\\g<0>", item) for item in items)


def split_items(cell: str) -> list[str]:
    """The items of a list that stands in one cell."""
    items: list[list[str]] = [[]]
    for piece in _PIECE.finditer(cell):
        if piece[0] == "|":
            items.append([])
        else:
            items[-1].append(piece[1] or piece[0])
    return ["".join(item) for item in items]


def guarded(cell: str) -> str:
    """`cell`, such that no spreadsheet runs it and `unguarded` gives it back."""
    return f"'{cell}" if cell.startswith(tuple(_FORMULA)) or unguarded(cell) != cell else cell


def unguarded(cell: str) -> str:
    """`cell` without the apostrophe that keeps a spreadsheet from running it."""
    is_guarded = cell.startswith("'") and cell[1:2] in {"'", *_FORMULA}
    return cell[1:] if is_guarded else cell
