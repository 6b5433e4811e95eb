"""A library in a place that cannot be written to, opened for reading."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from assistant.errors import StoreError
from store.library import migrations
from store.library.checks import check
from store.library.connection import Connection
from store.library.replace import sibling


def connect_read_only(path: Path) -> Connection:
    """Connect to a library in a place that cannot be written to.

    Raises:
        StoreError: it is of an older version, which cannot be upgraded there.
    """
    connection = _read_only_connection(path)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        check(connection)
        if (found := migrations.version(connection)) < migrations.latest():
            raise StoreError(
                "The library is of an older version, and read-only.",
                f"{path}: version {found}; this program works with {migrations.latest()}.",
                "Make the file and its folder writable, so that it can be upgraded.",
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _read_only_connection(path: Path) -> Connection:
    uri = f"{path.as_uri()}?mode=ro"
    log = sibling(path, "-wal")
    if not (log.exists() and log.stat().st_size):
        # Nobody is writing, and SQLite need not try to make the files with which it would watch.
        return Connection.to(path, f"{uri}&immutable=1")
    if sibling(path, "-shm").exists():  # somebody who may write has it open
        connection = Connection.to(path, uri)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except StoreError:
            connection.close()
        else:
            return connection
    return _copy_opened(path)


def _copy_opened(path: Path) -> Connection:
    """A copy of the file and of the log that somebody left, for SQLite to put together.

    Ignoring the log would be to ignore what was acknowledged. The copy's names are gone at once,
    so that nothing of it stays behind, however this process ends.
    """
    with tempfile.TemporaryDirectory(prefix="matinee-") as folder:
        copy = Path(folder) / path.name
        for end in ("", "-wal"):
            shutil.copyfile(sibling(path, end), sibling(copy, end))
        connection = Connection.to(copy)
        connection.path = path
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # needs no shared file
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    connection.execute("PRAGMA query_only = ON")
    return connection
