"""Finding rows that are to be forgotten, and leaving nothing of them in the library file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from store.backup.manifest import Counts
from store.forget.selection import Selection, What
from store.library import Library
from store.library.tables import tables

_GIVEN = "(SELECT value FROM json_each(?))"
_FULL_TEXT = ("words", "grams")
_NAMES_VIDEOS = ("vectors", "title_likelihoods")
"""What is derived from a video, by its id."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that are meant."""

    videos: tuple[str, ...] = ()
    """Their ids."""
    signals: tuple[int, ...] = ()
    """Their rows."""
    sessions: tuple[str, ...] = ()
    """Their ids."""

    @property
    def counts(self) -> Counts:
        """How many there are."""
        return Counts(
            videos=len(self.videos), signals=len(self.signals), sessions=len(self.sessions)
        )

    def __bool__(self) -> bool:
        return bool(self.videos or self.signals or self.sessions)


class Eraser(Library):
    """A library that can forget."""

    def find(self, selection: Selection) -> Found:
        """Find what is meant: with videos, the signals on them and the sessions that name them."""
        what = selection.what
        return Found(
            videos=self._ids("videos", selection) if what in (What.VIDEOS, What.ALL) else (),
            signals=() if what is What.SESSIONS else self._signals(selection),
            sessions=self._sessions(selection),
        )

    def erase(self, found: Found) -> None:
        """Remove what was found in one transaction, and all that could still name it.

        The library is another one afterwards: it has a new identity, so that no index takes it
        for the one that it was made from, and forgets which vectors it once had.
        """
        videos = json.dumps(found.videos)
        with self._transaction() as connection:
            for table in _FULL_TEXT:
                connection.execute(
                    f"DELETE FROM {table} WHERE rowid IN"  # noqa: S608
                    f" (SELECT row FROM videos WHERE id IN {_GIVEN})",
                    (videos,),
                )
            for table in _NAMES_VIDEOS:
                connection.execute(f"DELETE FROM {table} WHERE video_id IN {_GIVEN}", (videos,))  # noqa: S608
            for table, column, keys in (
                ("videos", "id", found.videos),
                ("interactions", "row", found.signals),
                ("turns", "session_id", found.sessions),
                ("sessions", "id", found.sessions),
            ):
                connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN {_GIVEN}",  # noqa: S608
                    (json.dumps(keys),),
                )
            self._begin_anew()
            if found.videos:
                self._rebuild_full_text()

    def erase_all(self) -> None:
        """Empty every table in one transaction."""
        with self._transaction() as connection:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            for table in (*_FULL_TEXT, *(tables(connection).keys() - {"state"})):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            connection.execute("DELETE FROM sqlite_sequence")
            self._begin_anew()
            self._rebuild_full_text()

    def compact(self) -> None:
        """Write the file anew without the room that was freed, and empty the log beside it."""
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _ids(self, table: str, selection: Selection) -> tuple[str, ...]:
        where, values = selection.conditions("id", "started_at")
        rows = self._connection.execute(f"SELECT id FROM {table} WHERE {where}", values)  # noqa: S608
        return tuple(id_ for (id_,) in rows)

    def _signals(self, selection: Selection) -> tuple[int, ...]:
        where, values = selection.conditions("video_id", "at")
        rows = self._connection.execute(f"SELECT row FROM interactions WHERE {where}", values)  # noqa: S608
        return tuple(row for (row,) in rows)

    def _sessions(self, selection: Selection) -> tuple[str, ...]:
        match selection.what:
            case What.HISTORY:
                return ()
            case What.SESSIONS | What.ALL:
                return self._ids("sessions", selection)
        named = dict.fromkeys(
            session
            for session, turn in self._connection.execute("SELECT session_id, turn FROM turns")
            if any(selection.means_video(word) for word in _words(json.loads(turn)))
        )
        return tuple(named)

    def _begin_anew(self) -> None:
        self._connection.execute("DELETE FROM removed_vectors")
        self._connection.execute(
            "UPDATE state SET revision = revision + 1, identity = lower(hex(randomblob(8)))"
        )

    def _rebuild_full_text(self) -> None:
        """FTS5 files deleted words as deleted until it merges what it has: it is made anew."""
        for table in _FULL_TEXT:
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608


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
