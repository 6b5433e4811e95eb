"""Videos: stored, compared, read and filtered."""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from assistant.types import Constraints, Kind, Video
from store.library import search
from store.library.database import Database
from store.library.own import read_own_tags

LISTS = ("other_titles", "tags", "keywords", "people")
"""The columns that hold lists, in JSON."""
FIELDS = tuple(Video.model_fields)
"""The columns that carry the names of a video's fields."""
_COLUMNS = (*FIELDS, "channel_folded", "reach", "source", "hash", "changed")
_GIVEN = "(SELECT value FROM json_each(?))"
"""A list of any length as one parameter, in JSON."""
_CREDITS = f"{{}}EXISTS (SELECT 1 FROM json_each(videos.people) WHERE casefold(value) IN {_GIVEN})"  # noqa: S608
_SELECT_GIVEN = f"SELECT {', '.join(FIELDS)} FROM videos WHERE id IN {_GIVEN}"  # noqa: S608
_SELECT_PAGE = f"SELECT row, {', '.join(FIELDS)} FROM videos WHERE row > ? ORDER BY row LIMIT ?"  # noqa: S608
_PAGE = 500


class PutCounts(NamedTuple):
    """What became of the videos of one call."""

    new: int
    updated: int
    unchanged: int


class TitleRow(NamedTuple):
    """What is needed to recognise a video by its name."""

    video_id: str
    title: str
    other_titles: tuple[str, ...]
    year: int | None
    people: tuple[str, ...] = ()
    reach: int | None = None


class Videos(Database):
    """The part of the library that holds the videos."""

    def put_videos(self, videos: Iterable[Video]) -> PutCounts:
        """Store `videos` in one transaction; of two with one id, the later counts.

        The person's own tags stay; a video that they removed is here again. A video whose content
        changed loses what was derived from it (vectors, title likelihoods, and keywords unless it
        brings its own), so that it is derived anew.
        """
        given = {video.id: video for video in videos}
        with self._transaction() as connection:
            return self._put(connection, given)

    def _put(self, connection: sqlite3.Connection, given: Mapping[str, Video]) -> PutCounts:
        """Store videos by their ids, with the tags that the person gave them."""
        new = updated = 0
        ids = json.dumps(list(given))
        known = {
            id_: (row, digest)
            for row, id_, digest in connection.execute(
                f"SELECT row, id, hash FROM videos WHERE id IN {_GIVEN}",  # noqa: S608
                (ids,),
            )
        }
        own = read_own_tags(connection, given)
        connection.execute(f"DELETE FROM removed_videos WHERE video_id IN {_GIVEN}", (ids,))  # noqa: S608
        for video in given.values():
            if tags := own.get(video.id):
                video = video.model_copy(update={"tags": tags.applied(video.tags)})
            row, digest = known.get(video.id, (None, None))
            if (content := content_hash(video)) == digest:
                continue
            values = (*_column_values(video), content, self._next_revision())
            if row is None:
                new += 1
                row = _insert(connection, values)
            else:
                updated += 1
                self._forget_derived(row, video.id)
                _update(connection, row, values)
            search.add_words(connection, row, video)
        return PutCounts(new, updated, len(given) - new - updated)

    def remove_videos(self, ids: Iterable[str]) -> int:
        """Remove videos and what was derived from them; the history keeps naming them.

        The next import of their source brings them again. See `Editing.discard_videos`.

        Returns:
            How many there were.
        """
        with self._transaction() as connection:
            return self._remove(connection, ids)

    def _remove(self, connection: sqlite3.Connection, ids: Iterable[str]) -> int:
        found = connection.execute(
            f"SELECT row, id FROM videos WHERE id IN {_GIVEN}",  # noqa: S608
            (json.dumps(list(ids)),),
        ).fetchall()
        for row, id_ in found:
            self._forget_derived(row, id_)
            connection.execute("DELETE FROM videos WHERE row = ?", (row,))
        if found:
            self._next_revision()
        return len(found)

    def _forget_derived(self, row: int, video_id: str) -> None:
        search.remove_words(self._connection, row)
        self._connection.execute("DELETE FROM title_likelihoods WHERE video_id = ?", (video_id,))
        dropped = self._connection.execute(
            "DELETE FROM vectors WHERE video_id = ? RETURNING model", (video_id,)
        ).fetchall()
        for (model,) in dropped:
            self._connection.execute(
                "INSERT INTO removed_vectors VALUES (?, ?, ?)",
                (self._next_revision(), model, video_id),
            )

    def get(self, ids: Iterable[str]) -> dict[str, Video]:
        """The videos with these ids, in the order asked; ids that are not there are left out."""
        wanted = list(dict.fromkeys(ids))
        rows = self._connection.execute(_SELECT_GIVEN, (json.dumps(wanted),))
        with self._decoding("videos"):
            found = {video.id: video for video in map(video_of, rows)}
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def videos(self) -> Iterator[Video]:
        """Every video, in the order in which they came. Holds no lock between pages."""
        last = 0
        while page := self._connection.execute(_SELECT_PAGE, (last, _PAGE)).fetchall():
            with self._decoding("videos"):
                for number, *_ in page:
                    if number <= last:  # pages that lead back to themselves have no end
                        raise ValueError("rows out of order")
                    last = number
                videos = [video_of(values) for _, *values in page]
            yield from videos

    def ids(self) -> list[str]:
        """Every id, in the order in which the videos came."""
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM videos ORDER BY row")]

    def count(self) -> int:
        """How many videos there are."""
        return int(self._connection.execute("SELECT count(*) FROM videos").fetchone()[0])

    def counts_by(self, column: Literal["source", "kind", "language"]) -> dict[str, int]:
        """How many videos there are of each source, kind or language, most first.

        Videos without a language are counted as ``unknown``.
        """
        return dict(
            self._connection.execute(
                f"SELECT coalesce({column}, 'unknown'), count(*) FROM videos"  # noqa: S608
                " GROUP BY 1 ORDER BY 2 DESC, 1"
            )
        )

    def titles(self) -> list[TitleRow]:
        """The titles of every video, and what tells of two with one title which is meant."""
        rows = self._connection.execute(
            "SELECT id, title, other_titles, year, people, reach FROM videos ORDER BY row"
        )
        with self._decoding("videos"):
            return [
                TitleRow(id_, title, _strings(others), year, _strings(people), reach)
                for id_, title, others, year, people, reach in rows
            ]

    def channels(self) -> list[str]:
        """The names of all channels, each once."""
        rows = self._connection.execute(
            "SELECT DISTINCT channel FROM videos WHERE channel IS NOT NULL ORDER BY channel"
        )
        return [channel for (channel,) in rows]

    def kinds(self) -> list[Kind]:
        """The kinds that there are videos of."""
        rows = self._connection.execute("SELECT DISTINCT kind FROM videos ORDER BY kind")
        return [Kind(kind) for (kind,) in rows]

    def languages(self) -> list[str]:
        """The codes of the languages that there are videos in."""
        rows = self._connection.execute(
            "SELECT DISTINCT language FROM videos WHERE language IS NOT NULL ORDER BY language"
        )
        return [language for (language,) in rows]

    def people(self) -> list[str]:
        """The names of everybody who is credited, each once, as they are written."""
        rows = self._connection.execute(
            "SELECT DISTINCT person.value FROM videos, json_each(videos.people) AS person"
        )
        return [name for (name,) in rows]

    def popular(self, limit: int) -> list[tuple[str, float]]:
        """The most popular videos and how popular they are, best first.

        That is log(1 + views + 20·likes), scaled to 0…1 by the greatest of the library. Videos
        with neither number are left out.
        """
        rows = self._connection.execute(
            "SELECT id, reach FROM videos WHERE reach IS NOT NULL ORDER BY reach DESC, id LIMIT ?",
            (limit,),
        ).fetchall()
        with self._decoding("videos"):
            top = math.log1p(rows[0][1]) if rows else 0.0
            return [(id_, math.log1p(reach) / top if top else 0.0) for id_, reach in rows]

    def admitted_ids(self, constraints: Constraints) -> list[str]:
        """The ids of the videos that `constraints.admits`, without reading the videos."""
        conditions, values = _conditions(constraints)
        return [
            id_
            for (id_,) in self._connection.execute(
                f"SELECT id FROM videos WHERE {' AND '.join(conditions) or 'TRUE'}",  # noqa: S608
                values,
            )
        ]

    def tag_counts(self) -> dict[str, int]:
        """How many videos carry each tag, as it is written."""
        return dict(
            self._connection.execute(
                "SELECT tag.value, count(*) FROM videos, json_each(videos.tags) AS tag GROUP BY 1"
            )
        )

    def put_keywords(self, keywords: Mapping[str, tuple[str, ...]]) -> None:
        """Store the keywords of videos; an empty tuple says that there are none."""
        with self._transaction() as connection:
            connection.executemany(
                "UPDATE videos SET keywords = ? WHERE id = ?",
                [(_json(words), id_) for id_, words in keywords.items()],
            )
            self._next_revision()

    def missing_keywords(self) -> list[str]:
        """The ids of the videos whose keywords have not been extracted."""
        return [
            id_
            for (id_,) in self._connection.execute("SELECT id FROM videos WHERE keywords IS NULL")
        ]


def content_hash(video: Video) -> str:
    """A hash of what the source says of a video: everything but the keywords.

    A field that is at its default does not enter, so that a field that a later version adds
    leaves the hashes of the videos that lack it as they are.
    """
    content = video.model_dump_json(exclude={"keywords"}, exclude_defaults=True)
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _column_values(video: Video) -> tuple[object, ...]:
    """The values of all of `_COLUMNS` but the last two, which say when and what was stored."""
    values: dict[str, object] = {name: getattr(video, name) for name in FIELDS}
    for name in LISTS:
        values[name] = _json(getattr(video, name))
    values["keywords"] = _json(video.keywords) if video.keywords else None
    values["published"] = video.published.isoformat() if video.published else None
    values["channel_folded"] = video.channel.casefold() if video.channel is not None else None
    values["reach"] = video.reach
    values["source"] = video.source
    return tuple(values.values())


def _insert(connection: sqlite3.Connection, values: tuple[object, ...]) -> int:
    marks = ", ".join("?" * len(_COLUMNS))
    cursor = connection.execute(
        f"INSERT INTO videos ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        values,
    )
    assert cursor.lastrowid is not None  # noqa: S101
    return cursor.lastrowid


def _update(connection: sqlite3.Connection, row: int, values: tuple[object, ...]) -> None:
    settings = ", ".join(f"{name} = ?" for name in _COLUMNS)
    connection.execute(f"UPDATE videos SET {settings} WHERE row = ?", (*values, row))  # noqa: S608


def video_of(values: Sequence[Any]) -> Video:
    """The video that a row says, given the columns that carry the names of its fields.

    Raises:
        ValueError: it says something that no video can.
    """
    fields = dict(zip(FIELDS, values, strict=True))
    for name in LISTS:
        fields[name] = json.loads(fields[name]) if fields[name] is not None else ()
    return Video.model_validate(fields)


def _json(words: tuple[str, ...]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _conditions(constraints: Constraints) -> tuple[list[str], list[object]]:
    """`Constraints.admits` in SQL: the conditions and the values that stand in them."""
    parts: list[tuple[str, object | None]] = [
        ("duration_s >= ?", constraints.min_duration_s),
        ("duration_s <= ?", constraints.max_duration_s),
        ("year >= ?", constraints.min_year),
        ("year <= ?", constraints.max_year),
        ("published >= ?", _iso(constraints.published_since)),
        ("published <= ?", _iso(constraints.published_until)),
        (f"language IN {_GIVEN}", _given(constraints.languages)),
        (
            f"(language IS NULL OR language NOT IN {_GIVEN})",
            _given(constraints.not_languages),
        ),
        (f"kind IN {_GIVEN}", _given(constraints.kinds)),
        (f"kind NOT IN {_GIVEN}", _given(constraints.not_kinds)),
        (f"channel_folded IN {_GIVEN}", _given(_folded(constraints.channels))),
        (
            f"(channel_folded IS NULL OR channel_folded NOT IN {_GIVEN})",
            _given(_folded(constraints.not_channels)),
        ),
        *((_CREDITS.format(""), _given(_folded(names))) for names in constraints.casts),
        (_CREDITS.format("NOT "), _given(_folded(constraints.not_people))),
    ]
    for run in constraints.not_years:
        parts += [(f"(year IS NULL OR year < {run.first} OR year > {run.last})", ())]
    used = [(condition, value) for condition, value in parts if value is not None]
    return [condition for condition, _ in used], [value for _, value in used if value != ()]


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _given(values: Sequence[str]) -> str | None:
    return json.dumps(values) if values else None


def _strings(encoded: str) -> tuple[str, ...]:
    return tuple(json.loads(encoded)) if encoded != "[]" else ()
