"""Where the keys go."""

from __future__ import annotations

from textual.widget import Widget


def focus_now(widget: Widget) -> None:
    """Give `widget` the focus before the next key is looked at.

    `Widget.focus` waits for what is under way: the first letters of who types on, or who types
    while the machine is busy, would still go to what had the focus before, and be commands there.
    A widget that has only been told to appear gets the focus when it has.
    """
    widget.screen.set_focus(widget)
    if widget.screen.focused is not widget:
        widget.focus()
