"""A message and its answer, as it comes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.selection import Selection
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui.chat.card import PickCard
from assistant.tui.chat.exchange import FOOTNOTE, Block, Exchange
from assistant.tui.chat.phase import Phase
from assistant.tui.chat.shown import ShownPick
from assistant.wording import printable

SIGN = "❯ "


class Answer(Vertical):
    """Shows an exchange, and follows what becomes of it."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self.exchange = exchange
        self.cards: dict[str, PickCard] = {}
        """By video id, in the order of their ranks."""
        self._question = Question(exchange)
        self._phase = Phase(exchange.phase)

    @property
    def message(self) -> str:
        """What the person said."""
        return self.exchange.message

    def compose(self) -> ComposeResult:
        """The message, what there is of the answer, and that something is going on."""
        self.exchange.view = self
        yield self._question
        yield from map(self._widget, self.exchange.blocks)
        if not self.exchange.is_over:
            yield self._phase

    def on_unmount(self) -> None:
        """The exchange goes on without it."""
        if self.exchange.view is self:
            self.exchange.view = None

    def show_question(self) -> None:
        """Show what the message was understood as."""
        self._question.draw()

    def show_phase(self) -> None:
        """Show what is going on."""
        self._phase.say(self.exchange.phase)

    def show_blocks(self, *blocks: Block) -> None:
        """Show what has come."""
        before = self._phase if self._phase.is_attached and not self.exchange.is_over else None
        self.mount_all([self._widget(block) for block in blocks], before=before)

    def show_end(self) -> None:
        """Nothing is going on any more."""
        if self._phase.is_attached:
            self._phase.remove()

    def _widget(self, block: Block) -> Widget:
        if isinstance(block, ShownPick):
            card = self.cards[block.pick.video.id] = PickCard(block)
            return card
        kind = Footnote if block.kind == FOOTNOTE else Static
        return kind(block.content, markup=False, classes=block.kind)


class Footnote(Static):
    """How an answer came about; it is no part of a text that is copied."""

    ALLOW_SELECT = False

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:  # noqa: ARG002
        """Nothing, also where all is selected."""
        return None


class Question(Static):
    """What the person said, and what was read out of it."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(_text(exchange), markup=False, classes="question")
        self._exchange = exchange

    def draw(self) -> None:
        """Show it as it is now."""
        self.update(_text(self._exchange))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is copied of it is without the sign before it."""
        return selection.extract(_text(self._exchange).plain).removeprefix(SIGN), "\n"


def _text(exchange: Exchange) -> Content:
    message = printable(exchange.message).replace("\n", "\n  ")
    parts: list[tuple[str, str]] = [(SIGN, "bold $accent"), (message, "bold")]
    if exchange.understood:
        parts.append((printable(f"\n  {exchange.understood}"), "$foreground 60%"))
    return Content.assemble(*parts)
