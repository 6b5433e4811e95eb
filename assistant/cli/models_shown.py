"""Models as tables, and one of them in full."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.model_overview import State
from assistant.models.catalogue import ModelKind
from assistant.models.known import PACKAGED_NAME
from assistant.models.speeds import EmbeddingSpeed, LanguageSpeed, Speed
from store.cleaning import printable

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.model_overview import ModelRow
    from assistant.models.accelerators import Accelerators

_PIPED_WIDTH = 200
_UNKNOWN = "–"
Cell = Callable[["ModelRow"], str]
_MARKS = {
    State.IN_USE: "in use",
    State.INSTALLED: "there",
    State.AVAILABLE: "",
}


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
        "size": _size(row.size),
        "memory": f"{_size(row.memory)} ({about})" if row.memory else None,
        "state": _mark(row) or "can be downloaded: matinee models get " + row.name,
        "where": str(row.path) if row.path else None,
        "hub": row.page,
        "speed here": speed_as_text(row.speed)
        if row.speed
        else f"not measured: matinee models measure {row.name}",
        "ranking here": _quality(row) if row.kind is ModelKind.LANGUAGE else None,
    }
    told = [f"{name:<13} {value}" for name, value in lines.items() if value]
    return "\n".join([row.name, *told])


def speed_as_text(speed: Speed) -> str:
    """What was measured, in a sentence."""
    memory, day = _size(speed.memory), f"{speed.measured_at:%Y-%m-%d}"
    if isinstance(speed, EmbeddingSpeed):
        return (
            f"loads in {speed.load_s:.1f} s; a request {speed.query_ms:.0f} ms;"
            f" {speed.videos_per_s:,.0f} videos/s; {memory} of memory ({speed.device}, {day})"
        )
    where = "GPU" if speed.gpu else f"{speed.threads} threads"
    return (
        f"loads in {speed.load_s:.1f} s; reads {speed.read_per_s:,.0f} tokens/s; judges"
        f" {speed.titles_per_s:,.0f} titles/s; writes {speed.written_per_s:,.0f} tokens/s;"
        f" {memory} of memory ({where}, {day})"
    )


def gpu_line(found: Accelerators | None) -> str:
    """What there is of GPUs, in a sentence."""
    if found is None:
        return "GPU: nothing could be found out. See more: matinee doctor"
    llama = "can use one" if found.llama else "was built for the CPU alone"
    memory = f" ({_size(found.torch_memory)})" if found.torch_memory else ""
    torch = f"sees {found.torch}{memory}" if found.torch else "sees none"
    return f"GPU: llama.cpp (language models) {llama}; torch (embedding models) {torch}."


def _mark(row: ModelRow) -> str:
    if row.state is State.BEGUN:
        return f"{min(row.begun / row.size, 0.99):.0%}"
    return _MARKS[row.state]


def _memory(row: ModelRow) -> str:
    """As measured; with a ``~`` as reckoned."""
    if row.memory is None:
        return _UNKNOWN
    return _size(row.memory) if row.speed else f"~{_size(row.memory)}"


def _per_second(row: ModelRow) -> str:
    """Titles judged, or videos embedded."""
    if row.speed is None:
        return _UNKNOWN
    if isinstance(row.speed, LanguageSpeed):
        return f"{row.speed.titles_per_s:,.0f}"
    return f"{row.speed.videos_per_s:,.0f}"


def _gain(row: ModelRow) -> str:
    """What its opinion adds to the ranking, in nDCG@10."""
    found = row.quality
    if found is None:
        return "films" if row.name == PACKAGED_NAME else _UNKNOWN
    if not found.weight:
        return "none"
    return "some" if found.gain is None else f"{found.gain:+.3f}"


def _quality(row: ModelRow) -> str:
    """The same in full, with the 95 % interval."""
    found = row.quality
    if found is None:
        measured = "not measured on your history: matinee evaluate --llm"
        return f"helps with films; {measured}" if row.name == PACKAGED_NAME else measured
    takes_part = f"weight {found.weight:g}" if found.weight else "takes no part"
    if found.gain is None or found.low is None or found.high is None:
        return takes_part
    return f"nDCG@10 {found.gain:+.3f} ({found.low:+.3f} … {found.high:+.3f}), {takes_part}"


def _size(count: int | None) -> str:
    if count is None:
        return _UNKNOWN
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


_COMMON: Mapping[str, Cell] = {
    "size": lambda row: _size(row.size),
    "memory": _memory,
    "": _mark,
}
_LICENCE: Mapping[str, Cell] = {"licence": lambda row: row.licence or _UNKNOWN}
_LANGUAGE = {**_COMMON, "titles/s": _per_second, "ranking": _gain, **_LICENCE}
_EMBEDDING = {**_COMMON, "videos/s": _per_second, **_LICENCE}
"""The columns of the tables, and how their cells are made."""
