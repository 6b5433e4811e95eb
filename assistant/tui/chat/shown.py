"""A pick as it is shown: what has been written of it, and what the person did with it.

It outlives its card: in a long conversation, cards that are far away are taken down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content

from assistant.types import Pick, Signal
from assistant.wording import printable

DIM = "$foreground 60%"
DONE = "$success"
PROBLEM = "$error"
_MARKS: dict[Signal, tuple[str, str]] = {
    Signal.LIKED: ("♥ liked", "$error"),
    Signal.DISLIKED: ("✗ disliked", "$foreground 60%"),
    Signal.WATCHED: ("✓ watched", "$success"),
    Signal.FINISHED: ("✓ finished", "$success"),
    Signal.HIDDEN: ("– hidden", "$foreground 60%"),
    Signal.SAVED: ("★ saved", "$accent"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the person said of a video."""

    signal: Signal
    rating: float | None = None
    """Stars, of `Signal.RATED`."""

    @property
    def text(self) -> str:
        """``♥ liked``, ``★★★★½ rated``."""
        if self.rating is not None:
            return f"{stars(self.rating)} rated"
        return _MARKS[self.signal][0] if self.signal in _MARKS else self.signal.value

    @property
    def style(self) -> str:
        """The colour that goes with it."""
        return _MARKS[self.signal][1] if self.signal in _MARKS else "$accent"

    @property
    def is_declining(self) -> bool:
        """Whether the video is not wanted."""
        return self.signal in (Signal.HIDDEN, Signal.DISLIKED)


def stars(rating: float) -> str:
    """``★★★★½`` for 4.5."""
    whole, half = divmod(round(rating * 2), 2)
    return "★" * whole + "½" * half


def unheard() -> None:
    """What is called after a change that nothing shows."""


class ShownPick:
    """A pick of an answer, with everything that its card shows.

    Args:
        pick: the pick.
        best_score: of its answer.
        language: of the request that it answers.
    """

    def __init__(self, pick: Pick, *, best_score: float, language: str) -> None:
        self.pick = pick
        self.best_score = best_score
        self.language = language
        self.reason = pick.sentence
        self.marks: list[Mark] = []
        """What the person said of it, the latest last."""
        self.noted = Content("")
        """Said in place, under the reason."""
        self.is_over = False
        """Whether nothing more is written of it: a reason that has not begun is not waited for."""
        self.changed: Callable[[], object] = unheard
        """Called after each change; a card that shows the pick sets it."""

    def add_reason(self, text: str) -> None:
        """Go on writing the reason."""
        self.reason += text
        self.changed()

    def end(self) -> None:
        """Nothing more comes."""
        self.is_over = True
        self.changed()

    def mark(self, mark: Mark) -> None:
        """Show that the person said this of the video."""
        self.marks.append(mark)
        self.changed()

    def unmark(self, *signals: Signal) -> None:
        """Show what was said before the last thing; or before all things of some kinds."""
        if signals:
            self.marks = [mark for mark in self.marks if mark.signal not in signals]
        elif self.marks:
            self.marks.pop()
        self.changed()

    def note(self, text: str, style: str = DIM) -> None:
        """Say something in place, under the reason."""
        self.noted = Content.styled(printable(text), style)
        self.changed()
