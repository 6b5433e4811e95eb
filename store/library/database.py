"""The SQLite file itself: opened, read consistently, written to all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import StoreError
from store.library import migrations, opening
from store.library.connection import Connection, damaged, moved, read_only
from store.library.read_only import connect_read_only
from store.locks import FileLock


class Database:
    """An open library file. The parts of `Library` build on it.

    Every error of SQLite's that leaves it is a `StoreError`; damage is a `LibraryDamagedError`,
    which it never mends itself: see `store.recovery`.
    """

    def __init__(self, connection: Connection, lock: FileLock | None = None) -> None:
        self._connection = connection
        self._lock = lock
        self._file = opening.file_at(connection.path)
        self.read_only = False
        """Whether it can be read only, for it lies where nothing can be written."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library at `path`, creating or upgrading it as needed.

        A new file can be read by its owner alone, and so can a new folder. For as long as it is
        open it cannot be replaced by another one (see `store.library.replace`). In a place that
        cannot be written to, it is opened for reading.

        Raises:
            LibraryDamagedError: what the file holds cannot be right.
            StoreError: it cannot be created or read, is no library, or is of a newer version;
                of the last one nothing is touched.
        """
        path = Path(os.path.realpath(path))
        try:
            if path.exists():
                opening.look(path)
            if opening.writable(path):
                return cls._take_part(path)
            if not path.exists():
                raise opening.no_library(path)
            library = cls(connect_read_only(path))
        except OSError as error:
            raise opening.not_let(path, error) from error
        library.read_only = True
        return library

    @classmethod
    def _take_part(cls, path: Path) -> Self:
        lock = opening.take_part(path)
        try:
            return cls.open_held(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_held(cls, path: Path, lock: FileLock | None = None) -> Self:
        """Open a library whose lock is held already, by the caller or through `lock`.

        Raises:
            StoreError: as in `open`.
        """
        opening.look(path)
        library = cls(opening.connect(path), lock)
        try:
            if (found := migrations.version(library._connection)) < migrations.latest():
                if found:
                    library._keep_before_upgrade()
                migrations.upgrade(path)
        except BaseException:
            library._connection.close()
            raise
        return library

    def _keep_before_upgrade(self) -> None:
        from store.snapshots import Snapshots

        Snapshots.of(self.path).take(self)

    def close(self) -> None:
        """Close the file. The library must not be used afterwards."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._connection.path

    def data_version(self) -> int:
        """A number that grows whenever any process changes videos, keywords or vectors."""
        return int(self._connection.execute("SELECT revision FROM state").fetchone()[0])

    def identity(self) -> str:
        """Tells this library from every other, also from one made later at the same path."""
        return str(self._connection.execute("SELECT identity FROM state").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read in the block is of one moment. Others may write meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def empty_log(self) -> None:
        """Move what is in the log beside the file into it, as far as no reader still needs it."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _next_revision(self) -> int:
        """Count one change. Inside a transaction only."""
        [(value,)] = self._connection.execute(
            "UPDATE state SET revision = revision + 1 RETURNING revision"
        ).fetchall()
        return int(value)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All or nothing, also on Ctrl-C.

        Takes the write lock at once, so that it cannot fail halfway because another wrote first.
        """
        if self.read_only:
            raise read_only(self.path)
        if self._file != opening.file_at(self.path):
            raise moved(self.path)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(StoreError):  # the error that led here says more
                self._connection.execute("ROLLBACK")

    @contextmanager
    def _decoding(self, table: str) -> Iterator[None]:
        """What goes wrong with the values of rows in the block is damage."""
        try:
            yield
        except (ValueError, TypeError) as error:
            raise damaged(self.path, f"a row of {table} says what cannot be") from error
