"""The conversation: messages, limits taken back, signals on picks, the dial."""

from __future__ import annotations

from typing import ClassVar

from assistant.constraints import Limit
from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.types import Dial, Preference, Signal, TurnEvent, TurnFailed, TurnFinished


class Say(EngineRequest):
    """A message of the person, answered by a turn."""

    message: str


class Lift(EngineRequest):
    """Answer what stands without one of its limits: answered by a turn."""

    limit: Limit


class TurnProgress(EngineEvent):
    """An event of the turn that answers a message."""

    event: TurnEvent

    @property
    def is_final(self) -> bool:
        """It is where the turn ends."""
        return isinstance(self.event, TurnFinished | TurnFailed)


class Act(EngineRequest):
    """The person liked, watched, hid … a video."""

    between: ClassVar[bool] = True

    video_id: str
    signal: Signal
    rating: float | None = None


class Undo(EngineRequest):
    """Take back the last signal given to a video in this session."""

    between: ClassVar[bool] = True

    video_id: str


class UndoLast(EngineRequest):
    """Take back what was done last in this conversation, whatever it was."""

    between: ClassVar[bool] = True


class LastUndone(EngineEvent):
    """It is taken back."""

    text: str
    video_id: str | None = None
    """Of the signal that it was; None where it was something else, or nothing."""


class Acted(EngineEvent):
    """A signal is stored, or taken back (`signal` is None)."""

    video_id: str
    signal: Signal | None
    text: str


class Memory(EngineRequest):
    """List what is remembered of the person, or change it."""

    command: str = ""
    """``add TEXT``, ``edit NUMBER TEXT``, ``forget NUMBER``; empty to list."""


class MemoryTold(EngineEvent):
    """What is remembered, or what was changed of it."""

    text: str
    session: tuple[Preference, ...] = ()
    """What is remembered for the session alone by now."""


class SetDial(EngineRequest):
    """Turn the dial, for this turn and those that follow."""

    dial: Dial


class DialSet(EngineEvent):
    """The dial is turned."""

    dial: Dial
