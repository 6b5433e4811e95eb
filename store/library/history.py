"""What the person did with videos, one signal at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from assistant.types import Interaction, Signal
from store.library.database import Database
from store.library.moments import utc_text

_ADD = (
    "INSERT INTO interactions (video_id, signal, at, rating, strength) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (video_id, signal, at)"
    " DO UPDATE SET rating = excluded.rating, strength = excluded.strength"
    " RETURNING row"
)


class History(Database):
    """The part of the library that holds interactions."""

    def add_interaction(self, interaction: Interaction) -> int:
        """Store one signal and return its row, by which it can be taken back.

        The same signal on the same video at the same moment is one: the later rating counts.
        """
        with self._transaction() as connection:
            return _add(connection, interaction)

    def add_interactions(self, interactions: Iterable[Interaction]) -> int:
        """Store signals in one transaction and return how many were new."""
        with self._transaction() as connection:
            before = _count(connection)
            for interaction in interactions:
                _add(connection, interaction)
            return _count(connection) - before

    def remove_interaction(self, row_id: int) -> None:
        """Take back the signal that `add_interaction` returned the row of."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM interactions WHERE row = ?", (row_id,))

    def interactions(self) -> list[Interaction]:
        """Every signal, the oldest first, with moments in UTC."""
        return self._read("")

    def signals_on(self, video_ids: Iterable[str]) -> list[Interaction]:
        """The signals on some videos, the oldest first, with moments in UTC."""
        where = "WHERE video_id IN (SELECT value FROM json_each(?))"
        return self._read(where, json.dumps([*video_ids]))

    def _read(self, where: str, *values: str) -> list[Interaction]:
        names = ("video_id", "signal", "at", "rating", "strength")
        sql = f"SELECT {', '.join(names)} FROM interactions {where} ORDER BY at, row"  # noqa: S608
        with self._decoding("interactions"):
            return [
                Interaction.model_validate(dict(zip(names, row, strict=True)))
                for row in self._connection.execute(sql, values)
            ]

    def signal_count(self) -> int:
        """How many signals there are, what was only shown left out."""
        [(count,)] = self._connection.execute(
            "SELECT count(*) FROM interactions WHERE signal <> ?", (Signal.SHOWN,)
        ).fetchall()
        return int(count)


def _add(connection: sqlite3.Connection, interaction: Interaction) -> int:
    [(row,)] = connection.execute(
        _ADD,
        (
            interaction.video_id,
            interaction.signal,
            utc_text(interaction.at),
            interaction.rating,
            interaction.strength,
        ),
    ).fetchall()
    return int(row)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM interactions").fetchone()[0])
