"""A line of the list of what is hidden."""

from __future__ import annotations

from textual.content import Content

from assistant.engine.protocol.hidden import DeclinedLine
from assistant.tui.chat.shown import DIM, Mark
from assistant.wording import facts, printable

MARK_CELLS = 10


def line_of(row: DeclinedLine) -> Content:
    """``– hidden    2026-03-01  Spirited Away   2001 · 2 h 5 min · film``."""
    mark = Mark(row.signal)
    title = row.video.title if row.video else row.video_id
    known = facts(row.video) if row.video else "no longer in your library"
    return Content.assemble(
        (mark.text.ljust(MARK_CELLS), mark.style),
        (f"  {row.at.astimezone():%Y-%m-%d}  ", DIM),
        (printable(title), "bold"),
        (printable(f"   {known}"), DIM),
    )


def name_of(row: DeclinedLine) -> str:
    """What it is called in a sentence."""
    return f"“{row.video.title if row.video else row.video_id}”"
