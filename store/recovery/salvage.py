"""Every row of a damaged library file that can still be read, and whether those are all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from store.library import migrations
from store.library.pages import LEAF_INDEX, LEAF_TABLE, PageError, Pages, Record, Tree
from store.library.rows import is_known, is_sound
from store.library.tables import Table, statements_of_version, tables_of_version

_SCHEMA_ROOT = 1
_SCHEMA_COLUMNS = 5

Rows = list[dict[str, Any]]


class Found(NamedTuple):
    """What could be read of a table."""

    rows: Rows
    """By the names of their columns, in the order of their numbers."""
    whole: bool
    """Whether nothing is missing."""


class Part(NamedTuple):
    """A table or index, as the schema of the file tells of it."""

    kind: str
    name: str
    table: str
    """The table that it is, or that it is an index of."""
    root: int
    statement: str
    """The one that made it; empty for what SQLite makes by itself."""

    @property
    def partial(self) -> bool:
        """Whether it is an index of some rows alone."""
        return " WHERE " in self.statement


class Salvage:
    """A damaged library file.

    Raises:
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._pages = Pages(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pages.close()

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables that a file of this version has."""
        head = self._pages.head
        version = head.version if head is not None else 0
        if not 0 < version <= migrations.latest():
            version = self._version_by_tables()
        return tables_of_version(version)

    def _version_by_tables(self) -> int:
        """The newest version whose tables are all there, as they were made in it.

        Where none is, as their statements may differ in a blank, the newest whose tables go by
        the same names; the newest of all if some may be lost.
        """
        versions = range(migrations.latest(), 0, -1)
        if not self._pages.tree(_SCHEMA_ROOT, table=True).whole or None in self._parts:
            return versions[0]
        there = {part.name: part.statement for part in self._schema}
        alike = [v for v in versions if statements_of_version(v).items() <= there.items()]
        named = [v for v in versions if tables_of_version(v).keys() <= there.keys()]
        return next(iter((*alike, *named)), versions[0])

    def identity(self) -> str | None:
        """Which library it is; None when that cannot be read."""
        rows = self.read("state").rows
        return str(rows[0]["identity"]) if rows else None

    def read(self, name: str) -> Found:
        """Read a table; rows that say what cannot be are left out.

        What its tree does not lead to is looked for on every page that belongs to nothing else.
        """
        table = self.tables.get(name)
        if table is None:  # older than the table
            return Found([], True)
        rows: dict[Any, dict[str, Any]] = {}
        tree = self._tree(name)
        whole = self._collect(table, tree.holding, rows) and tree.whole
        strays: dict[Any, dict[str, Any]] = {}
        if is_known(name):
            self._collect(table, self._strays, strays)
        if strays.keys() <= rows.keys():
            return Found(list(rows.values()), whole and len(rows) >= self._entries(name))
        rows = {**strays, **rows}
        return Found([rows[key] for key in sorted(rows)], False)

    # --- rows ----------------------------------------------------------------------------------

    def _collect(self, table: Table, pages: list[int], rows: dict[Any, dict[str, Any]]) -> bool:
        """Put the rows of a table that are on `pages` into `rows`, by their keys.

        Returns:
            Whether there was nothing else on them.
        """
        all_of_it = True
        for page in pages:
            for record in self._records(page):
                row = _row(table, record) if record is not None else None
                if row is not None:
                    rows[tuple(row[name] for name in table.key)] = row
                else:
                    all_of_it = False
        return all_of_it

    def _records(self, page: int) -> Iterator[Record | None]:
        try:
            yield from self._pages.records(page)
        except PageError:
            yield None

    # --- trees ---------------------------------------------------------------------------------

    @cached_property
    def _schema(self) -> list[Part]:
        """What there is in the file, as far as that can be read."""
        return [part for part in self._parts if part is not None]

    @cached_property
    def _parts(self) -> list[Part | None]:
        """The rows of the schema; None for each that cannot be read."""
        return [
            _part(record) if record is not None else None
            for page in self._pages.tree(_SCHEMA_ROOT, table=True).holding
            for record in self._records(page)
        ]

    def _tree(self, name: str) -> Tree:
        """The tree of a table; an empty one that is not whole when its root is not known."""
        for part in self._schema:
            if part.kind == "table" and part.name == name:
                return self._pages.tree(part.root, table=not self.tables[name].by_key)
        return Tree(whole=False)

    def _entries(self, name: str) -> int:
        """How many rows the indexes of a table know of: a page can lose some without a trace."""
        return max(
            (
                sum(1 for page in tree.holding for _ in self._records(page))
                for part in self._schema
                if part.kind == "index" and part.table == name and not part.partial
                if (tree := self._pages.tree(part.root, table=False)).whole
            ),
            default=0,
        )

    @cached_property
    def _strays(self) -> list[int]:
        """The pages with rows that neither a tree nor the list of free pages leads to."""
        used = self._pages.free() | self._pages.tree(_SCHEMA_ROOT, table=True).pages
        for part in self._schema:
            if part.root:
                kind = self._pages.kind(part.root)
                used |= self._pages.tree(part.root, table=kind not in (2, LEAF_INDEX)).pages
        return [
            page
            for page in range(1, self._pages.count + 1)
            if page not in used and self._pages.kind(page) in (LEAF_TABLE, LEAF_INDEX)
        ]


def _part(record: Record) -> Part | None:
    """A row of the schema; None when it is none."""
    if len(record.values) != _SCHEMA_COLUMNS:
        return None
    kind, name, table, root, sql = record.values
    if not (isinstance(kind, str) and isinstance(name, str) and isinstance(table, str)):
        return None
    if not isinstance(root, int):
        return None
    return Part(kind, name, table, root, sql if isinstance(sql, str) else "")


def _row(table: Table, record: Record) -> dict[str, Any] | None:
    """A record as a row of a table; None when it cannot be one.

    A record that was written before a column was added has fewer values than the table columns.
    """
    if len(record.values) > len(table.columns) or (record.number is None) is not table.by_key:
        return None
    row = dict(zip(table.columns, record.values, strict=False))
    if table.number is not None:
        if row.get(table.number) is not None:
            return None
        row[table.number] = record.number
    complete = all(name in row for name in table.key)
    return row if complete and is_sound(table.name, row) else None
