"""The limits in force, above the prompt: each can be taken back by a key or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import Binding
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.constraints import Limit
from assistant.tui.focus import focus_now
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.chat.screen import ChatScreen


class Chip(Static, can_focus=True):
    """One limit."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        Binding("delete,backspace,x,enter", "lift", "take back"),
        Binding("left", "go(-1)", "Limit before", show=False),
        Binding("right", "go(1)", "Limit after", show=False),
        Binding("escape,tab,shift+tab,down,up", "leave", "Write", show=False),
    ]

    def __init__(self, limit: Limit) -> None:
        content = Content.assemble(printable(limit.text), (" ✕", "$foreground 60%"))
        super().__init__(content, markup=False)
        self.limit = limit

    def on_click(self, event: events.Click) -> None:
        """A click takes it back."""
        event.stop()
        self.action_lift()

    def action_lift(self) -> None:
        """Take the limit back."""
        self.post_message(Chips.Lifted(self.limit))

    def action_go(self, step: int) -> None:
        """To another limit."""
        chips = list(self.parent.query(Chip)) if self.parent else []
        place = chips.index(self) + step
        if 0 <= place < len(chips):
            focus_now(chips[place])

    def action_leave(self) -> None:
        """Back to the prompt."""
        cast("ChatScreen", self.screen).go_to_prompt()


class Chips(HorizontalScroll, can_focus=False):
    """All limits that stand; gone when there is none."""

    class Lifted(Message):
        """A limit is to be taken back."""

        def __init__(self, limit: Limit) -> None:
            super().__init__()
            self.limit = limit

    def on_mount(self) -> None:
        """There is none yet."""
        self.display = False

    async def show(self, limits: Sequence[Limit]) -> None:
        """Show these limits in the place of those before."""
        if [chip.limit for chip in self.query(Chip)] == list(limits):
            return
        await self.remove_children()
        await self.mount_all(Chip(limit) for limit in limits)
        self.display = bool(limits)

    def focus_first(self) -> bool:
        """Go to the first limit; whether there is one."""
        for chip in self.query(Chip):
            focus_now(chip)
            return True
        return False
