"""What is wrong with a library file, where something may be."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import LibraryDamagedError
from store.library import Library
from store.library.integrity import Inspection

log = logging.getLogger(__name__)

_NO_LIMIT = float("inf")
_PAGES = "some of its pages cannot be right"


def problem_of(path: Path) -> str | None:
    """Look at everything in a library; what is wrong, as the end of a sentence, or None.

    Its lock is held alone by the caller.

    Raises:
        StoreError: it is not for this program to read.
    """
    if not path.exists():
        return "the file is gone"
    try:
        with Library.open_held(path) as library:
            library.sessions()
            library.titles()
        with Inspection.open(path) as inspection:
            return next(_problems(inspection), None)
    except LibraryDamagedError as error:
        what = error.detail.removeprefix(f"{path}: ")
        return _PAGES if "malformed" in what else what
    except (sqlite3.DatabaseError, ValueError) as error:
        log.warning("looking at the library: %s", type(error).__name__)
        return _PAGES


def _problems(inspection: Inspection) -> Iterator[str]:
    if said := inspection.damage(_NO_LIMIT):
        log.warning("looking at the library: %s", said[0])
        yield _PAGES
    if inspection.schema_differences():
        yield "its tables are not as they were made"
    unreadable, altered = inspection.bad_videos()
    for what, rows in (
        ("videos that cannot be read", unreadable),
        ("videos that are not what their source said", altered),
        ("signals that cannot be read", inspection.bad_signals()),
        ("turns of sessions that cannot be read", inspection.bad_turns()),
        ("preferences that cannot be read", inspection.bad_preferences()),
        ("changes of your own that cannot be read", inspection.bad_own_edits()),
        ("vectors that cannot be right", inspection.bad_vectors()),
        ("ratings of other people that cannot be read", inspection.bad_community()),
        ("rows that belong to what is not there", inspection.missing_references()),
    ):
        if rows:
            yield f"there are {what}, {len(rows):,} of them"
    if any(inspection.word_gaps()):
        yield "the full text does not fit the videos"
    inspection.check_words()
