"""A line of the conversation that answers no message: a hint, an error."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.wording import printable


class Notice(Static):
    """Text of the app's own, and what it quotes, shown literally."""

    def __init__(self, text: str | Content) -> None:
        super().__init__(printable(text) if isinstance(text, str) else text, markup=False)


def problem(title: str, detail: str = "", hint: str = "") -> Content:
    """What went wrong, to what, and what to do next."""
    more = (Content.styled(printable(line), "$foreground 60%") for line in (detail, hint) if line)
    return Content("\n").join([Content.styled(printable(title), "$error"), *more])
