"""A new library of the rows of another one: each is judged and cleaned as it enters.

The file of a backup is read and never used: what is in the new library was put there by this
program, so that nothing hides in it, and it has an identity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError

from assistant.types import (
    VIDEO_ID,
    Interaction,
    InterestSetting,
    Preference,
    Skipped,
    Turn,
    Video,
)
from store.backup.derived import put_community, put_likelihoods, put_vectors
from store.backup.foreign import ForeignLibrary, Gate
from store.cleaning import clean_text
from store.library import Library, OwnTags, RemovedVideo
from store.library.interests import interest_setting_of
from store.library.moments import utc_text
from store.library.own import cleaned_tags, own_tags_of, removed_video_of
from store.library.preferences import preference_of
from store.library.sessions import insert_turn
from store.library.videos import video_of
from store.reporting import Reporter

T = TypeVar("T")

SKIPPED_KEPT = 100
"""So many rows that were left out are named; all are counted."""
_BATCH = 500
_VIDEO = tuple(Video.model_fields)
_SIGNAL = tuple(Interaction.model_fields)
_SESSION_ID = re.compile(r"[0-9a-f]{8}")
_UNFIT = (ValueError, TypeError, OverflowError, RecursionError)
"""What values raise that are not what they should be."""


@dataclass
class LeftOut:
    """The rows that could not enter."""

    skipped: list[Skipped] = field(default_factory=list)
    """The first `SKIPPED_KEPT`."""
    count: int = 0

    @contextmanager
    def unfit(self, what: str, id_: object) -> Iterator[None]:
        """Note that a row is left out if the block finds that it cannot be."""
        try:
            yield
        except _UNFIT as error:
            self.count += 1
            if len(self.skipped) < SKIPPED_KEPT:
                told = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
                self.skipped.append(
                    Skipped(
                        record=clean_text(f"{what} {id_!s:.200}", max_chars=200),
                        reason=clean_text(f"{told!s:.200}", max_chars=200),
                    )
                )


def rebuild(source: ForeignLibrary, path: Path, gate: Gate, reporter: Reporter) -> LeftOut:
    """Make a library at `path`, where nothing is, of what `source` holds and `gate` lets in.

    What can be derived anew and is not as it should be is left out without a word.

    Raises:
        NoBackupError: the source cannot be read.
        StoreError: there is no room.
    """
    left_out = LeftOut()
    counts = source.counts()
    with _NewLibrary.open(path) as library:
        reporter.stage("videos", counts.videos)
        for batch in _batches(_videos(source, gate, left_out)):
            library.put_videos([video for video, _ in batch])
            library.put_keywords({video.id: video.keywords for video, known in batch if known})
            reporter.advance(len(batch))
        put_vectors(source, library, reporter)
        put_likelihoods(source, library)
        put_community(source, library)
        reporter.stage("signals", counts.signals)
        for signals in _batches(_signals(source, gate, left_out)):
            library.add_interactions(signals)
            reporter.advance(len(signals))
        reporter.stage("sessions", counts.sessions)
        for session in _sessions(source, gate, left_out):
            library.add_session(session)
            reporter.advance(1)
        for preference in _preferences(source, gate, left_out):
            library.add_preference(preference)
        for setting in _interest_settings(source, gate, left_out):
            library.set_interest(setting)
        library.put_own_tags(dict(_own_tags(source, left_out)))
        library.put_removed_videos(_removed_videos(source, gate, left_out))
    return left_out


@dataclass(frozen=True)
class _Session:
    """A session that was held elsewhere."""

    id: str
    started_at: datetime
    title: str | None
    turns: Sequence[tuple[datetime | None, Turn]]


class _NewLibrary(Library):
    """A library that is being made: nobody else uses it, and it is synced when it is whole."""

    @classmethod
    def open(cls, path: Path) -> Self:
        library = super().open(path)
        library._connection.execute("PRAGMA synchronous = OFF")
        return library

    def add_session(self, session: _Session) -> None:
        """Store a session that was held elsewhere, with its turns."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO sessions (id, started_at, title) VALUES (?, ?, ?)",
                (session.id, utc_text(session.started_at), session.title),
            )
            for at, turn in session.turns:
                insert_turn(connection, session.id, turn, at)


def _videos(source: ForeignLibrary, gate: Gate, left_out: LeftOut) -> Iterator[tuple[Video, bool]]:
    """The videos, and whether their keywords have been extracted, be it that there are none."""
    columns = ", ".join(_VIDEO)
    sql = f"SELECT keywords IS NOT NULL, {columns} FROM videos ORDER BY row"  # noqa: S608
    for known, *values in source.rows(sql):
        with left_out.unfit("video", values[0]):
            yield gate.video(video_of(values)), bool(known)


def _signals(source: ForeignLibrary, gate: Gate, left_out: LeftOut) -> Iterator[Interaction]:
    columns = ", ".join(_SIGNAL)
    for values in source.rows(f"SELECT {columns} FROM interactions ORDER BY row"):  # noqa: S608
        with left_out.unfit("signal", values[0]):
            signal = Interaction.model_validate(dict(zip(_SIGNAL, values, strict=True)))
            yield gate.interaction(signal)


def _sessions(source: ForeignLibrary, gate: Gate, left_out: LeftOut) -> Iterator[_Session]:
    rows = source.rows(
        "SELECT id, started_at, title, at, turn FROM sessions LEFT JOIN turns ON session_id = id"
        " ORDER BY started_at, id, row"
    )
    for (id_, started_at, title), of_session in groupby(rows, lambda row: row[:3]):
        turns: list[tuple[datetime | None, Turn]] = []
        for *_, at, turn in of_session:
            if turn is not None:
                with left_out.unfit("turn of session", id_):
                    clean = gate.turn(Turn.model_validate_json(turn))
                    turns.append((_moment(at) if at is not None else None, clean))
        with left_out.unfit("session", id_):
            if not _SESSION_ID.fullmatch(id_):
                raise ValueError("is no id of a session")
            named = gate.session_title(title) if title is not None else None
            yield _Session(id_, _moment(started_at), named or None, turns)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("does not say in which zone it was")
    return moment


def _preferences(source: ForeignLibrary, gate: Gate, left_out: LeftOut) -> Iterator[Preference]:
    """In the order in which they came: each gets a number anew."""
    sql = "SELECT row, said, scope, meaning, at FROM preferences ORDER BY row"
    for values in source.rows(sql):
        with left_out.unfit("preference", values[0]):
            yield gate.preference(preference_of(*values))


def _interest_settings(
    source: ForeignLibrary, gate: Gate, left_out: LeftOut
) -> Iterator[InterestSetting]:
    """In the order in which they were set: of two by one like, the last one has it."""
    sql = (
        "SELECT row, name, weight, switched_off, video_ids, at FROM interest_settings ORDER BY row"
    )
    for values in source.rows(sql):
        with left_out.unfit("setting of an interest", values[0]):
            yield gate.interest_setting(interest_setting_of(*values))


def _own_tags(
    source: ForeignLibrary, left_out: LeftOut
) -> Iterator[tuple[str, tuple[OwnTags, datetime]]]:
    for id_, added, dropped, at in source.rows("SELECT video_id, added, dropped, at FROM own_tags"):
        with left_out.unfit("tags of", id_):
            if not VIDEO_ID.match(id_):
                raise ValueError("is no id of a video")
            own = OwnTags(*map(cleaned_tags, own_tags_of(added, dropped)))
            yield id_, (own, datetime.fromisoformat(at))


def _removed_videos(
    source: ForeignLibrary, gate: Gate, left_out: LeftOut
) -> Iterator[RemovedVideo]:
    for id_, video, at in source.rows("SELECT video_id, video, at FROM removed_videos"):
        with left_out.unfit("removed video", id_):
            removed = removed_video_of(id_, video, at)
            yield RemovedVideo(gate.video(removed.video), removed.at)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
