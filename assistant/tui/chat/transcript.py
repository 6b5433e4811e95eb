"""The conversation: it scrolls, and follows what comes until the reader scrolls up."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import AwaitMount, Widget

from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import PickCard


class Transcript(VerticalScroll, can_focus=False):
    """Everything that was said, the newest at the end."""

    def __init__(self, *children: Widget) -> None:
        super().__init__(*children)
        self._begun: Answer | None = None

    def on_mount(self) -> None:
        """Follow the end."""
        self.anchor()

    def add(self, widget: Widget) -> AwaitMount:
        """Put `widget` at the end, and go there."""
        mounted = self.mount(widget)
        self.anchor()
        return mounted

    def show_beginning(self, answer: Answer) -> None:
        """Once `answer` is taller than the view, stay at its beginning: one reads from there."""
        is_last = self.children[-1] is answer
        if answer is self._begun or not is_last:
            return
        if answer.outer_size.height > self.container_size.height:
            self._begun = answer
            self.scroll_to_widget(answer, top=True, animate=False)

    def titles(self) -> dict[str, str]:
        """The title of every pick so far, by video id."""
        videos = (card.pick.video for card in self.query(PickCard))
        return {video.id: video.title for video in videos}

    @property
    def newest_cards(self) -> list[PickCard]:
        """The cards of the newest answer that has any, by rank."""
        for answer in reversed(self.query(Answer)):
            if answer.cards:
                return list(answer.cards.values())
        return []

    def neighbour(self, card: PickCard, step: int) -> PickCard | None:
        """The card so many places after `card`, across answers."""
        cards = list(self.query(PickCard))
        place = cards.index(card) + step
        return cards[place] if 0 <= place < len(cards) else None

    def sibling(self, card: PickCard, number: int) -> PickCard | None:
        """The card of that number in the same answer."""
        answer = next(parent for parent in card.ancestors if isinstance(parent, Answer))
        return next((other for other in answer.cards.values() if other.pick.rank == number), None)
