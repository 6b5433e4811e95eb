"""A session as it was held: its turns, and what was done with its picks since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.types import Interaction, Signal, Turn, Value

if TYPE_CHECKING:
    from store.library import Library, SessionRow

LIST_THEM = "List them: matinee sessions"


class HeldTurn(Value):
    """A turn, and when it ended where that was noted."""

    at: datetime | None = None
    turn: Turn


class HeldSession(Value):
    """A session, whole."""

    id: str
    title: str | None = None
    """As the person gave it."""
    started_at: datetime
    turns: tuple[HeldTurn, ...]
    marks: tuple[Interaction, ...] = ()
    """What was done with its picks since it began, the oldest first."""


def find_session(library: Library, beginning: str = "") -> SessionRow:
    """The session whose id begins like this; the last one for nothing.

    Raises:
        MatineeError: there is none, or more than one.
    """
    if not beginning:
        if not (rows := library.find_sessions(limit=1)):
            raise MatineeError("There is no session yet.", "", "Begin one: matinee chat")
        return rows[0]
    ids = library.session_ids(beginning.lower())
    if len(ids) > 1:
        shown = ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
        raise MatineeError("More than one session begins like that.", shown, "Give more of the id.")
    row = library.session(ids[0]) if ids else None
    if row is None:
        raise MatineeError("There is no such session.", beginning, LIST_THEM)
    return row


def gather(library: Library, row: SessionRow) -> HeldSession:
    """Read all of a session."""
    kept = library.last_turns(row.id)
    turns = tuple(HeldTurn(at=one.at, turn=one.turn) for one in kept)
    return HeldSession(
        id=row.id,
        title=row.name,
        started_at=row.started_at,
        turns=turns,
        marks=_marks(library.interactions(), turns, row.started_at),
    )


def _marks(
    signals: Sequence[Interaction], turns: Sequence[HeldTurn], since: datetime
) -> tuple[Interaction, ...]:
    shown = {pick.video.id for held in turns for pick in held.turn.picks}
    return tuple(
        one
        for one in signals
        if one.at >= since and one.signal is not Signal.SHOWN and one.video_id in shown
    )
