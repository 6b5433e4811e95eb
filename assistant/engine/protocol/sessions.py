"""Earlier conversations: listed, found, read page by page, taken up again, renamed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from assistant.constraints import Limit
from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.sessions.files import Format
from assistant.types import Signal, Turn, Value

# --- asked of the chat's engine -------------------------------------------------------------------


class Resume(EngineRequest):
    """Go on with a session, or begin a new conversation."""

    session_id: str | None = None
    """None for a new one."""


class Resumed(EngineEvent):
    """The conversation goes on from here."""

    session_id: str | None
    limits: tuple[Limit, ...] = ()
    """Those that stand."""


# --- asked of the desk ----------------------------------------------------------------------------


class SessionLine(Value):
    """A session as it is listed."""

    id: str
    title: str
    """What it goes by, whole."""
    is_named: bool
    """Whether the person gave it that title."""
    started_at: datetime
    last_at: datetime
    turns: int
    liked: int
    """How many of its picks the person said they like."""


class ListSessions(EngineRequest):
    """The sessions in which something was asked, the one with the newest turn first."""

    words: str = ""
    """All of them must come up in a session."""
    limit: Annotated[int, Field(ge=1, le=1_000)] = 60
    offset: Annotated[int, Field(ge=0)] = 0


class Sessions(EngineEvent):
    """A page of the list."""

    rows: tuple[SessionLine, ...]
    total: int
    """How many there are without `words`."""
    more: bool = False
    """Whether there are others after these."""


class ReadTurns(EngineRequest):
    """The last turns of a session, or those before a turn that was read."""

    session_id: str
    before: int | None = None
    """The row of a turn."""
    limit: Annotated[int, Field(ge=1, le=1_000)] = 50


class TurnLine(Value):
    """A turn as it was held."""

    row: int
    at: datetime | None
    turn: Turn


class TurnsRead(EngineEvent):
    """Turns, the first of them first."""

    session_id: str
    turns: tuple[TurnLine, ...]
    marks: Mapping[str, Signal] = {}
    """What was last done with their picks, by the id of the video."""
    more: bool = False
    """Whether there are earlier ones."""


class RenameSession(EngineRequest):
    """Give a session a title; an empty one takes it away."""

    session_id: str
    title: str


class SessionRenamed(EngineEvent):
    """It goes by its new title."""

    row: SessionLine


class DeleteSession(EngineRequest):
    """Delete a session from the library and its snapshots."""

    session_id: str


class SessionDeleted(EngineEvent):
    """It is gone."""

    session_id: str
    copies: tuple[str, ...] = ()
    """Folders with older copies of the library, which may hold it still."""


class ExportSession(EngineRequest):
    """Write a session into a file of its own."""

    session_id: str
    format: Format


class SessionExported(EngineEvent):
    """It is written."""

    path: str
