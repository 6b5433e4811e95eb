"""Models as tables, and one of them in full."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.model_overview import State
from assistant.model_wording import (
    UNKNOWN,
    mark,
    memory,
    per_second,
    quality,
    quality_in_full,
    size,
    speed_in_full,
)
from assistant.models.catalogue import ModelKind
from store.cleaning import printable

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.model_overview import ModelRow

_PIPED_WIDTH = 200
Cell = Callable[["ModelRow"], str]


def show_tables(rows: Sequence[ModelRow]) -> None:
    """Print the models to standard output, a table for each kind."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    console = Console(highlight=False, width=width)
    for kind in ModelKind:
        console.print(_table([row for row in rows if row.kind is kind], kind))
        console.print()


def _table(rows: Sequence[ModelRow], kind: ModelKind) -> Table:
    from rich.table import Table
    from rich.text import Text

    columns = _LANGUAGE if kind is ModelKind.LANGUAGE else _EMBEDDING
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{kind} models", overflow="fold")
    for title in columns:
        right = title not in ("", "licence")
        table.add_column(title, justify="right" if right else "left", overflow="fold")
    for row in rows:
        cells = (row.name, *(cell(row) for cell in columns.values()))
        style = "cyan" if row.state is State.IN_USE else ""
        table.add_row(*(Text(printable(cell)) for cell in cells), style=style)
    return table


def as_text(row: ModelRow) -> str:
    """All that is known of a model, a line each."""
    about = "as measured" if row.speed else "about, when used"
    lines = {
        "for": row.kind.value,
        "good for": row.good_for,
        "languages": row.languages,
        "licence": row.licence,
        "size": size(row.size),
        "memory": f"{size(row.memory)} ({about})" if row.memory else None,
        "state": mark(row) or "can be downloaded: matinee models get " + row.name,
        "where": str(row.path) if row.path else None,
        "hub": row.page,
        "speed here": speed_in_full(row.speed)
        if row.speed
        else f"not measured: matinee models measure {row.name}",
        "ranking here": _ranking(row),
    }
    told = [f"{name:<13} {value}" for name, value in lines.items() if value]
    return "\n".join([row.name, *told])


def _ranking(row: ModelRow) -> str:
    """What was measured of the ranking, and else how to."""
    found = quality_in_full(row)
    if row.quality is not None:
        return found
    unmeasured = f"not measured on your history: matinee models measure {row.name} --quality"
    return f"{found}; {unmeasured}" if found else unmeasured


_COMMON: Mapping[str, Cell] = {
    "size": lambda row: size(row.size),
    "memory": memory,
    "": mark,
}
_LICENCE: Mapping[str, Cell] = {"licence": lambda row: row.licence or UNKNOWN}
_LANGUAGE = {**_COMMON, "titles/s": per_second, "ranking": quality, **_LICENCE}
_EMBEDDING = {**_COMMON, "videos/s": per_second, "nDCG@10": quality, **_LICENCE}
"""The columns of the tables, and how their cells are made."""
