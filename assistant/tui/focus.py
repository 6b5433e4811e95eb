"""Where the keys go."""

from __future__ import annotations

from textual.widget import Widget


def focus_now(widget: Widget) -> None:
    """Give `widget` the focus before the next key is looked at.

    `Widget.focus` waits for what is under way: the first letters of who types on, or who types
    while the machine is busy, would still go to what had the focus before, and be commands there.
    """
    widget.screen.set_focus(widget)
