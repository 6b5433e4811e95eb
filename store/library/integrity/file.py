"""The library file as a whole: opened for reading alone, its version, schema and pages."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from assistant.errors import StoreError
from store.library import migrations

_MOST_COMPLAINTS = 20
_STEPS = 100_000
"""Of SQLite's virtual machine between two looks at the clock: some milliseconds."""


class BadRow(NamedTuple):
    """A row that says what cannot be."""

    row: int
    id: str
    problem: str


class InspectedFile:
    """A library file, open for reading alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`.

        Raises:
            StoreError: it cannot be read, or is no library.
        """
        uri = f"{path.absolute().as_uri()}?mode=ro"
        try:
            return cls._opened(uri)
        except sqlite3.OperationalError as error:
            if not path.is_file() or _has_content(path.with_name(f"{path.name}-wal")):
                raise StoreError("The library cannot be read.", f"{path}: {error}.") from error
        # What readers share is in a file beside it, for which a read-only folder has no place.
        # There nobody writes either, so that nothing need be shared.
        return cls._opened(f"{uri}&immutable=1")

    @classmethod
    def _opened(cls, uri: str) -> Self:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        connection.text_factory = _decoded
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return cls(connection)

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

    def version(self) -> int:
        """How many migrations it has seen; 0 for a file with nothing in it."""
        return migrations.version(self._connection)

    def identity(self) -> str:
        """Tells this library from every other."""
        return str(self._one("SELECT identity FROM state"))

    def revision(self) -> int:
        """How many changes of videos, keywords and vectors it has seen."""
        return int(self._one("SELECT revision FROM state"))

    def tables(self) -> set[str]:
        """The names of its tables; of none in a file that nothing was ever put into."""
        return set(self._column("SELECT name FROM sqlite_master WHERE type = 'table'"))

    def schema_differences(self) -> list[str]:
        """How its tables and indexes differ from what the migrations make."""
        found, wanted = _schema(self._connection), expected_schema()
        return [
            *(f"{name} is missing" for name in sorted(wanted.keys() - found.keys())),
            *(f"{name} is unknown" for name in sorted(found.keys() - wanted.keys())),
            *(
                f"{name} is not as it was made"
                for name in sorted(wanted.keys() & found.keys())
                if wanted[name] != found[name]
            ),
        ]

    def damage(self, seconds: float) -> list[str]:
        """What SQLite's own check of every page and index complains of.

        Raises:
            TimeoutError: it takes longer than so many seconds.
        """
        try:
            with self._limited(seconds):
                said = self._column(f"PRAGMA integrity_check ({_MOST_COMPLAINTS})")
        except sqlite3.DatabaseError as error:  # of some damage it is itself a victim
            return [str(error)]
        return [complaint for complaint in said if complaint != "ok"]

    @contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        end = time.monotonic() + seconds
        self._connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if time.monotonic() > end:
                raise TimeoutError(f"not done within {seconds:g} s") from error
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def missing_references(self) -> list[BadRow]:
        """Rows that belong to a video or a session that is not there."""
        strays = self._connection.execute("PRAGMA foreign_key_check")
        return [BadRow(row or 0, table, f"of no {parent}") for table, row, parent, _ in strays]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._one(f"SELECT count(*) FROM {table}"))  # noqa: S608

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()[0]

    def _column(self, query: str) -> list[Any]:
        return [value for (value,) in self._connection.execute(query)]


def expected_schema() -> dict[str, str]:
    """The tables and indexes that the migrations make, and the statement of each."""
    with closing(sqlite3.connect(":memory:")) as memory:
        for script in migrations.steps():
            memory.executescript(script)
        return _schema(memory)


def _schema(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(
        connection.execute(
            "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%'"
            " ESCAPE '!'"
        ).fetchall()
    )


def _decoded(text: bytes) -> str:
    """What is no UTF-8 becomes what no value accepts, so that its row is found, not an error."""
    return text.decode("utf-8", "surrogateescape")


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
