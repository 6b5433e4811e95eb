"""Finding the rows that are to be forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.types import EvidenceKind, Intent, Turn
from store.backup.manifest import Counts
from store.forget.selection import Selection, What
from store.library import Library


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that are meant."""

    videos: tuple[str, ...] = ()
    """Their ids."""
    signals: tuple[int, ...] = ()
    """Their rows."""
    sessions: tuple[str, ...] = ()
    """Their ids."""
    preferences: tuple[int, ...] = ()
    """Their rows."""
    edits: tuple[str, ...] = ()
    """Ids of videos of which tags were changed, or that were removed."""
    likes: tuple[str, ...] = ()
    """Ids of liked videos by which settings of interests are kept."""

    @property
    def counts(self) -> Counts:
        """How many there are."""
        return Counts(
            videos=len(self.videos),
            signals=len(self.signals),
            sessions=len(self.sessions),
            preferences=len(self.preferences),
        )

    def __bool__(self) -> bool:
        persons = self.signals or self.sessions or self.preferences or self.edits or self.likes
        return bool(self.videos or persons)


def find(library: Library, selection: Selection) -> Found:
    """Find what is meant.

    With videos go the signals on them and the sessions that name them, also where the library
    itself has no such video any more.
    """
    with library.reading():
        match selection.what:
            case What.HISTORY:
                signals = _signals(library, selection)
                return Found(signals=signals, likes=_likes(library, selection, signals))
            case What.SESSIONS:
                return Found(sessions=_ids(library, "sessions", selection))
            case What.MEMORY:
                return Found(
                    sessions=_sessions(library, _speaks_of_memory), preferences=_rows(library)
                )
            case What.VIDEOS:
                preferences: tuple[int, ...] = ()
                sessions = _sessions(library, lambda turn: _names(turn, selection))
            case What.ALL:
                preferences = _rows(library)
                sessions = _ids(library, "sessions", selection)
        videos = _ids(library, "videos", selection)
        signals, edits = _signals(library, selection), _edits(library, selection)
        likes = _likes(library, selection)
        return Found(videos, signals, sessions, preferences, edits, likes)


def _ids(library: Library, table: str, selection: Selection) -> tuple[str, ...]:
    where, values = selection.conditions("id", "started_at")
    rows = library._connection.execute(f"SELECT id FROM {table} WHERE {where}", values)  # noqa: S608
    return tuple(id_ for (id_,) in rows)


def _signals(library: Library, selection: Selection) -> tuple[int, ...]:
    where, values = selection.conditions("video_id", "at")
    rows = library._connection.execute(f"SELECT row FROM interactions WHERE {where}", values)  # noqa: S608
    return tuple(row for (row,) in rows)


def _edits(library: Library, selection: Selection) -> tuple[str, ...]:
    where, values = selection.conditions("video_id", "at")
    rows = library._connection.execute(
        f"SELECT video_id FROM own_tags WHERE {where}"  # noqa: S608
        f" UNION SELECT video_id FROM removed_videos WHERE {where}",
        (*values, *values),
    )
    return tuple(id_ for (id_,) in rows)


def _likes(
    library: Library, selection: Selection, signals: Collection[int] | None = None
) -> tuple[str, ...]:
    """Those by which settings of interests are kept; given signals, those without any other."""
    left = library._connection.execute(
        "SELECT DISTINCT video_id FROM interactions"
        " WHERE row NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(signals or ())),),
    )
    kept = frozenset[str]() if signals is None else frozenset(id_ for (id_,) in left)
    anchors = {id_ for one in library.interest_settings() for id_ in one.video_ids}
    return tuple(sorted(id_ for id_ in anchors - kept if selection.means_video(id_)))


def _rows(library: Library) -> tuple[int, ...]:
    """Of all that is remembered."""
    return tuple(row for (row,) in library._connection.execute("SELECT row FROM preferences"))


def _sessions(library: Library, is_meant: Callable[[Any], bool]) -> tuple[str, ...]:
    """The sessions of which a turn, as JSON has it, is meant."""
    turns = library._connection.execute("SELECT session_id, turn FROM turns ORDER BY row")
    with library._decoding("turns"):
        meant = dict.fromkeys(session for session, turn in turns if is_meant(json.loads(turn)))
    return tuple(meant)


def _names(turn: Any, selection: Selection) -> bool:
    """Whether a video that is meant was shown, named or given as a reason."""
    return any(selection.means_video(word) for word in _words(turn))


def _speaks_of_memory(turn: Any) -> bool:
    """Whether something was noted or listed in it, or something remembered given as a reason."""
    told = Turn.model_validate(turn)
    return bool(
        told.noted
        or told.request.noted
        or told.request.intent in (Intent.REMEMBER, Intent.MEMORY, Intent.FORGET)
        or any(
            evidence.kind is EvidenceKind.MEMORY
            for pick in told.picks
            for evidence in pick.evidence
        )
    )


def _words(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, whole and word by word."""
    if isinstance(value, str):
        yield value
        yield from value.split()
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
