"""A turn in the making: what has been shown of it so far."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from assistant.cancel import CancelToken
from assistant.replies.reply import Reply
from assistant.types import Answered, Pick, Preference, Request, Turn


@dataclass
class Answer:
    """What a turn has come to. The stages add to it; a stop leaves it as it is."""

    message: str
    cancel: CancelToken
    request: Request | None = None
    picks: list[Pick] = field(default_factory=list)
    text: str = ""
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

    def say(self, text: str) -> Answered:
        """Say something beside the picks."""
        self.text = f"{self.text}\n{text}" if self.text else text
        return Answered(text=text)

    def as_turn(self, request: Request) -> Turn:
        """What the session keeps of it."""
        return Turn(
            message=self.message,
            request=request,
            picks=tuple(self.picks),
            summary=self.summary,
            answer=self.text,
            noted=self.noted,
            model=self.model,
            retrieval=self.retrieval,
            stopped=self.stopped,
            timings=self.timings,
        )
