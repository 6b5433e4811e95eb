"""What a snapshot holds of a library, and whether that has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from assistant.errors import StoreError
from store.library import migrations
from store.library.connection import damaged, told
from store.library.database import Database
from store.library.rows import check
from store.library.tables import Table, persons_tables, tables
from store.snapshots.files import Kind

_BIG_CHANGE = 0.1
"""The share of the videos that, when they changed, are worth a snapshot at once."""
_BIG_CHANGE_LEAST = 100
_CHANGED_BY = {"preferences": "at", "own_tags": "at", "removed_videos": "at"}
"""Of tables whose rows change, the column that grows; where they only come and go, the key does."""


def state(kind: Kind, library: Database) -> str:
    """What changes when the tables of this kind do, in hexadecimal; empty when they are empty."""
    [(videos,)] = library._connection.execute("SELECT count(*) FROM videos").fetchall()
    if kind == "videos":
        return f"{library.data_version():x}" if videos else ""
    counts = [
        library._connection.execute(
            f"SELECT count(*), {_told_by(table)} FROM {table.name}"  # noqa: S608
        ).fetchone()
        for table in persons_tables(library._connection)
    ]
    if not any(count for count, _ in counts):
        return ""
    return blake2b(repr(counts).encode(), digest_size=6).hexdigest()


def _told_by(table: Table) -> str:
    """What is another value when rows of a table come, go or change. It may be an older one."""
    if table.name == "sessions" and "title" in table.columns:
        return "max(id) || coalesce(group_concat(title), '')"
    return f"max({_CHANGED_BY.get(table.name, table.key[0])})"


def changed_much(library: Database, revision: int) -> bool:
    """Whether many videos came or changed after `revision`."""
    [(changed, count)] = library._connection.execute(
        "SELECT count(*) FILTER (WHERE changed > ?), count(*) FROM videos", (revision,)
    ).fetchall()
    return bool(changed >= max(_BIG_CHANGE_LEAST, _BIG_CHANGE * count))


def copy_of(kind: Kind, library: Database, target: Path) -> None:
    """Copy the tables of a kind into a new library file of the same version, and check both.

    Args:
        kind: which tables.
        library: where they are read, all at one moment if the caller sees to that.
        target: the file to make.

    Raises:
        LibraryDamagedError: a page or a row of the library is not right.
        StoreError: there is no room, or what was written is not what is read.
    """
    version = migrations.version(library._connection)
    migrations.create(target, version)
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # it is checked, and thrown away
            copy.execute("BEGIN")
            for table in _tables(kind, library):
                copy.executemany(table.insert(), _rows(library, table, version))
            copy.execute("COMMIT")
            [(answer,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.Error as error:
        raise told(error, target) from error
    if answer != "ok":
        raise StoreError("No snapshot can be taken.", f"{target}: {answer}", "Check the disk.")


def _rows(library: Database, table: Table, version: int) -> Iterator[Sequence[object]]:
    """The rows of a table of which every page and, where its meaning is known, every row is right.

    Raises:
        LibraryDamagedError: something is not.
    """
    [(answer,)] = library._connection.execute(f"PRAGMA integrity_check('{table.name}')").fetchmany(
        1
    )
    if answer != "ok":
        raise damaged(library.path, answer)
    for row in library._connection.execute(table.select):
        if version == migrations.latest():
            with library._decoding(table.name):
                check(table.name, dict(zip(table.columns, row, strict=True)))
        yield row


def _tables(kind: Kind, library: Database) -> list[Table]:
    connection = library._connection
    return persons_tables(connection) if kind == "history" else [tables(connection)["videos"]]
