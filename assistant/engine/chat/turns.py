"""Messages, limits taken back, what is remembered, the dial."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cancel import CancelToken
from assistant.engine.chat.areas import answers
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import (
    DialSet,
    Lift,
    Memory,
    MemoryTold,
    Say,
    SetDial,
    TurnProgress,
)


@answers(Say)
def say(core: ChatCore, request: Say, cancel: CancelToken) -> Iterator[TurnProgress]:
    """The conversation's next turn."""
    for event in core.conversation.turn(request.message, cancel):
        yield TurnProgress(event=event)


@answers(Lift)
def lift(core: ChatCore, request: Lift, cancel: CancelToken) -> Iterator[TurnProgress]:
    """The conversation's next turn, with one limit less."""
    for event in core.conversation.lift(request.limit, cancel):
        yield TurnProgress(event=event)


@answers(Memory)
def memory(core: ChatCore, request: Memory, _: CancelToken) -> MemoryTold:
    """What the conversation remembers.

    Raises:
        MatineeError: the library cannot be written to.
    """
    text = core.conversation.memory(request.command)
    return MemoryTold(text=text, session=core.conversation.session)


@answers(SetDial)
def set_dial(core: ChatCore, request: SetDial, _: CancelToken) -> DialSet:
    """Turn the conversation's dial."""
    core.conversation.dial = request.dial
    return DialSet(dial=request.dial)
