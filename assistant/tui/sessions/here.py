"""What can be done with the conversation in the chat, without leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.engine.protocol.sessions import (
    ExportSession,
    RenameSession,
    SessionExported,
    SessionRenamed,
)
from assistant.errors import MatineeError
from assistant.sessions.files import Format
from assistant.sessions.titles import short_title

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


async def give_title(app: MatineeApp, title: str) -> None:
    """Give the conversation in the chat a title; an empty one takes it away.

    Raises:
        MatineeError: nothing has been asked in it yet, or it is gone.
    """
    request = RenameSession(session_id=_session(app), title=title)
    renamed = await app.desk.result(request, SessionRenamed)
    app.chat.reply(f"This conversation is called “{short_title(renamed.row.title)}”.")


async def export(app: MatineeApp, format_: str) -> None:
    """Write the conversation in the chat into a file.

    Args:
        app: the app.
        format_: ``md`` or ``json``; the first for nothing.

    Raises:
        MatineeError: there is no such format, nothing has been asked yet, or it cannot be written.
    """
    chosen = format_.casefold() or Format.MARKDOWN
    if chosen not in list(Format):
        raise MatineeError("There is no such format.", format_, "Say /export md or /export json.")
    request = ExportSession(session_id=_session(app), format=Format(chosen))
    written = await app.desk.result(request, SessionExported)
    app.chat.reply(f"Written: {written.path}")


def _session(app: MatineeApp) -> str:
    if (session_id := app.engine.session_id) is None:
        raise MatineeError("Nothing has been asked in this conversation yet.")
    return session_id
