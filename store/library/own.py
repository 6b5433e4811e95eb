"""What a person changed of the library itself: tags, and videos that are not to come back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.errors import StoreError
from assistant.types import Video
from store.cleaning import clean_text
from store.library.database import Database

LONGEST_TAG = 120
MOST_TAGS = 100
_GIVEN = "(SELECT value FROM json_each(?))"


class OwnTags(NamedTuple):
    """What of a video's tags is the person's own."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """Tags of the source that are left out."""

    def applied(self, tags: Iterable[str]) -> tuple[str, ...]:
        """The tags in force of a video whose source gives it `tags`.

        Of two spellings the person's own is in force. Doing it twice changes nothing.
        """
        left_out = {tag.casefold() for tag in self.dropped}
        spelt = {tag.casefold(): tag for tag in self.added}
        kept = (tag for tag in tags if tag.casefold() not in left_out)
        return _each_once((*(spelt.get(tag.casefold(), tag) for tag in kept), *self.added))

    def to_have(self, tags: Sequence[str], now: Sequence[str]) -> OwnTags:
        """What the person's own must be, for `tags` to be in force where `now` is.

        A tag that goes is left out from then on, whoever gave it: the source may have it too.

        Args:
            tags: wanted.
            now: in force with these.
        """
        source = {*(tag for tag in now if tag not in self.added), *self.dropped}
        wanted = {tag.casefold() for tag in tags}
        gone = (tag for tag in (*now, *self.dropped) if tag.casefold() not in wanted)
        return OwnTags(tuple(tag for tag in tags if tag not in source), _each_once(gone))


class RemovedVideo(NamedTuple):
    """A video that the person removed."""

    video: Video
    at: datetime


def cleaned_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are stored: clean, each once, without empty ones, at most `MOST_TAGS`."""
    texts = (clean_text(tag, max_chars=LONGEST_TAG) for tag in tags)
    return _each_once(text for text in texts if text)[:MOST_TAGS]


class OwnEdits(Database):
    """The part of the library that keeps what the person changed of it."""

    def own_tags(self, ids: Iterable[str]) -> dict[str, OwnTags]:
        """What is the person's own of the tags of these videos; those without are left out."""
        with self._decoding("own_tags"):
            return read_own_tags(self._connection, ids)

    def removed_videos(self) -> list[RemovedVideo]:
        """The videos that the person removed, the last one first."""
        rows = self._connection.execute(
            "SELECT video_id, video, at FROM removed_videos ORDER BY at DESC, video_id"
        )
        with self._decoding("removed_videos"):
            return [removed_video_of(*row) for row in rows]

    def removed_among(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that the person removed."""
        rows = self._connection.execute(
            f"SELECT video_id FROM removed_videos WHERE video_id IN {_GIVEN}",  # noqa: S608
            (json.dumps(list(ids)),),
        )
        return {id_ for (id_,) in rows}

    def put_own_tags(self, edits: Mapping[str, tuple[OwnTags, datetime]]) -> None:
        """Keep what was changed elsewhere, and when. Videos that are here are left as they are."""
        with self._transaction() as connection:
            for id_, (own, at) in edits.items():
                write_own_tags(connection, id_, own, at)

    def put_removed_videos(self, removed: Iterable[RemovedVideo]) -> None:
        """Keep what was removed elsewhere. Videos that are here stay."""
        with self._transaction() as connection:
            for video, at in removed:
                write_removed(connection, video, at)


def own_tags_of(added: str, dropped: str) -> OwnTags:
    """What a row says.

    Raises:
        ValueError: it says something that cannot be.
    """
    values = [json.loads(column) for column in (added, dropped)]
    if not all(isinstance(one, list) and all(isinstance(x, str) for x in one) for one in values):
        raise ValueError("no lists of tags")
    return OwnTags(*map(tuple, values))


def removed_video_of(video_id: str, video: str, at: str) -> RemovedVideo:
    """What a row says.

    Raises:
        ValueError: it says something that cannot be.
    """
    removed = RemovedVideo(Video.model_validate_json(video), datetime.fromisoformat(at))
    if removed.video.id != video_id:
        raise ValueError("another video than its key says")
    return removed


def read_own_tags(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, OwnTags]:
    """See `OwnEdits.own_tags`."""
    rows = connection.execute(
        f"SELECT video_id, added, dropped FROM own_tags WHERE video_id IN {_GIVEN}",  # noqa: S608
        (json.dumps(list(ids)),),
    )
    return {id_: own_tags_of(added, dropped) for id_, added, dropped in rows}


def write_own_tags(
    connection: sqlite3.Connection, video_id: str, own: OwnTags, at: datetime | None = None
) -> None:
    """Keep what is the person's own; nothing where nothing is. Inside a transaction."""
    connection.execute("DELETE FROM own_tags WHERE video_id = ?", (video_id,))
    if own != OwnTags():
        connection.execute(
            "INSERT INTO own_tags VALUES (?, ?, ?, ?)",
            (video_id, _json(own.added), _json(own.dropped), _moment(at)),
        )


def write_removed(connection: sqlite3.Connection, video: Video, at: datetime | None = None) -> None:
    """Keep a video that was removed, unless it is here. Inside a transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO removed_videos SELECT ?1, ?2, ?3"
        " WHERE NOT EXISTS (SELECT 1 FROM videos WHERE id = ?1)",
        (video.id, video.model_dump_json(exclude_defaults=True), _moment(at)),
    )


def no_such_video(video_id: str) -> StoreError:
    """The error for an id that names nothing."""
    return StoreError(
        "There is no such video in your library.",
        video_id,
        "Find its id with: matinee library search WORDS",
    )


def _moment(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _each_once(tags: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def _json(tags: tuple[str, ...]) -> str:
    return json.dumps(tags, ensure_ascii=False)
