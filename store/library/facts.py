"""Facts of videos that say what they have in common, read without the videos themselves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Literal, NamedTuple

from store.library.database import Database


class Facts(NamedTuple):
    """What is compared between videos beside their texts. Names are folded (`str.casefold`)."""

    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    year: int | None = None
    reach: int | None = None
    """See `Video.reach`."""
    kind: str | None = None
    language: str | None = None


NOTHING_KNOWN = Facts()


class VideoFacts(Database):
    """The part of the library that reads the facts of many videos at once."""

    def facts(self, ids: Iterable[str]) -> dict[str, Facts]:
        """The facts of the videos with these ids; ids that are not there are left out."""
        rows = self._connection.execute(
            "SELECT id, tags, people, year, reach, kind, language FROM videos"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        with self._decoding("videos"):
            return {
                id_: Facts(_folded(tags), _folded(people), *others)
                for id_, tags, people, *others in rows
            }

    def name_counts(self, column: Literal["tags", "people"]) -> dict[str, int]:
        """How many videos carry each tag or each person, by folded name."""
        counts: dict[str, int] = {}
        rows = self._connection.execute(
            f"SELECT name.value, count(*) FROM videos, json_each(videos.{column}) AS name GROUP BY 1"  # noqa: S608, E501
        )
        for name, count in rows:
            folded = str(name).casefold()
            counts[folded] = counts.get(folded, 0) + count
        return counts


def _folded(names: str) -> tuple[str, ...]:
    """The names in a column, each kept in memory once: videos share them."""
    if names == "[]":
        return ()
    return tuple(sys.intern(str(name).casefold()) for name in json.loads(names))
