"""The one place where what SQLite says becomes what a person reads."""

from __future__ import annotations

import errno
import functools
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

from assistant.errors import LibraryDamagedError, StoreError

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", "Cursor", "Connection")

WAIT_FOR_OTHERS_S = 30.0
"""How long a write waits for another process's before it gives up."""
_ROWS_AT_ONCE = 500
"""Rows are fetched so many at a time, so that watching for errors costs next to nothing a row."""
PRIMARY_CODE = 0xFF
"""The bits of an error code that say of what sort it is."""


class DiskFullError(StoreError):
    """There is no room for what is to be written."""


def suspect_file(path: Path) -> Path:
    """Is there when something in the library at `path` could not be right: look before use."""
    return path.with_suffix(".suspect")


def damaged(path: Path, what: str) -> LibraryDamagedError:
    """The error to raise for damage, noted so that the next opening looks thoroughly."""
    log.warning("the library is damaged: %s", what)
    try:
        os.close(os.open(suspect_file(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        log.warning("that cannot be noted: %s", error)
    return LibraryDamagedError(
        "The library is damaged.",
        f"{path}: {what}",
        "Start Matinee again: it keeps what can be read, and takes the rest from its snapshots.",
    )


def full(path: Path) -> DiskFullError:
    """The error for a disk without room."""
    return DiskFullError(
        "The disk is full.",
        f"There is no room left in {path.parent}.",
        "Free some space; the same command then goes on.",
    )


def in_the_way(error: OSError, path: Path, title: str, hint: str) -> StoreError:
    """What a person is told when the operating system does not let us: `title`, unless it is full.

    Args:
        error: what it said.
        path: the library file.
        title: what cannot be done.
        hint: what to do about it.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(path)
    return StoreError(title, f"{error.filename or path}: {error.strerror or error}.", hint)


def read_only(path: Path) -> StoreError:
    """The error for a write to what may only be read."""
    return StoreError(
        "The library is read-only.",
        str(path),
        "Make the file and its folder writable, or give another folder with --data-dir.",
    )


def moved(path: Path) -> StoreError:
    """The error for a write to a file that nobody would find again."""
    return StoreError(
        "The library was moved or removed while it was open.",
        str(path),
        "Put it back where it was, or start Matinee again.",
    )


def told(error: sqlite3.Error, path: Path) -> StoreError:
    """What a person is told of an error of SQLite's."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    match code and code & PRIMARY_CODE:
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _no_room(path):
            return full(path)  # as the files look that SQLite makes for itself
        case sqlite3.SQLITE_READONLY:
            return read_only(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return StoreError(
                "The library cannot be written to.",
                f"{path}: {error}",
                "If another Matinee is busy with it, try again when it is done.",
            )
        case None:  # it would quote the text
            return damaged(path, "a text is not UTF-8")
        case (
            sqlite3.SQLITE_CORRUPT
            | sqlite3.SQLITE_NOTADB
            | sqlite3.SQLITE_FORMAT
            # All statements are fixed: one that SQLite does not accept speaks of a changed schema,
            # or of JSON in a row that does not parse.
            | sqlite3.SQLITE_ERROR
        ):
            return damaged(path, str(error))
    return StoreError(
        "The library cannot be read or written.",
        f"{path}: {error}",
        "Check that the folder is still there and the disk is well, then try again.",
    )


def _no_room(path: Path) -> bool:
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < 64 * 1024


def _telling(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """`method`, with SQLite's errors told. A violated constraint is for the caller to judge."""

    @functools.wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.DatabaseError as error:
            raise told(error, self.path) from error

    return call


class Cursor(sqlite3.Cursor):
    """A cursor whose errors are those that people read."""

    @property
    def path(self) -> Path:
        """The library file."""
        connection = self.connection
        assert isinstance(connection, Connection)  # noqa: S101
        return connection.path

    @_telling
    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run one statement."""
        return super().execute(sql, parameters)

    @_telling
    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        """Run one statement for each of many rows."""
        return super().executemany(sql, parameters)

    @_telling
    def fetchone(self) -> Any:
        """The next row; None when there is none."""
        return super().fetchone()

    @_telling
    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """The next rows, at most `size`."""
        return super().fetchmany(size)

    @_telling
    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return super().fetchall()

    @_telling
    def __next__(self) -> Any:
        return super().__next__()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]  # by batches, see above
        while rows := self.fetchmany(_ROWS_AT_ONCE):
            yield from rows


class Connection(sqlite3.Connection):
    """A connection to a library file whose errors are those that people read."""

    path: Path

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[Cursor] = WeakSet()

    @classmethod
    def to(cls, path: Path, uri: str | None = None) -> Connection:
        """Connect to the file at `path`, through `uri` where more is to be said of it.

        Raises:
            StoreError: SQLite cannot open it.
        """
        try:
            connection = sqlite3.connect(
                uri or str(path),
                timeout=WAIT_FOR_OTHERS_S,
                isolation_level=None,
                factory=cls,
                uri=uri is not None,
            )
        except sqlite3.DatabaseError as error:
            raise told(error, path) from error
        connection.path = path
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        return connection

    def cursor(self, factory: type[Cursor] = Cursor) -> Cursor:  # type: ignore[override]
        """A new cursor."""
        cursor = super().cursor(factory)
        self._cursors.add(cursor)
        return cursor

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run one statement."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        """Run one statement for each of many rows."""
        return self.cursor().executemany(sql, parameters)

    def close(self) -> None:
        """Close the file, now.

        SQLite keeps it open for as long as there is a cursor, and be it in the traceback of an
        error. Closed that late, it would remove the log of whatever is at the path by then.
        """
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()
        super().close()

    @_telling
    def backup(self, *args: Any, **kwargs: Any) -> None:
        """Copy the whole database into another one, consistently."""
        super().backup(*args, **kwargs)
