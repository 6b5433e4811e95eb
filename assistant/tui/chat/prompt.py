"""Where one types: several lines, earlier messages, completion of commands, the way to picks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from assistant.tui.chat.completion import rest_of
from assistant.tui.chat.recall import Recall
from assistant.tui.focus import focus_now
from assistant.tui.wording import typed_lines

if TYPE_CHECKING:
    from assistant.tui.chat.screen import ChatScreen

MAX_CHARACTERS = 2000
NEW_LINE = frozenset({"ctrl+j", "alt+enter", "shift+enter", "shift+\r"})
"""Which of them a terminal can tell from Enter differs; Ctrl-J is told from it by each."""
NOT_OURS = frozenset({"up", "down", "pageup", "pagedown", "f6", "f7", "ctrl+c,super+c"})
"""Keys of a `TextArea` that mean something else here or in the whole app."""


class Prompt(TextArea, inherit_bindings=False):
    """The text that is being written. Enter sends it; what is pasted never does."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        *(
            binding
            for binding in TextArea.BINDINGS
            if isinstance(binding, Binding) and binding.key not in NOT_OURS
        ),
        Binding("up", "recall(-1)", "Earlier message", show=False),
        Binding("down", "recall(1)", "Later message, or the picks", show=False),
        Binding("tab,ctrl+up", "to_picks", "picks"),
    ]

    class Said(Message):
        """A message or a command was entered."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Full(Message):
        """Not all of what was typed or pasted had room."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="What would you like to watch?  (Ctrl-J: a new line)",
            highlight_cursor_line=False,
        )
        self._recall = Recall()

    # --- the text --------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        """Put another text in its place, the cursor at its end."""
        self.load_text(typed_lines(text)[:MAX_CHARACTERS])
        self.move_cursor(self.document.end)
        self.update_suggestion()

    def write(self, text: str) -> None:
        """Put `text` into it, to be gone on with."""
        self.value = text
        focus_now(self)

    def edit(self, edit: Edit) -> EditResult:
        """Put in what is typed or pasted, cleaned, as far as there is room for it."""
        begin, end = sorted((edit.from_location, edit.to_location))
        replaced = len(self.get_text_range(begin, end))
        room = MAX_CHARACTERS - (len(self.text) - replaced)
        text = typed_lines(edit.text[: 4 * MAX_CHARACTERS])
        if len(text) > room:
            self.post_message(self.Full())
        offset = edit.maintain_selection_offset
        return super().edit(
            Edit(text[: max(room, 0)], edit.from_location, edit.to_location, offset)
        )

    def update_suggestion(self) -> None:
        """Offer the rest of a command that is begun."""
        self.suggestion = rest_of(self.text) if self.cursor_at_end_of_text else ""

    # --- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Take Enter in its place among the characters, as they come in a burst.

        A binding would run when the characters after it are in the text already.
        """
        if event.key == "enter":
            self._enter()
        elif event.key in NEW_LINE:
            self.insert("\n")
        elif event.key == "tab" and self.suggestion:
            self.insert(self.suggestion)
        else:
            return
        event.stop()
        event.prevent_default()

    def _enter(self) -> None:
        """Pass on what was entered, and remember it."""
        text = self.text.strip()
        if not text:
            return
        self._recall.enter(text)
        self.load_text("")
        self.post_message(self.Said(text))

    def action_recall(self, step: int) -> None:
        """A line up or down; at the edge an earlier or later text, and at the end the picks."""
        at_edge = (
            self.navigator.is_first_wrapped_line(self.cursor_location)
            if step < 0
            else self.navigator.is_last_wrapped_line(self.cursor_location)
        )
        if not at_edge:
            self.action_cursor_up() if step < 0 else self.action_cursor_down()
            return
        recalled = self._recall.go(step, self.text)
        if recalled is not None:
            self.value = recalled
        elif step > 0:
            self.action_to_picks()

    def action_to_picks(self) -> None:
        """Go to the picks."""
        cast("ChatScreen", self.screen).go_to_picks()
