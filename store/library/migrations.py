"""From whatever version a library file is of to the newest one, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path

from assistant.errors import StoreError
from store import durable
from store.library.connection import PRIMARY_CODE, WAIT_FOR_OTHERS_S, told
from store.library.replace import SIBLINGS, sibling


@cache
def steps() -> tuple[str, ...]:
    """The scripts, the first first: version n is what the first n of them make."""
    files = sorted(
        (
            entry
            for entry in resources.files("store").joinpath("migrations").iterdir()
            if entry.name.endswith(".sql")
        ),
        key=lambda entry: entry.name,
    )
    return tuple(file.read_text("utf-8") for file in files)


def latest() -> int:
    """The version that this program works with."""
    return len(steps())


def version(connection: sqlite3.Connection) -> int:
    """The version of an open file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(path: Path) -> None:
    """Bring the library file at `path` to the newest version; when that fails, it is as it was.

    Raises:
        StoreError: it fails.
    """
    _migrate(path, path, steps())


def create(path: Path, up_to: int | None = None) -> None:
    """Make an empty library at `path`, whole from its first moment. Within `alone` only.

    Args:
        path: where nothing is.
        up_to: the version, where it is not the newest.
    """
    making = path.with_name(f"{path.name}.making")
    for file in (making, *(sibling(making, end) for end in SIBLINGS)):
        file.unlink(missing_ok=True)  # left by one who was killed here
    making.touch(durable.PRIVATE_FILE)  # SQLite's own files take its mode
    _migrate(making, path, steps()[:up_to])
    durable.rename(making, path)


def _migrate(file: Path, path: Path, scripts: Sequence[str]) -> None:
    """Bring `file`, which is or will be the library at `path`, to what `scripts` make."""
    try:
        _run(file, scripts)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE
        if code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT):
            raise told(error, path) from error
        raise StoreError(
            "The library cannot be made or upgraded.",
            f"{path}: {error}",
            "It is as it was: the Matinee that you used before still opens it.",
        ) from error


def _run(file: Path, scripts: Sequence[str]) -> None:
    with closing(sqlite3.connect(file, WAIT_FOR_OTHERS_S, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # kept in the file from then on
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        try:
            for script in scripts[version(connection) :]:  # another process may have been quicker
                for statement in _statements(script):
                    connection.execute(statement)
            # Not enforced on the way, so that a step can make a table anew.
            if loose := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise sqlite3.IntegrityError(f"{len(loose)} rows refer to what is not there")
            if version(connection) < len(scripts):
                connection.execute(f"PRAGMA user_version = {len(scripts)}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit between them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    yield statement  # what a script ends with, be it a comment
