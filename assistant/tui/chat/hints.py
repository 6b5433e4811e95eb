"""The lines over the prompt: commands that it may become, or what there is to say of it."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.tui.chat.completion import listed
from assistant.tui.chat.prompt import MAX_CHARACTERS

FULL = f"A message has at most {MAX_CHARACTERS:,} characters: the rest was left out."


class Hints(Static):
    """Gone while there is nothing to say."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.display = False

    def show_for(self, text: str) -> None:
        """Show the commands that `text` may become."""
        self._show(listed(text))

    def say_full(self) -> None:
        """Say that not all of it had room."""
        self._show(Content.styled(FULL, "$warning"))

    def _show(self, content: Content) -> None:
        self.display = bool(content)
        self.update(content)


class More(Static):
    """Says that something has come below what the reader sees; a click goes there."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """The reader wants to go there."""

    def __init__(self) -> None:
        super().__init__("↓ new", markup=False)
        self.display = False

    def on_click(self) -> None:
        """Go there."""
        self.post_message(self.Clicked())
