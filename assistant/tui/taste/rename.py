"""Where a name is typed for an interest."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from assistant.interests.report import InterestReport
from assistant.wording import printable

LONGEST = 60


class Rename(ModalScreen[str | None]):
    """Asks for a name; None when nothing is to be changed, empty for the one of the keywords."""

    CSS_PATH = "rename.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave it")]

    def __init__(self, interest: InterestReport) -> None:
        super().__init__()
        self._interest = interest

    def compose(self) -> ComposeResult:
        """The question, the field, what an empty one means."""
        found = printable(self._interest.found_name)
        hint = f"empty: {found}   Enter keeps it, Esc leaves it" if found else "Enter keeps it"
        with Vertical(id="rename"):
            yield Static("What do you call it?", markup=False)
            yield Input(printable(self._interest.name), max_length=LONGEST)
            yield Static(Content.styled(hint, "$foreground 60%"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it."""
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
