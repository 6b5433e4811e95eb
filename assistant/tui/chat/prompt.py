"""Where one types: earlier messages with the arrow up, completion of commands, the way to picks."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input

from assistant.tui.commands import COMMANDS
from assistant.wording import typed

MAX_CHARACTERS = 2000


class Prompt(Input):
    """The input line."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        Binding("up", "recall(-1)", "Earlier message", show=False),
        Binding("down", "recall(1)", "Later message, or the picks", show=False),
        Binding("tab,ctrl+up", "to_picks", "picks"),
    ]

    class Said(Message):
        """A message or a command was entered."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class PicksWanted(Message):
        """The person wants to go to the picks."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="What would you like to watch?",
            max_length=MAX_CHARACTERS,
            suggester=SuggestFromList(
                [f"/{command.name}" for command in COMMANDS if command.is_slash]
            ),
            select_on_focus=False,
        )
        self._entered: list[str] = []
        self._position = 0
        """In what was entered; its length means the line that is being written."""
        self._draft = ""

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, without what would steer the terminal."""
        return typed(value)

    def write(self, text: str) -> None:
        """Put `text` into the line, to be gone on with."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Take Enter in its place among the characters, as they come in a burst.

        The binding of `Input` would run when the characters after it are in the line already.
        """
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._enter()

    def _enter(self) -> None:
        """Pass on what was entered, and remember it."""
        text = self.value.strip()
        if not text:
            return
        if not self._entered or self._entered[-1] != text:
            self._entered.append(text)
        self._position, self._draft = len(self._entered), ""
        self.clear()
        self.post_message(self.Said(text))

    def action_recall(self, step: int) -> None:
        """Go through what was entered; down from the line being written goes to the picks."""
        position = self._position + step
        if position > len(self._entered):
            self.action_to_picks()
            return
        if position < 0:
            return
        if self._position == len(self._entered):
            self._draft = self.value
        self._position = position
        self.write([*self._entered, self._draft][position])

    def action_to_picks(self) -> None:
        """Ask for the picks to be focused."""
        self.post_message(self.PicksWanted())
