"""Numbers and lists as people read them."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 3
"""So many things are named; all are counted."""


def size(count: float) -> str:
    """A number of bytes."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} TB"


def counted(number: int, thing: str) -> str:
    """How many things there are: ``1 video``, ``2,000 videos``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def named(things: Sequence[str]) -> str:
    """The first few things by name."""
    more = len(things) - NAMED
    return ", ".join(things[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
