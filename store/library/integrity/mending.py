"""Mending what is derived in a library: it can be made again from the videos at any time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.library.integrity.file import expected_schema
from store.library.search import add_words

if TYPE_CHECKING:
    from store.library import Library

_FULL_TEXT = ("words", "words_vocabulary", "grams")
"""In the order in which they are made: the vocabulary is a view of the words."""


def rebuild_full_text(library: Library) -> int:
    """Make the full text anew from the videos, in one transaction.

    Returns:
        Of how many videos.
    """
    wanted = expected_schema()
    with library._transaction() as connection:
        for table in reversed(_FULL_TEXT):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for table in _FULL_TEXT:
            connection.execute(wanted[f"table {table}"])
        rows = dict(connection.execute("SELECT id, row FROM videos").fetchall())
        for video in library.videos():
            add_words(connection, rows[video.id], video)
        library._next_revision()
    return len(rows)


def drop_vectors(library: Library, revisions: Iterable[int]) -> int:
    """Remove vectors by their revisions, and note it for the indexes that hold them.

    Returns:
        How many there were.
    """
    with library._transaction() as connection:
        dropped = connection.execute(
            "DELETE FROM vectors WHERE revision IN (SELECT value FROM json_each(?))"
            " RETURNING model, video_id",
            (json.dumps(list(revisions)),),
        ).fetchall()
        connection.executemany(
            "INSERT OR REPLACE INTO removed_vectors VALUES (?, ?, ?)",
            [(library._next_revision(), model, id_) for model, id_ in dropped],
        )
    return len(dropped)
