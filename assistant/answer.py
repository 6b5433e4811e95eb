"""A turn in the making: what has been shown of it so far."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from assistant.cancel import CancelToken
from assistant.considered import Considered
from assistant.replies.reply import Reply
from assistant.types import Answered, Pick, Preference, Request, Turn


@dataclass
class Answer:
    """What a turn has come to. The stages add to it; a stop leaves it as it is.

    An answer that is begun anew keeps and says what it has to keep and say once.
    """

    message: str
    cancel: CancelToken
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When the message came: what it tells is kept as of then."""
    request: Request | None = None
    picks: list[Pick] = field(default_factory=list)
    considered: Considered | None = None
    """What the picks were chosen among."""
    told: list[str] = field(default_factory=list)
    """What was said beside the picks."""
    summary: str = ""
    noted: tuple[Preference, ...] = ()
    reply: Reply = field(default_factory=lambda: Reply(""))
    model: str | None = None
    retrieval: Literal["index", "scan", "none"] = "none"
    stopped: bool = False
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to the stage's timing."""
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.timings[stage] = self.timings.get(stage, 0.0) + spent

    def say(self, text: str) -> Iterator[Answered]:
        """Say something beside the picks, unless it is nothing or has been said."""
        if text and text not in self.told:
            self.told.append(text)
            yield Answered(text=text)

    def as_turn(self, request: Request, session: tuple[Preference, ...] = ()) -> Turn:
        """What the session keeps of it.

        Args:
            request: what it answers.
            session: what is remembered for the session alone.
        """
        return Turn(
            message=self.message,
            request=request,
            picks=tuple(self.picks),
            summary=self.summary,
            answer="\n".join(self.told),
            noted=self.noted,
            session=session,
            model=self.model,
            retrieval=self.retrieval,
            stopped=self.stopped,
            timings=self.timings,
        )
