"""Leaving nothing in the library file of what is to be forgotten."""

from __future__ import annotations

import json

from store.forget.finding import Found
from store.library import Library
from store.library.interests import leave_out_likes
from store.library.tables import tables

_GIVEN = "(SELECT value FROM json_each(?))"
_FULL_TEXT = ("words", "grams")
_NAMES_VIDEOS = ("vectors", "title_likelihoods")
"""What is derived from a video, by its id."""
_LEARNED = ("trained_models", "language_model_gains")
"""What was learned from signals, or measured on them, and cannot unlearn some of them."""
_WITHOUT_NAME = (
    "UPDATE community_items SET video_id = NULL, title = '', year = NULL, joined = NULL"  # noqa: S608
    f" WHERE video_id IN {_GIVEN} OR joined IN {_GIVEN}"
)
"""What other people rated no longer says that it is a video that is forgotten."""


class Eraser(Library):
    """A library that can forget."""

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
                ("preferences", "row", found.preferences),
                ("turns", "session_id", found.sessions),
                ("sessions", "id", found.sessions),
                ("own_tags", "video_id", found.edits),
                ("removed_videos", "video_id", found.edits),
            ):
                connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN {_GIVEN}",  # noqa: S608
                    (json.dumps(keys),),
                )
            leave_out_likes(connection, found.likes)
            connection.execute(_WITHOUT_NAME, (videos, videos))
            for table in _LEARNED if found.signals else ():
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
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
        self.empty_log()

    def _begin_anew(self) -> None:
        self._connection.execute("DELETE FROM removed_vectors")
        self._connection.execute(
            "UPDATE state SET revision = revision + 1, identity = lower(hex(randomblob(8)))"
        )

    def _rebuild_full_text(self) -> None:
        """FTS5 files deleted words as deleted until it merges what it has: it is made anew."""
        for table in _FULL_TEXT:
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
