"""A list of lines to go through, without keys of its own but those for going."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList


class PlainList(OptionList, inherit_bindings=False):
    """A list whose Enter is the page's, so that the footer says what it does.

    A click goes to a line. One on the line at hand is `Pressed`, which is to do what Enter does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
    ]

    class Pressed(Message):
        """The line at hand was clicked."""

    _at_hand: int | None = None
    """The line at hand before the mouse came down."""

    def on_mouse_down(self) -> None:
        """Keep which line was at hand."""
        self._at_hand = self.highlighted

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index == self._at_hand:
            self.post_message(self.Pressed())
