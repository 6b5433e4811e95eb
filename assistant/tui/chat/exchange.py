"""A message and what was answered, as it is shown; it outlives the widgets that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from textual.content import Content

from assistant.tui.chat.bar import legend
from assistant.tui.chat.notice import problem
from assistant.tui.chat.shown import Mark, ShownPick
from assistant.tui.wording import understood
from assistant.types import (
    Answered,
    ExplanationChunk,
    Ranked,
    Request,
    Retrieved,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.wording import printable

READING = "Reading…"
FOOTNOTE = "footnote"


class Text(NamedTuple):
    """A text of an answer."""

    content: Content
    kind: str
    """The class of CSS: ``said``, ``summary``, ``footnote``."""


Block = Text | ShownPick


class View(Protocol):
    """What shows an exchange."""

    def show_question(self) -> None:
        """The message is understood."""

    def show_phase(self) -> None:
        """Something else is going on."""

    def show_blocks(self, *blocks: Block) -> None:
        """These have come at the end."""

    def show_end(self) -> None:
        """Nothing more comes."""


class Exchange:
    """A message, and all that was shown in answer to it, in its order.

    Args:
        message: what the person said.
        titles: gives the titles of the picks so far, by video id.
    """

    def __init__(self, message: str, titles: Callable[[], Mapping[str, str]] = dict) -> None:
        self.message = message
        self.understood = ""
        """What was read out of it."""
        self.blocks: list[Block] = []
        self.picks: dict[str, ShownPick] = {}
        """By video id, in the order of their ranks."""
        self.phase = READING
        self.is_over = False
        self.view: View | None = None
        """What shows it now, if anything does."""
        self._titles = titles
        self._request: Request | None = None
        self._candidates = 0

    @classmethod
    def of(cls, turn: Turn, marks: Mapping[str, Signal], titles: Mapping[str, str]) -> Exchange:
        """A turn of an earlier time, as it was shown.

        Args:
            turn: as its session keeps it.
            marks: what the person did last with its picks, by video id.
            titles: of the picks before it, by video id.
        """
        exchange = cls(turn.message, lambda: titles)
        exchange.show(Understood(request=turn.request))
        if turn.picks:
            exchange.show(Ranked(picks=turn.picks, model=turn.model, summary=turn.summary))
        if turn.answer:
            exchange.show(Answered(text=turn.answer))
        for video_id, shown in exchange.picks.items():
            if video_id in marks:
                shown.mark(Mark(marks[video_id]))
        if turn.stopped:
            exchange.stop()
        else:
            exchange.show(TurnFinished(turn=turn))
        return exchange

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been shown yet that is worth keeping."""
        return not self.blocks

    def say_phase(self, text: str) -> None:
        """Say what is going on, while something is."""
        self.phase = text
        if self.view and not self.is_over:
            self.view.show_phase()

    def show(self, event: TurnEvent) -> None:
        """Show one event of the turn."""
        match event:
            case Understood(request=request):
                self._request = request
                self.understood = understood(event, self._titles())
                if self.view:
                    self.view.show_question()
                self.say_phase("Looking through your library…")
            case Retrieved(candidates=count):
                self._candidates = count
                self.say_phase(f"Choosing among {count:,} videos…")
            case Ranked():
                self._show_picks(event)
            case ExplanationChunk(video_id=video_id, text=text):
                if shown := self.picks.get(video_id):
                    shown.add_reason(text)
            case Answered(text=text):
                self._add(Text(Content(printable(text)), "said"))
            case TurnFinished(turn=turn):
                self._finish(turn)
            case TurnFailed(title=title, detail=detail, hint=hint):
                self.fail(title, detail, hint)

    def stop(self) -> None:
        """Say that it was stopped; what was shown stays."""
        self._end(Content("Stopped."))

    def fail(self, title: str, detail: str = "", hint: str = "") -> None:
        """Say why there is no more of it."""
        self._end()
        self._add(Text(problem(title, detail, hint), "said"))

    def _show_picks(self, event: Ranked) -> None:
        language = self._request.language if self._request else "en"
        best = max((pick.score for pick in event.picks), default=0.0)
        self.picks = {
            pick.video.id: ShownPick(pick, best_score=best, language=language)
            for pick in event.picks
        }
        summary = (Text(Content(printable(event.summary)), "summary"),) if event.summary else ()
        self._add(*summary, *self.picks.values())
        self.say_phase("Finding words…")

    def _finish(self, turn: Turn) -> None:
        if not turn.picks:
            self._end()
            return
        among = f"{len(turn.picks)} of {self._candidates:,}" if self._candidates else ""
        model = printable(turn.model or "without a language model")
        seconds = f"{sum(turn.timings.values()):.1f} s" if turn.timings else ""
        told = " · ".join(part for part in (among, model, seconds) if part)
        self._end(Content.assemble(told, "   ", legend(turn.picks)))

    def _end(self, footnote: Content | None = None) -> None:
        self.is_over = True
        for shown in self.picks.values():
            shown.end()
        if self.view:
            self.view.show_end()
        if footnote:
            self._add(Text(footnote, FOOTNOTE))

    def _add(self, *blocks: Block) -> None:
        self.blocks += blocks
        if self.view:
            self.view.show_blocks(*blocks)
