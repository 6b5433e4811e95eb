"""The SQLite file itself: opening, migrating, transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import StoreError

WAIT_FOR_OTHERS_S = 30.0
"""How long a write waits for another process's before it gives up."""


class Database:
    """An open library file. The parts of `Library` build on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library at `path`, creating or upgrading it as needed.

        A new file can be read by its owner alone, and so can a new folder.

        Raises:
            StoreError: it cannot be created or read, is no library, or is of a newer version.
        """
        try:
            return cls(_connect(path))
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                "The library cannot be opened.",
                f"{path}: {error}",
                "Check that the folder can be written to, or give another one with --data-dir.",
            ) from error

    def close(self) -> None:
        """Close the file. The library must not be used afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def data_version(self) -> int:
        """A number that grows whenever any process changes videos, keywords or vectors."""
        return int(self._connection.execute("SELECT revision FROM state").fetchone()[0])

    def identity(self) -> str:
        """Tells this library from every other, also from one made later at the same path."""
        return str(self._connection.execute("SELECT identity FROM state").fetchone()[0])

    def _next_revision(self) -> int:
        """Count one change. Inside a transaction only."""
        [(value,)] = self._connection.execute(
            "UPDATE state SET revision = revision + 1 RETURNING revision"
        ).fetchall()
        return int(value)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, also on Ctrl-C.

        Takes the write lock at once, so that it cannot fail halfway because another wrote first.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back()
            raise StoreError(
                "The library cannot be written to.",
                str(error),
                "If another Matinee is busy with it, try again when it is done.",
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite's own files take its mode
    connection = sqlite3.connect(path, timeout=WAIT_FOR_OTHERS_S, isolation_level=None)
    try:
        # `synchronous` stays at FULL: a like survives a power cut, and a bulk import commits
        # so seldom that the syncs do not show.
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest version, each step in a transaction of its own."""
    steps = sorted(
        (
            entry
            for entry in resources.files("store").joinpath("migrations").iterdir()
            if entry.name.endswith(".sql")
        ),
        key=lambda entry: entry.name,
    )
    found = _version(connection)
    if found > len(steps):
        raise StoreError(
            "The library was made by a newer Matinee.",
            f"{path}: version {found}; this program knows {len(steps)}.",
            "Upgrade Matinee, or give another folder with --data-dir.",
        )
    if found == len(steps):
        return
    connection.execute("PRAGMA journal_mode = WAL")  # kept in the file from then on
    for number, step in enumerate(steps, start=1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) < number:  # another process may have been quicker
                for statement in _statements(step.read_text("utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit between them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
