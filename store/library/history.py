"""What the person did, and the sessions in which they asked."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.errors import StoreError
from assistant.types import Interaction, Signal, Turn
from store.library.database import Database

_ADD = (
    "INSERT INTO interactions (video_id, signal, at, rating, strength) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (video_id, signal, at)"
    " DO UPDATE SET rating = excluded.rating, strength = excluded.strength"
    " RETURNING row"
)


class SessionRow(NamedTuple):
    """A session as it is listed."""

    id: str
    started_at: datetime
    title: str
    """The first message; empty when nothing was asked."""
    turns: int


class History(Database):
    """The part of the library that holds interactions, sessions and turns."""

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
        names = ("video_id", "signal", "at", "rating", "strength")
        with self._decoding("interactions"):
            return [
                Interaction.model_validate(dict(zip(names, values, strict=True)))
                for values in self._connection.execute(
                    f"SELECT {', '.join(names)} FROM interactions ORDER BY at, row"  # noqa: S608
                )
            ]

    def signal_count(self) -> int:
        """How many signals there are, what was only shown left out."""
        [(count,)] = self._connection.execute(
            "SELECT count(*) FROM interactions WHERE signal <> ?", (Signal.SHOWN,)
        ).fetchall()
        return int(count)

    def start_session(self) -> str:
        """Begin a session and return its id: eight hexadecimal digits."""
        id_ = secrets.token_hex(4)
        with self._transaction() as connection:
            connection.execute("INSERT INTO sessions VALUES (?, ?)", (id_, _utc(datetime.now(UTC))))
        return id_

    def add_turn(self, session_id: str, turn: Turn) -> None:
        """Append a turn to a session.

        Raises:
            StoreError: there is no such session.
        """
        try:
            with self._transaction() as connection:
                connection.execute(
                    "INSERT INTO turns (session_id, turn) VALUES (?, ?)",
                    (session_id, turn.model_dump_json()),
                )
        except sqlite3.IntegrityError as error:
            raise StoreError("There is no such session.", session_id) from error

    def turns(self, session_id: str) -> list[Turn]:
        """The turns of a session, the first first; none for a session that does not exist."""
        with self._decoding("turns"):
            return [
                Turn.model_validate_json(turn)
                for (turn,) in self._connection.execute(
                    "SELECT turn FROM turns WHERE session_id = ? ORDER BY row", (session_id,)
                )
            ]

    def sessions(self) -> list[SessionRow]:
        """Every session, the newest first."""
        rows = self._connection.execute(
            "SELECT id, started_at,"
            " coalesce((SELECT turn ->> '$.message' FROM turns"
            "           WHERE session_id = sessions.id ORDER BY row LIMIT 1), ''),"
            " (SELECT count(*) FROM turns WHERE session_id = sessions.id)"
            " FROM sessions ORDER BY started_at DESC, id"
        )
        with self._decoding("sessions"):
            return [
                SessionRow(id_, datetime.fromisoformat(started_at), title, turns)
                for id_, started_at, title, turns in rows
            ]


def _add(connection: sqlite3.Connection, interaction: Interaction) -> int:
    [(row,)] = connection.execute(
        _ADD,
        (
            interaction.video_id,
            interaction.signal,
            _utc(interaction.at),
            interaction.rating,
            interaction.strength,
        ),
    ).fetchall()
    return int(row)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM interactions").fetchone()[0])


def _utc(moment: datetime) -> str:
    """Of one width, so that it sorts as text. A moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
