"""A library that may be anybody's: looked at before it is opened, and read with limits.

Its tables must be what our migrations make of that version, and nothing else: no triggers, no
views, no columns that compute. What the rows say is judged one by one, by `Gate`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from assistant.errors import StoreError
from assistant.types import Interaction, InterestSetting, Preference, Turn, Video
from store.backup.manifest import Counts, NoBackupError
from store.library import migrations
from store.library.format import HEAD_BYTES, Head

LONGEST_VALUE = 16 * 1024 * 1024
"""The most bytes that a value may have. A long turn has a hundred thousand."""
_BOOKKEEPING = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}
_COUNTED = {
    "videos": "videos",
    "signals": "interactions",
    "sessions": "sessions",
    "preferences": "preferences",
}


class Gate(Protocol):
    """Judges and cleans what comes from elsewhere, as everything is cleaned that enters.

    Each method returns the value that may enter, and raises `ValueError` where there is none.
    """

    def video(self, video: Video) -> Video:
        """A video with clean texts and a link that is safe to open."""

    def interaction(self, interaction: Interaction) -> Interaction:
        """A signal with a proper id and moment."""

    def turn(self, turn: Turn) -> Turn:
        """A turn with clean texts, and clean videos in it."""

    def session_title(self, title: str) -> str:
        """A clean title of a session; empty where nothing is left of it."""

    def preference(self, preference: Preference) -> Preference:
        """Something to be remembered, with clean texts and a moment that can have been."""

    def interest_setting(self, setting: InterestSetting) -> InterestSetting:
        """What is set for an interest, under a clean name and at a moment that can have been."""


class ForeignLibrary:
    """The unpacked library of a backup. Every error of SQLite's says that the backup is none."""

    def __init__(self, connection: sqlite3.Connection, backup: Path) -> None:
        self._connection = connection
        self._backup = backup

    @classmethod
    def open(cls, path: Path, backup: Path) -> Self:
        """Check the file at `path`, bring it to the newest version, and open it.

        Args:
            path: where it was unpacked; it is changed.
            backup: what people know it as.

        Raises:
            NoBackupError: it is no library, or a damaged one, or it holds more than one.
            StoreError: it is of a newer version.
        """
        _look(path, backup)
        with _errors_of(backup):
            with closing(_connect(path)) as connection:
                _check(connection, path, backup)
                is_older = migrations.version(connection) < migrations.latest()
            if is_older:
                migrations.upgrade(path)
            return cls(_connect(path), backup)

    def close(self) -> None:
        """Close the file."""
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

    def counts(self) -> Counts:
        """How much it holds."""
        return counts_of(self._connection)

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            NoBackupError: they cannot be read, or a value is longer than `LONGEST_VALUE`.
        """
        with _errors_of(self._backup):
            yield from self._connection.execute(sql)


def counts_of(connection: sqlite3.Connection) -> Counts:
    """How much an open library holds."""
    return Counts.model_validate(
        {
            name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for name, table in _COUNTED.items()
        }
    )


def _look(path: Path, backup: Path) -> None:
    """Look at the file before SQLite does."""
    with path.open("rb") as file:
        head = Head.of(file.read(HEAD_BYTES))
    if head is None or head.pages * head.page_size != path.stat().st_size or head.version < 1:
        raise NoBackupError(backup, "what is in it is no library")
    if head.version > migrations.latest():
        raise StoreError(
            "The backup was made by a newer Matinee.",
            f"{backup}: a library of version {head.version}; "
            f"this program knows {migrations.latest()}.",
            "Upgrade Matinee, then restore it.",
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _check(connection: sqlite3.Connection, path: Path, backup: Path) -> None:
    """Refuse other tables than ours first: the rest of SQLite's checks reads through them."""
    pristine = path.with_name("pristine.db")
    migrations.create(pristine, up_to=migrations.version(connection))
    with closing(sqlite3.connect(pristine)) as ours:
        if _schema(connection) != _schema(ours):
            raise NoBackupError(backup, "its tables are not those of a library")
    [answer] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise NoBackupError(backup, "the library in it is damaged")


def _schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Every table, index, view and trigger; SQLite's own bookkeeping aside."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {row for row in rows if not (row[0] == "table" and row[1] in _BOOKKEEPING)}


@contextmanager
def _errors_of(backup: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise NoBackupError(backup, f"the library in it cannot be read ({error})") from error
