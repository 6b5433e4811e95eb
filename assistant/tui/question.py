"""A question with a few answers, over what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.wording import printable


class Question(ModalScreen[str]):
    """Asks, and gives back the id of the answer; empty for none.

    Args:
        title: what is asked.
        text: what there is to know of it.
        answers: the id and the words of each, the likeliest first.
    """

    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question, what there is to know, the answers."""
        with Vertical(id="question"):
            yield Static(Content.styled(printable(self._title), "bold"), markup=False)
            yield Static(Content(printable(self._text)), markup=False, id="question-text")
            yield OptionList(*(Option(Content(words), id=id_) for id_, words in self._answers))

    def on_mount(self) -> None:
        """The first answer is at hand."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _answered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id or "")

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss("")
