"""The sessions in which the person asked: kept turn by turn, titled, listed, found, removed."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.errors import StoreError
from assistant.types import Intent, Signal, Turn
from store.library.database import Database
from store.library.moments import utc_text
from store.text import folded, tokens

_NO_REQUESTS = (Intent.CHAT, Intent.HELP, Intent.OFF_TOPIC)
"""What a session is not named after, unless nothing else was said in it."""

_DERIVED = """
    UPDATE turns SET
        intent = turn ->> '$.request.intent',
        language = turn ->> '$.request.language',
        message = turn ->> '$.message',
        shown = (
            SELECT json_group_array(value ->> '$.video.id') FROM json_each(turn, '$.picks')
        ),
        told = (turn ->> '$.answer') || char(10) || (turn ->> '$.summary') || char(10) || coalesce(
            (
                SELECT group_concat(
                    (value ->> '$.video.title') || char(10)
                    || (value ->> '$.video.other_titles') || char(10)
                    || (value ->> '$.sentence'),
                    char(10)
                )
                FROM json_each(turn, '$.picks')
            ),
            ''
        )
"""
"""What sessions are listed and searched by, read out of their turns."""

_PAGE = """
    WITH page AS (
        SELECT id, started_at, title, coalesce(
            (SELECT at FROM turns WHERE session_id = id ORDER BY row DESC LIMIT 1), started_at
        ) AS last_at
        FROM sessions WHERE {where} ORDER BY last_at DESC, id LIMIT :limit OFFSET :offset
    )
    SELECT
        page.id, page.started_at, last_at, page.title, first.message, first.language,
        (SELECT count(*) FROM turns WHERE session_id = page.id),
        (
            SELECT count(DISTINCT video_id) FROM interactions
            WHERE signal = :liked AND at >= page.started_at AND video_id IN (
                SELECT value FROM turns, json_each(shown) WHERE session_id = page.id
            )
        )
    FROM page LEFT JOIN turns AS first ON first.row = coalesce(
        (
            SELECT row FROM turns WHERE session_id = page.id
            AND intent NOT IN ({no_requests}) AND message NOT LIKE '/%' ORDER BY row LIMIT 1
        ),
        (SELECT min(row) FROM turns WHERE session_id = page.id)
    )
    ORDER BY last_at DESC, page.id
"""
_HAS_TURNS = "EXISTS (SELECT 1 FROM turns WHERE session_id = id)"
_NO_SUCH = "There is no such session."


class SessionRow(NamedTuple):
    """A session as it is listed."""

    id: str
    started_at: datetime
    last_at: datetime
    """When its last turn ended; when it started, where nobody noted that."""
    name: str | None
    """The title that the person gave it."""
    request: str
    """The first thing that was asked for in it, whole; empty when nothing was asked."""
    language: str
    """Of the request."""
    turns: int
    liked: int
    """How many of its picks the person said they like, since it began."""

    @property
    def title(self) -> str:
        """What it goes by, of any length."""
        return self.name or self.request


class KeptTurn(NamedTuple):
    """A turn as it is kept."""

    row: int
    """Its place among all turns: later ones have greater numbers."""
    at: datetime | None
    """When it ended, where that was noted."""
    turn: Turn


class Sessions(Database):
    """The part of the library that holds sessions and their turns."""

    def start_session(self) -> str:
        """Begin a session and return its id: eight hexadecimal digits."""
        id_ = secrets.token_hex(4)
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO sessions (id, started_at) VALUES (?, ?)",
                (id_, utc_text(datetime.now(UTC))),
            )
        return id_

    def add_turn(self, session_id: str, turn: Turn, at: datetime | None = None) -> None:
        """Append a turn to a session.

        Args:
            session_id: of the session.
            turn: the next one.
            at: when it ended; now by default.

        Raises:
            StoreError: there is no such session.
        """
        try:
            with self._transaction() as connection:
                insert_turn(connection, session_id, turn, at or datetime.now(UTC))
        except sqlite3.IntegrityError as error:
            raise StoreError(_NO_SUCH, session_id) from error

    # --- one session ---------------------------------------------------------------------------

    def turns(self, session_id: str) -> list[Turn]:
        """The turns of a session, the first first; none for a session that does not exist."""
        return [kept.turn for kept in self.last_turns(session_id)]

    def last_turns(
        self, session_id: str, limit: int | None = None, *, before: int | None = None
    ) -> list[KeptTurn]:
        """The last turns of a session, the first of them first.

        Args:
            session_id: of the session; one that does not exist has none.
            limit: so many at most; all by default.
            before: only turns before the one of this row.
        """
        rows = self._connection.execute(
            "SELECT row, at, turn FROM turns WHERE session_id = ? AND row < coalesce(?, row + 1)"
            " ORDER BY row DESC LIMIT ?",
            (session_id, before, -1 if limit is None else limit),
        )
        with self._decoding("turns"):
            newest_first = [
                KeptTurn(row, _moment(at), Turn.model_validate_json(turn)) for row, at, turn in rows
            ]
        return newest_first[::-1]

    def shown_in(self, session_id: str, *, before: int | None = None) -> tuple[str, ...]:
        """The ids of the picks of a session in their order, each once.

        Args:
            session_id: of the session.
            before: only of turns before the one of this row.
        """
        ids = self._connection.execute(
            "SELECT value FROM turns, json_each(shown)"
            " WHERE session_id = ? AND row < coalesce(?, row + 1) ORDER BY row, key",
            (session_id, before),
        )
        return tuple(dict.fromkeys(id_ for (id_,) in ids))

    def session(self, session_id: str) -> SessionRow | None:
        """A session as it is listed; None when there is none of this id."""
        return next(iter(self._page("id = :id", 1, 0, id=session_id)), None)

    def has_session(self, session_id: str) -> bool:
        """Whether there is a session of this id, be it an empty one."""
        found = self._connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,))
        return found.fetchone() is not None

    def session_ids(self, beginning: str) -> list[str]:
        """The ids that begin like this, of sessions in which something was asked."""
        rows = self._connection.execute(
            f"SELECT id FROM sessions WHERE substr(id, 1, ?) = ? AND {_HAS_TURNS} ORDER BY id",  # noqa: S608
            (len(beginning), beginning),
        )
        return [id_ for (id_,) in rows]

    def rename_session(self, session_id: str, title: str | None) -> None:
        """Give a session a title, or take it away: then it goes by its first request.

        Raises:
            StoreError: there is no such session.
        """
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE sessions SET title = ? WHERE id = ?", (title or None, session_id)
            )
            if changed.rowcount != 1:
                raise StoreError(_NO_SUCH, session_id)

    def remove_session(self, session_id: str) -> None:
        """Remove a session with its turns; what was done with videos stays.

        Raises:
            StoreError: there is no such session.
        """
        with self._transaction() as connection:
            if connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,)).rowcount != 1:
                raise StoreError(_NO_SUCH, session_id)

    # --- all of them ---------------------------------------------------------------------------

    def session_count(self) -> int:
        """How many sessions there are in which something was asked."""
        [(count,)] = self._connection.execute(
            f"SELECT count(*) FROM sessions WHERE {_HAS_TURNS}"  # noqa: S608
        ).fetchall()
        return int(count)

    def sessions(self) -> list[SessionRow]:
        """Every session, the one with the newest turn first."""
        return self._page("TRUE", -1, 0)

    def find_sessions(
        self, words: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[SessionRow]:
        """Sessions in which something was asked, the one with the newest turn first.

        Args:
            words: all of them must come up, whole or as the beginning, middle or end of others, in
                its title, messages, answers, or the titles of its picks. Case and accents do not
                matter, and Chinese is cut into words.
            limit: the most sessions.
            offset: how many to skip.
        """
        where, ids = _HAS_TURNS, ""
        if wanted := [folded(word) for word in tokens(words)]:
            where += " AND id IN (SELECT value FROM json_each(:ids))"
            ids = self._ids_with(wanted)
        return self._page(where, limit, offset, ids=ids)

    def _ids_with(self, wanted: Sequence[str]) -> str:
        """The ids of the sessions in which all of the words come up, as a list in JSON."""
        import json

        missing: dict[str, list[str]] = {}
        for session, text in self._connection.execute(
            "SELECT id, title FROM sessions WHERE title IS NOT NULL UNION ALL"
            " SELECT session_id, message || char(10) || told FROM turns"
        ):
            if left := missing.setdefault(session, list(wanted)):
                text = folded(text or "")
                missing[session] = [word for word in left if word not in text]
        return json.dumps([session for session, left in missing.items() if not left])

    def _page(self, where: str, limit: int, offset: int, **values: str) -> list[SessionRow]:
        sql = _PAGE.format(where=where, no_requests=", ".join(f"'{one}'" for one in _NO_REQUESTS))
        rows = self._connection.execute(
            sql, {"limit": limit, "offset": offset, "liked": Signal.LIKED, **values}
        )
        with self._decoding("sessions"):
            return [
                SessionRow(
                    id_,
                    datetime.fromisoformat(started_at),
                    datetime.fromisoformat(last_at),
                    name,
                    request or "",
                    language or "en",
                    turns,
                    liked,
                )
                for id_, started_at, last_at, name, request, language, turns, liked in rows
            ]


def insert_turn(
    connection: sqlite3.Connection, session_id: str, turn: Turn, at: datetime | None
) -> None:
    """Append a turn to a session, with what it is listed and searched by. Inside a transaction."""
    [(row,)] = connection.execute(
        "INSERT INTO turns (session_id, at, turn) VALUES (?, ?, ?) RETURNING row",
        (session_id, utc_text(at) if at is not None else None, turn.model_dump_json()),
    ).fetchall()
    connection.execute(f"{_DERIVED} WHERE row = ?", (row,))


def derive_all(connection: sqlite3.Connection) -> None:
    """Read anew what sessions are listed and searched by. Inside a transaction."""
    connection.execute(_DERIVED)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None
