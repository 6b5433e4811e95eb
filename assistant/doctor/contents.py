"""What is in the library: videos, their words, keywords and vectors, and the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.doctor.findings import Finding, Repair, failed, ok, skipped, warning
from assistant.doctor.wording import counted, named

if TYPE_CHECKING:
    from assistant.doctor.context import Context
    from store.library.integrity import BadRow

_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)


def videos(context: Context) -> Iterator[Finding]:
    """Whether every video can be read, and says what its source said."""
    unreadable, altered = context.inspection.bad_videos()
    if unreadable:
        yield failed(
            f"{counted(len(unreadable), 'video')} cannot be read: {_told(unreadable)}",
            repair=Repair.LIBRARY,
        )
    if altered:
        yield failed(
            f"{counted(len(altered), 'video')} changed by accident:"
            f" {named([row.id for row in altered])}",
            repair=Repair.VIDEOS,
        )
    if not (unreadable or altered):
        yield ok(f"{counted(context.inspection.count('videos'), 'video')}, all as they were given")


def full_text(context: Context) -> Iterator[Finding]:
    """Whether every video can be found by its words, and by no others."""
    inspection = context.inspection
    try:
        inspection.check_words()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in _NO_ROOM:  # for the copy that is looked at
            yield skipped(f"there is no room to look at it: {error}")
        else:
            yield failed(f"it is damaged: {error}", repair=Repair.FULL_TEXT)
        return
    gaps, stale = inspection.word_gaps(), inspection.stale_words()
    problems = {
        "not in it": gaps.without_words,
        "not in it by characters (Chinese, Japanese, Korean)": gaps.without_grams,
        "in it, but not in the library": gaps.of_no_video,
        "in it with another title": len(stale),
    }
    wrong = [f"{what}: {counted(count, 'video')}" for what, count in problems.items() if count]
    if wrong:
        yield failed("; ".join(wrong), repair=Repair.FULL_TEXT)
    else:
        yield ok("every video can be found by its words")


def keywords(context: Context) -> Iterator[Finding]:
    """Whether every video has had its keywords extracted."""
    missing = context.inspection.without_keywords()
    if missing:
        yield warning(f"{counted(missing, 'video')} without keywords", repair=Repair.KEYWORDS)
    else:
        yield ok("every video has had its keywords extracted")


def vectors(context: Context) -> Iterator[Finding]:
    """Whether every vector is of its model's dimension, and a unit vector."""
    bad = context.inspection.bad_vectors()
    if bad:
        yield failed(
            f"{counted(len(bad), 'vector')} cannot be right: {_told(bad)}", repair=Repair.VECTORS
        )
        return
    counts = context.inspection.vector_counts()
    told = [f"{counted(count, 'vector')} of {model}" for model, count in counts.items()]
    yield ok(f"{', '.join(told)}: all of length 1" if told else "there are none yet")


def missing_vectors(context: Context) -> Iterator[Finding]:
    """Whether every video has a vector of the model in force."""
    key = context.embedding_key
    missing = context.inspection.without_vector(key)
    if missing:
        yield warning(
            f"{counted(missing, 'video')} without a vector of {key}: found by words alone",
            context.command("library reindex"),
            repair=Repair.MISSING_VECTORS,
        )
    else:
        yield ok(f"every video has one of {key}")


def history(context: Context) -> Iterator[Finding]:
    """Whether every signal, every turn and every preference can be read."""
    inspection = context.inspection
    signals, turns = inspection.bad_signals(), inspection.bad_turns()
    preferences, edits = inspection.bad_preferences(), inspection.bad_own_edits()
    for bad, thing in (
        (signals, "signal"),
        (turns, "turn"),
        (preferences, "preference"),
        (edits, "edit of your own"),
    ):
        if bad:
            yield failed(
                f"{counted(len(bad), thing)} cannot be read: {_told(bad)}", repair=Repair.LIBRARY
            )
    if not (signals or turns or preferences or edits):
        of_none = inspection.signals_of_no_video()
        yield ok(
            f"{counted(inspection.count('interactions'), 'signal')},"
            f" {counted(inspection.count('sessions'), 'session')},"
            f" {counted(inspection.count('turns'), 'turn')},"
            f" {counted(inspection.count('preferences'), 'preference')}"
            + (f"; {of_none:,} signals are of videos no longer here, and kept" if of_none else "")
        )


def community(context: Context) -> Iterator[Finding]:
    """Whether what was learned from other people's ratings can be read."""
    bad = context.inspection.bad_community()
    if bad:
        yield failed(
            f"{counted(len(bad), 'row')} cannot be read: {_told(bad)}", repair=Repair.LIBRARY
        )
    else:
        sources = context.inspection.count("community_sources")
        yield ok(f"{counted(sources, 'source')}, all readable" if sources else "there are none")


def _told(rows: Sequence[BadRow]) -> str:
    return named([f"{row.id} ({row.problem})" for row in rows])
