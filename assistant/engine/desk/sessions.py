"""Earlier conversations, as the library holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from assistant.cancel import CancelToken
from assistant.engine.desk.areas import answers
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol.sessions import (
    DeleteSession,
    ExportSession,
    ListSessions,
    ReadTurns,
    RenameSession,
    SessionDeleted,
    SessionExported,
    SessionLine,
    SessionRenamed,
    Sessions,
    TurnLine,
    TurnsRead,
)
from assistant.errors import MatineeError
from assistant.sessions.document import as_document
from assistant.sessions.files import Format, file_name, folder_for, write_beside
from assistant.sessions.held import LIST_THEM, gather
from assistant.sessions.markdown import as_markdown
from assistant.sessions.titles import clean_title
from assistant.types import Signal
from store.forget.in_use import forget_session
from store.library import Library, SessionRow


@answers(ListSessions)
def list_sessions(desk: DeskCore, request: ListSessions, _: CancelToken) -> Sessions:
    """A page of the list; one row more is looked for, to say whether it goes on."""
    rows = desk.library.find_sessions(request.words, limit=request.limit + 1, offset=request.offset)
    return Sessions(
        rows=tuple(_line(row) for row in rows[: request.limit]),
        total=desk.library.session_count(),
        more=len(rows) > request.limit,
    )


@answers(ReadTurns)
def read_turns(desk: DeskCore, request: ReadTurns, _: CancelToken) -> TurnsRead:
    """The last turns before some turn, with what was done with their picks since it began."""
    row = _row(desk.library, request.session_id)
    kept = desk.library.last_turns(row.id, request.limit + 1, before=request.before)
    shown = kept[-request.limit :]
    ids = {pick.video.id for one in shown for pick in one.turn.picks}
    return TurnsRead(
        session_id=row.id,
        turns=tuple(TurnLine(row=one.row, at=one.at, turn=one.turn) for one in shown),
        marks=_marks(desk.library, ids, row.started_at),
        more=len(kept) > len(shown),
    )


@answers(RenameSession)
def rename_session(desk: DeskCore, request: RenameSession, _: CancelToken) -> SessionRenamed:
    """Give it the title, cleaned; an empty one has it go by its first request again."""
    desk.library.rename_session(request.session_id, clean_title(request.title))
    return SessionRenamed(row=_line(_row(desk.library, request.session_id)))


@answers(DeleteSession)
def delete_session(desk: DeskCore, request: DeleteSession, _: CancelToken) -> SessionDeleted:
    """Delete it, in the snapshots too."""
    copies = forget_session(desk.library, request.session_id)
    return SessionDeleted(session_id=request.session_id, copies=tuple(copy.name for copy in copies))


@answers(ExportSession)
def export_session(desk: DeskCore, request: ExportSession, _: CancelToken) -> SessionExported:
    """Write it where the program was started, else beside the library; nothing is overwritten."""
    row = _row(desk.library, request.session_id)
    held = gather(desk.library, row)
    if request.format is Format.JSON:
        text = as_document(held, datetime.now(UTC))
    else:
        text = as_markdown(held, row.title)
    folder = folder_for(Path.cwd(), desk.locations.data / "exports")
    path = write_beside(folder / file_name(row.title, row.id, request.format), text)
    return SessionExported(path=str(path))


def _row(library: Library, session_id: str) -> SessionRow:
    row = library.session(session_id)
    if row is None:
        raise MatineeError("There is no such session.", session_id, LIST_THEM)
    return row


def _line(row: SessionRow) -> SessionLine:
    return SessionLine(
        id=row.id,
        title=row.title,
        is_named=row.name is not None,
        started_at=row.started_at,
        last_at=row.last_at,
        turns=row.turns,
        liked=row.liked,
    )


def _marks(library: Library, ids: Iterable[str], since: datetime) -> dict[str, Signal]:
    """The last signal of each video, what was only shown left out."""
    return {
        one.video_id: one.signal
        for one in library.signals_on(ids)
        if one.at >= since and one.signal is not Signal.SHOWN
    }
