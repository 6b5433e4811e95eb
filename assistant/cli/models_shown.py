"""Models as a table, and one of them in full."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.model_overview import State
from assistant.models.known import PACKAGED_NAME
from assistant.models.speeds import EmbeddingSpeed, LanguageSpeed, Speed

if TYPE_CHECKING:
    from assistant.model_overview import ModelRow
    from assistant.models.accelerators import Accelerators

_PIPED_WIDTH = 200
_UNKNOWN = "–"
_BUILT_IN = "films (built in)"
_MARKS = {
    State.IN_USE: "in use",
    State.INSTALLED: "there",
    State.AVAILABLE: "",
}


def show_table(rows: Sequence[ModelRow]) -> None:
    """Print the models to standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("model", "for", "size", "memory", "", "speed here", "ranking here", "licence"):
        right = title in ("size", "memory")
        table.add_column(title, justify="right" if right else "left", overflow="fold")
    for row in rows:
        about = "" if row.speed else "~"
        cells = (
            row.name,
            row.kind.value,
            _size(row.size),
            f"{about}{_size(row.memory)}" if row.memory else _UNKNOWN,
            _mark(row),
            _speed(row.speed),
            _quality(row),
            row.licence or _UNKNOWN,
        )
        style = "cyan" if row.state is State.IN_USE else ""
        table.add_row(*(Text(_printable(cell)) for cell in cells), style=style)
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    Console(highlight=False, width=width).print(table)


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
        "ranking here": _quality(row) if row.kind.value == "language" else None,
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
        return f"{min(row.begun / row.size, 0.99):.0%} there"
    return _MARKS[row.state]


def _speed(speed: Speed | None) -> str:
    if isinstance(speed, LanguageSpeed):
        return f"{speed.titles_per_s:,.0f} titles/s, writes {speed.written_per_s:,.0f}/s"
    if isinstance(speed, EmbeddingSpeed):
        return f"{speed.videos_per_s:,.0f} videos/s"
    return _UNKNOWN


def _quality(row: ModelRow) -> str:
    """What its opinion adds to the ranking: nDCG@10 with its 95 % interval."""
    found = row.quality
    if found is None:
        return _BUILT_IN if row.name == PACKAGED_NAME else _UNKNOWN
    if found.gain is None or found.low is None or found.high is None:
        return f"weight {found.weight:g}"
    takes_part = f"weight {found.weight:g}" if found.weight else "takes no part"
    return f"{found.gain:+.3f} ({found.low:+.3f} … {found.high:+.3f}), {takes_part}"


def _size(count: int | None) -> str:
    if count is None:
        return _UNKNOWN
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def _printable(text: str) -> str:
    from store.cleaning import printable

    return printable(text)
