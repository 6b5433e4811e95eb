"""A conversation that was held before, shown in the chat as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.constraints import Limit
from assistant.engine.protocol.sessions import ReadTurns, TurnsRead
from assistant.tui.chat.transcript import Held

if TYPE_CHECKING:
    from assistant.engine.client import Engine
    from assistant.tui.chat.screen import ChatScreen

TURNS = 50
"""So many are read at first, and so many more for each time that one scrolls to the beginning."""


class EarlierTurns:
    """Reads what came before the turns that were read, a page at a time.

    Args:
        desk: who reads it.
        read: the last turns of the session.
    """

    def __init__(self, desk: Engine, read: TurnsRead) -> None:
        self._desk = desk
        self._session_id = read.session_id
        self._before = read.turns[0].row

    async def read(self) -> Held:
        """The turns before those that were read last.

        Raises:
            EngineError: the desk has ended, or the library cannot be read.
            Cancelled: it was stopped.
        """
        request = ReadTurns(session_id=self._session_id, before=self._before, limit=TURNS)
        read = await self._desk.result(request, TurnsRead)
        if read.turns:
            self._before = read.turns[0].row
        return _held(read)


async def show_session(
    chat: ChatScreen, read: TurnsRead | None, limits: Sequence[Limit] = ()
) -> None:
    """Show a session in the place of the conversation so far.

    Args:
        chat: the chat.
        read: the last turns of the session; None for a new conversation.
        limits: those that stand.
    """
    if read is None or not read.turns:
        await chat.show_held(Held(()), limits)
    else:
        source = EarlierTurns(chat.matinee.desk, read) if read.more else None
        await chat.show_held(_held(read), limits, source)
    if chat.app.screen is chat:
        chat.prompt.focus()


def _held(read: TurnsRead) -> Held:
    return Held(tuple(one.turn for one in read.turns), read.marks, more=read.more)
