"""What a conversation goes on from when a session is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Turn

if TYPE_CHECKING:
    from store.library import Library

TURNS = 200
"""So many of the last turns are taken up whole; of the ones before, what was shown."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was held of a session so far."""

    session_id: str
    turns: tuple[Turn, ...]
    """The last ones, the first of them first."""
    shown_before: tuple[str, ...] = ()
    """The ids of the picks of the turns before those."""


def held_before(library: Library, session_id: str, limit: int = TURNS) -> Before:
    """Read what a session is taken up from; nothing of a session that does not exist.

    A session of ten thousand turns is taken up as quickly as one of some hundred.

    Args:
        library: where it is kept.
        session_id: of the session.
        limit: the most turns that are taken up whole.
    """
    last = library.last_turns(session_id, limit)
    before = library.shown_in(session_id, before=last[0].row) if last else ()
    return Before(session_id, tuple(kept.turn for kept in last), before)
