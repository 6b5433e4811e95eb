"""A pick as a card: its number, title, facts, reason, and what one said of it."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.tui.commands import Place, bindings_of
from assistant.tui.wording import score_bar
from assistant.types import Pick, Signal
from assistant.wording import facts, printable

MARKS: dict[Signal, tuple[str, str]] = {
    Signal.LIKED: ("♥ liked", "$error"),
    Signal.DISLIKED: ("✗ disliked", "$foreground 50%"),
    Signal.WATCHED: ("✓ watched", "$success"),
    Signal.FINISHED: ("✓ finished", "$success"),
    Signal.HIDDEN: ("– hidden", "$foreground 50%"),
    Signal.SAVED: ("★ saved", "$accent"),
}
DIM = "$foreground 60%"
DONE = "$success"
PROBLEM = "$error"


class PickCard(Horizontal, can_focus=True):
    """One pick. Focused, it takes the keys of the registry's commands."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        *(
            replace(binding, action=f"ask('{binding.action}')")
            for binding in bindings_of(Place.PICK)
            if isinstance(binding, Binding)
        ),
        Binding("up", "go(-1)", "Pick before", show=False),
        Binding("down", "go(1)", "Pick after", show=False),
        Binding("escape,tab,shift+tab,enter,i", "leave", "Write", show=False),
        Binding("slash", "leave('/')", "Command", show=False),
        *(Binding(str(n), f"jump({n})", f"Pick {n}", show=False) for n in range(1, 10)),
    ]

    class Asked(Message):
        """Something is to be done with this pick."""

        def __init__(self, card: PickCard, action: str) -> None:
            super().__init__()
            self.card = card
            self.action = action

    class Left(Message):
        """The person goes on: to another card by `step`, to one by its number, or to the prompt."""

        def __init__(
            self, card: PickCard, *, step: int = 0, number: int = 0, text: str = ""
        ) -> None:
            super().__init__()
            self.card = card
            self.step = step
            self.number = number
            self.text = text

    def __init__(self, pick: Pick, *, best_score: float, language: str) -> None:
        super().__init__()
        self.pick = pick
        self.language = language
        """Of the request that it answers."""
        self.reason = pick.sentence
        self.marks: list[Signal] = []
        """What the person said of it, the latest last."""
        self._bar = score_bar(pick.score, best_score)
        self._note = Content("")
        self._ended = False
        self._body = Static(self._content(), markup=False, classes="body")

    def compose(self) -> ComposeResult:
        """The number, and beside it everything else."""
        yield Static(f"{self.pick.rank}", markup=False, classes="number")
        yield self._body

    def add_reason(self, text: str) -> None:
        """Go on writing the reason."""
        self.reason += text
        self._redraw()

    def end(self) -> None:
        """Nothing more comes: a reason that has not begun is not waited for."""
        self._ended = True
        self._redraw()

    def mark(self, signal: Signal) -> None:
        """Show that the person said this of the video."""
        self.marks.append(signal)
        self._redraw()

    def unmark(self) -> None:
        """Show what was said before that, if anything."""
        if self.marks:
            self.marks.pop()
        self._redraw()

    def note(self, text: str, style: str = DIM) -> None:
        """Say something in place, under the reason."""
        self._note = Content.styled(printable(text), style)
        self._redraw()

    def action_ask(self, action: str) -> None:
        """Pass on a key of a command."""
        self.post_message(self.Asked(self, action))

    def action_go(self, step: int) -> None:
        """To the card before or after."""
        self.post_message(self.Left(self, step=step))

    def action_jump(self, number: int) -> None:
        """To a card of the same answer."""
        self.post_message(self.Left(self, number=number))

    def action_leave(self, text: str = "") -> None:
        """Back to the prompt."""
        self.post_message(self.Left(self, text=text))

    def _redraw(self) -> None:
        mark = self.marks[-1] if self.marks else None
        self.set_class(mark in (Signal.HIDDEN, Signal.DISLIKED), "unwanted")
        self._body.update(self._content())

    def _content(self) -> Content:
        filled, empty = self._bar
        title: list[Content | tuple[str, str]] = [(printable(self.pick.video.title), "bold")]
        if self.marks:
            text, style = MARKS[self.marks[-1]]
            title.append((f"   {text}", style))
        lines = [
            Content.assemble(*title),
            Content.assemble(
                (filled, "$accent"),
                (empty, "$foreground 20%"),
                (printable(f"  {facts(self.pick.video, self.language)}"), DIM),
                (printable(f" · {self.pick.cluster}"), "$secondary"),
            ),
        ]
        if self.reason or not self._ended:
            lines.append(Content(printable(self.reason) or "…"))
        if self._note:
            lines.append(self._note)
        return Content("\n").join(lines)
