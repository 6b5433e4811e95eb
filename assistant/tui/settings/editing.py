"""Typing the value of a setting: checked with every letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from assistant.errors import MatineeError
from assistant.settings_described import KEYS, parse
from assistant.tui.keymap import keymap
from assistant.tui.settings.entries import Entry


class LineInput(Input):
    """One line to type in; Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave it")]

    class Left(Message):
        """Nothing is to be taken from it."""

        def __init__(self, line: LineInput) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> LineInput:
            """The line, for selectors."""
            return self.line

    def action_leave(self) -> None:
        """Leave it."""
        self.post_message(self.Left(self))


def fault_of(entry: Entry, text: str, keys: Mapping[str, str]) -> str:
    """What is wrong with a value that was typed, in a sentence; empty if nothing is.

    Args:
        entry: the setting.
        text: what was typed.
        keys: those that were chosen before, by the id of the command.
    """
    try:
        parse(entry.about.name, text)
    except MatineeError as error:
        return error.detail or error.title
    if not entry.is_key or not text.strip():
        return ""
    id_ = entry.about.name.removeprefix(f"{KEYS}.")
    before = set(keymap({key: value for key, value in keys.items() if key != id_}).problems)
    after = keymap({**keys, id_: text.strip()}).problems
    return next((problem for problem in after if problem not in before), "")


def stepped(entry: Entry, by: int) -> str | None:
    """The next value as text: of a switch, a choice, a whole number; None where there is none."""
    about = entry.about
    if isinstance(entry.value, bool):
        return str(not entry.value).lower()
    if about.choices:
        here = about.choices.index(str(entry.value)) if entry.value in about.choices else -1
        return about.choices[(here + by) % len(about.choices)]
    if isinstance(entry.value, int):
        text = str(entry.value + by)
        return None if fault_of(entry, text, {}) else text
    return None
