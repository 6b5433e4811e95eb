"""What was learned from other people's ratings, kept beside the videos and joined to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import StoreError
from store.library.videos import Videos

if TYPE_CHECKING:
    from store.community import Community, CommunityKind, CommunitySource, Learned, RatedItem
    from store.library.connection import Connection

_ITEMS = """
    SELECT item.position, item.people, coalesce(by_id.id, by_title.id) AS joined_id
    FROM community_items AS item
    LEFT JOIN videos AS by_id ON by_id.id = item.video_id
    LEFT JOIN videos AS by_title ON by_title.id = item.joined
    WHERE item.source = ? ORDER BY item.people DESC, item.position
"""
_COUNTS = f"SELECT count(*), count(joined_id) FROM ({_ITEMS})"  # noqa: S608


class CommunityRow(NamedTuple):
    """One import of other people's ratings, in numbers."""

    name: str
    kind: CommunityKind
    people: int
    ratings: int
    items: int
    joined: int
    """Of the items, how many the library has."""
    imported_at: datetime
    method: str
    """How it was learned, for people to read."""


class CommunityRatings(Videos):
    """The part of the library that keeps what other people's ratings say.

    Nothing of it is the person's own doing, and all of it can be imported again.
    """

    def put_community(self, name: str, learned: Learned, items: Sequence[RatedItem]) -> None:
        """Store what was learned, in place of what an import of that name brought before.

        Args:
            name: by which it is replaced and removed.
            learned: what the ratings say.
            items: what its keys are, in their order.
        """
        rows = [
            {
                "position": place,
                **item._asdict(),
                "people": int(count),
                "mean_rating": None if math.isnan(mean) else float(mean),
            }
            for place, (item, count, mean) in enumerate(
                zip(items, learned.counts, learned.means, strict=True)
            )
        ]
        source = {
            "name": name,
            "kind": learned.kind,
            "people": learned.people,
            "ratings": learned.ratings,
            "imported_at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "method": learned.method,
            "weights": learned.weights.to_bytes(),
        }
        self.put_community_rows(source, rows)

    def put_community_rows(
        self, source: Mapping[str, Any], items: Iterable[Mapping[str, Any]]
    ) -> None:
        """Store an import as its rows, which are sound: see `store.library.rows`."""
        name = source["name"]
        with self._transaction() as connection:
            _remove(connection, name)
            connection.execute(
                "INSERT INTO community_sources"
                " (name, kind, people, ratings, imported_at, method, weights) VALUES"
                " (:name, :kind, :people, :ratings, :imported_at, :method, :weights)",
                dict(source),
            )
            connection.executemany(
                "INSERT INTO community_items"
                " (source, position, video_id, title, year, people, mean_rating) VALUES"
                " (:source, :position, :video_id, :title, :year, :people, :mean_rating)",
                ({**item, "source": name} for item in items),
            )

    def remove_community(self, name: str) -> bool:
        """Remove an import of other people's ratings; whether there was one of that name."""
        with self._transaction() as connection:
            return _remove(connection, name)

    def community_rows(self) -> list[CommunityRow]:
        """What was imported, in the order of the names."""
        from store.community import CommunityKind

        self._join_by_title()
        rows = self._connection.execute(
            "SELECT name, kind, people, ratings, imported_at, method"
            " FROM community_sources ORDER BY name"
        ).fetchall()
        with self._decoding("community_sources"):
            return [
                CommunityRow(
                    name,
                    CommunityKind(kind),
                    people,
                    ratings,
                    *self._counted(name),
                    datetime.fromisoformat(at),
                    method,
                )
                for name, kind, people, ratings, at, method in rows
            ]

    def _counted(self, name: str) -> tuple[int, int]:
        """How many items an import brought, and how many of them the library has."""
        items, joined = self._connection.execute(_COUNTS, (name,)).fetchone()
        return items, joined

    def community_version(self) -> tuple[str, ...]:
        """Changes when `community` would be another: cheap to ask. Empty where there is none."""
        rows = self._connection.execute("SELECT name, imported_at FROM community_sources")
        stamps = [f"{name} {at}" for name, at in rows]
        return (str(self.data_version()), *stamps) if stamps else ()

    def community(self) -> Community:
        """What other people's ratings say of the videos here; without sources if there are none."""
        if not self._connection.execute("SELECT 1 FROM community_sources LIMIT 1").fetchone():
            from store.community.community import Community

            return Community(())
        from store.community import Community

        self._join_by_title()
        rows = self._connection.execute(
            "SELECT name, kind, people, weights FROM community_sources ORDER BY name"
        ).fetchall()
        videos = self.count()
        with self._decoding("community_sources"):
            return Community(
                tuple(
                    self._source(name, kind, people, weights, videos)
                    for name, kind, people, weights in rows
                )
            )

    def _source(
        self, name: str, kind: str, people: int, weights: bytes, videos: int
    ) -> CommunitySource:
        import numpy as np

        from store.community import CommunityKind, CommunitySource, Weights

        unpacked = Weights.from_bytes(weights)
        counts = np.zeros(unpacked.items, np.int64)
        positions: dict[str, int] = {}
        for position, count, video_id in self._connection.execute(_ITEMS, (name,)):
            if position >= unpacked.items:  # more than was learned of
                continue
            counts[position] = count
            if video_id is not None:  # of two items that are one video, what more people rated
                positions.setdefault(video_id, position)
        return CommunitySource(
            name, CommunityKind(kind), people, counts, unpacked, videos, positions
        )

    def _join_by_title(self) -> None:
        """Find items whose id no video has by their titles, if videos have come since last time.

        What was found is noted, for it takes a moment. Where it cannot be, for the library can be
        read only or another process writes, the note of the time before has to do.
        """
        revision = self.data_version()
        stale = [
            name
            for (name,) in self._connection.execute(
                "SELECT name FROM community_sources WHERE joined_at IS NOT ?", (revision,)
            )
        ]
        if not stale or self.read_only:
            return
        found = {name: self._found_by_title(name) for name in stale}
        with suppress(StoreError), self._transaction() as connection:
            for name, videos in found.items():
                connection.execute(
                    "UPDATE community_items SET joined = NULL"
                    " WHERE source = ? AND joined IS NOT NULL",
                    (name,),
                )
                connection.executemany(
                    "UPDATE community_items SET joined = ? WHERE source = ? AND position = ?",
                    [(video_id, name, position) for position, video_id in videos.items()],
                )
                connection.execute(
                    "UPDATE community_sources SET joined_at = ? WHERE name = ?", (revision, name)
                )

    def _found_by_title(self, name: str) -> dict[int, str]:
        from store.community import RatedItem, joined_by_title

        rows = self._connection.execute(
            "SELECT position, video_id, title, year FROM community_items"
            " WHERE source = ? AND NOT EXISTS (SELECT 1 FROM videos WHERE id = video_id)",
            (name,),
        )
        items = [(position, RatedItem(*values)) for position, *values in rows]
        return joined_by_title(items, self.titles()) if items else {}


def _remove(connection: Connection, name: str) -> bool:
    connection.execute("DELETE FROM community_items WHERE source = ?", (name,))
    return bool(
        connection.execute("DELETE FROM community_sources WHERE name = ?", (name,)).rowcount
    )
