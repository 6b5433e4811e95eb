"""Going on with an earlier conversation: the engine takes it up, and the chat shows it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.constraints import limits
from assistant.engine.protocol.sessions import ReadTurns, Resume, Resumed, TurnsRead
from assistant.tui.chat.earlier import TURNS, show_session

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


async def resume(app: MatineeApp, session_id: str | None, *, leave: bool = True) -> None:
    """Go on with a session, or begin a new conversation.

    What is being answered is stopped first.

    Args:
        app: the app.
        session_id: of the session; None for a new conversation.
        leave: whether to leave the page for the chat.

    Raises:
        EngineError: the engine or the desk has ended, or there is no such session.
    """
    if app.chat.is_answering:
        app.chat.action_stop()
    read = None
    if session_id is not None:
        read = await app.desk.result(ReadTurns(session_id=session_id, limit=TURNS), TurnsRead)
    resumed = await app.engine.result(Resume(session_id=session_id), Resumed)
    # A worker of the app: those of the page end with it.
    app.run_worker(show_session(app.chat, read, resumed.limits), group="resumed", exclusive=True)
    if leave:
        app.back_to_chat()


async def show_what_was_resumed(app: MatineeApp, session_id: str) -> None:
    """Show the session that the engine was started with.

    Raises:
        EngineError: the desk has ended, or there is no such session.
    """
    read = await app.desk.result(ReadTurns(session_id=session_id, limit=TURNS), TurnsRead)
    standing = next(
        (one.turn.request for one in reversed(read.turns) if one.turn.request.intent.recommends),
        None,
    )
    stand = limits(standing, standing.language) if standing is not None else ()
    await show_session(app.chat, read, stand)
