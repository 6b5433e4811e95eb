"""Which tables a library has, and what they hold: the person's own doing, or what can be had again.

Asked of the file, so that a table that a later migration adds is among them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from typing import NamedTuple

from store.library import migrations

DERIVED = {
    "state",
    "videos",
    "vectors",
    "removed_vectors",
    "title_likelihoods",
    "community_sources",
    "community_items",
    "trained_models",
    "language_model_gains",
    "sentence_writers",
}
"""What can be imported or computed again. All else is the person's own doing."""


class Table(NamedTuple):
    """An ordinary table."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """The columns of the primary key."""
    number: str | None
    """The column that is the number of the row (INTEGER PRIMARY KEY)."""
    by_key: bool
    """Whether it is kept in the order of its key (WITHOUT ROWID)."""

    def insert(self, columns: Sequence[str] | None = None) -> str:
        """The statement that puts a row in, unless its key or what must be unique is there.

        Args:
            columns: of which it has values; of all when they are not given.
        """
        columns = self.columns if columns is None else columns
        marks = ", ".join("?" * len(columns))
        return f"INSERT OR IGNORE INTO {self.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608

    @property
    def select(self) -> str:
        """The statement that reads all of it, in the order of its key."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name} ORDER BY {self.key[0]}"  # noqa: S608


def tables(connection: sqlite3.Connection) -> dict[str, Table]:
    """The ordinary tables by name: neither those of the full text nor SQLite's own."""
    listed = connection.execute("PRAGMA main.table_list").fetchall()
    return {
        name: _table(connection, name, bool(without_rowid))
        for _, name, kind, _, without_rowid, _ in listed
        if kind == "table" and not name.startswith("sqlite_")
    }


def persons_tables(connection: sqlite3.Connection) -> list[Table]:
    """The tables that hold the person's own doing."""
    return [table for name, table in tables(connection).items() if name not in DERIVED]


@cache
def tables_of_version(version: int) -> dict[str, Table]:
    """The ordinary tables of a library of some version."""
    with closing(_made(version)) as memory:
        return tables(memory)


@cache
def statements_of_version(version: int) -> dict[str, str]:
    """The statements that made these tables, by name."""
    with closing(_made(version)) as memory:
        listed = memory.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {name: sql for name, sql in listed if name in tables_of_version(version)}


def _made(version: int) -> sqlite3.Connection:
    """An empty library of some version."""
    memory = sqlite3.connect(":memory:")
    for script in migrations.steps()[:version]:
        memory.executescript(script)
    return memory


def _table(connection: sqlite3.Connection, name: str, by_key: bool) -> Table:
    columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
    keys = sorted((place, column, kind) for _, column, kind, _, _, place in columns if place)
    numbered = not by_key and len(keys) == 1 and keys[0][2].upper() == "INTEGER"
    return Table(
        name,
        tuple(column for _, column, *_ in columns),
        tuple(column for _, column, _ in keys),
        keys[0][1] if numbered else None,
        by_key,
    )
