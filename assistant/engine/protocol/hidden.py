"""What was hidden or disliked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.types import Signal, Value, Video

BACK = "Taken back."
"""What is said of a video whose signals are taken back."""


class TakeBack(EngineRequest):
    """Take back all signals of these kinds that a video was ever given; answered by `Acted`.

    The desk answers it too, for when the chat's engine cannot.
    """

    between: ClassVar[bool] = True

    video_id: str
    signals: tuple[Signal, ...]


class DeclinedLine(Value):
    """A video that stands hidden or disliked."""

    video_id: str
    signal: Signal
    at: datetime
    video: Video | None = None
    """None where the library no longer holds it."""


class ListDeclined(EngineRequest):
    """The videos that stand hidden or disliked, the latest first."""

    words: str = ""
    """All of them must come up in the title or the channel."""
    limit: Annotated[int, Field(ge=1, le=1_000)] = 200


class DeclinedListed(EngineEvent):
    """A part of the list."""

    rows: tuple[DeclinedLine, ...]
    found: int
    """How many there are with the words that were asked for."""
    total: int
    """How many there are."""
