"""A message and its answer, as it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.tui.chat.card import PickCard
from assistant.tui.chat.notice import problem
from assistant.tui.chat.phase import Phase
from assistant.tui.wording import understood
from assistant.types import (
    Answered,
    ExplanationChunk,
    Ranked,
    Request,
    Retrieved,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.wording import printable


class Answer(Vertical):
    """Shows the events of one turn.

    Args:
        message: what the person said.
        titles: gives the titles of the picks so far, by video id.
    """

    def __init__(self, message: str, titles: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self.message = message
        self._titles = titles
        self.cards: dict[str, PickCard] = {}
        """By video id, in the order of their ranks."""
        self._question = Static(self._question_text(""), markup=False, classes="question")
        self._request: Request | None = None
        self._candidates = 0
        self._has_text = False

    def compose(self) -> ComposeResult:
        """The message, and that something is going on."""
        yield self._question
        yield Phase("Reading…")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been shown yet that is worth keeping."""
        return not self.cards and not self._has_text

    def say_phase(self, text: str) -> None:
        """Say what is going on, while something is."""
        for phase in self.query(Phase):
            phase.say(text)

    def show(self, event: TurnEvent) -> None:
        """Show one event of the turn."""
        match event:
            case Understood(request=request):
                self._request = request
                self._question.update(self._question_text(understood(event, self._titles())))
                self.say_phase("Looking through your library…")
            case Retrieved(candidates=count):
                self._candidates = count
                self.say_phase(f"Choosing among {count:,} videos…")
            case Ranked():
                self._show_picks(event)
            case ExplanationChunk(video_id=video_id, text=text):
                if card := self.cards.get(video_id):
                    card.add_reason(text)
            case Answered(text=text):
                self._add(printable(text), "said")
                self._has_text = True
            case TurnFinished(turn=turn):
                self._finish(turn)
            case TurnFailed(title=title, detail=detail, hint=hint):
                self.fail(title, detail, hint)

    def stop(self) -> None:
        """Say that it was stopped; what was shown stays."""
        self._end("Stopped.")

    def fail(self, title: str, detail: str = "", hint: str = "") -> None:
        """Say why there is no more of it."""
        self._end()
        self._add(problem(title, detail, hint), "said")
        self._has_text = True

    def _question_text(self, understood_as: str) -> Content:
        parts: list[tuple[str, str]] = [("❯ ", "bold $accent"), (printable(self.message), "bold")]
        if understood_as:
            parts.append((printable(f"\n  {understood_as}"), "$foreground 60%"))
        return Content.assemble(*parts)

    def _show_picks(self, event: Ranked) -> None:
        if event.summary:
            self._add(printable(event.summary), "summary")
        language = self._request.language if self._request else "en"
        best = max((pick.score for pick in event.picks), default=0.0)
        self.cards = {
            pick.video.id: PickCard(pick, best_score=best, language=language)
            for pick in event.picks
        }
        self.mount_all(self.cards.values(), before=self.query_one(Phase))
        self.say_phase("Finding words…")

    def _finish(self, turn: Turn) -> None:
        if not turn.picks:
            self._end()
            return
        among = f"{len(turn.picks)} of {self._candidates:,}" if self._candidates else ""
        seconds = f"{sum(turn.timings.values()):.1f} s" if turn.timings else ""
        model = printable(turn.model or "without a language model")
        self._end(" · ".join(part for part in (among, model, seconds) if part))

    def _end(self, footnote: str = "") -> None:
        self.query(Phase).remove()
        for card in self.cards.values():
            card.end()
        if footnote:
            self._add(footnote, "footnote")

    def _add(self, text: str | Content, css_class: str) -> None:
        place = self.query(Phase)
        self.mount(
            Static(text, markup=False, classes=css_class), before=place.first() if place else None
        )
