"""Rolling snapshots of what cannot be had again, and of the videos, for the day of damage.

A snapshot is a library file of the same version, gzipped, in which only some tables are filled: the
person's own doing (``history``), or the videos without their vectors and full text (``videos``).
Its name says when it was taken, of which library and of what state, and sorts by time. What is
found damaged while one is taken is never kept in place of what was taken before.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, get_args

from assistant.errors import StoreError
from store import durable
from store.library.connection import in_the_way, suspect_file
from store.library.database import Database
from store.locks import FileLock
from store.snapshots.content import changed_much, copy_of, state
from store.snapshots.files import TIME, Kind, Snapshot, overwrite, pack
from store.snapshots.retention import let_go

__all__ = ["Kind", "Snapshot", "Snapshots", "let_go"]

log = logging.getLogger(__name__)

HISTORY_EVERY = timedelta(hours=1)
VIDEOS_EVERY = timedelta(days=1)
_WAIT_S = 60.0
"""How long to wait for another process that is at work in the folder."""


class Snapshots:
    """The snapshots in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, library: Path) -> Self:
        """Those of the library file at `library`: in ``snapshots`` beside it."""
        return cls(library.parent / "snapshots")

    def all(self, kind: Kind) -> list[Snapshot]:
        """All of one kind, the newest first."""
        found = [Snapshot.of(path) for path in sorted(self._folder.glob(f"{kind}-*"), reverse=True)]
        return [snapshot for snapshot in found if snapshot is not None]

    def newest(self, kind: Kind = "history") -> Snapshot | None:
        """The newest of one kind; None when there is none."""
        return next(iter(self.all(kind)), None)

    def take(self, library: Database) -> list[Path]:
        """Take a snapshot of each kind now, and let go of old ones.

        Returns:
            The files; none for what is empty.

        Raises:
            LibraryDamagedError: the library cannot be read; all snapshots stay.
            StoreError: there is no room, or another process does not stop taking one.
        """
        with self._alone(_WAIT_S) as alone:
            if not alone:
                raise self._in_use()
            return self._take(library, get_args(Kind))

    def take_if_due(self, library: Database, now: datetime | None = None) -> list[Path]:
        """Take a snapshot of what changed since the last one, when that is long enough ago.

        Looks at a few counts when nothing did. Never fails: what is in the way is logged.

        Args:
            library: the library.
            now: the time, where it is not the clock's.
        """
        if library.read_only or suspect_file(library.path).exists():
            return []
        try:
            due = [kind for kind in get_args(Kind) if self._due(kind, library, now)]
            if not due:
                return []
            with self._alone(0.0) as alone:
                return self._take(library, due, now) if alone else []
        except StoreError as error:
            log.warning("no snapshot: %s", error.title)
            return []

    def clear(self) -> int:
        """Overwrite and remove every snapshot, of whatever kind; return how many there were.

        Raises:
            StoreError: a file cannot be removed, or another process does not stop taking one.
        """
        if not self._folder.exists():
            return 0
        with self._alone(_WAIT_S) as alone:
            if not alone:
                raise self._in_use()
            files = [path for path in self._folder.glob("*-*") if path.is_file()]
            for path in files:
                overwrite(path)
                path.unlink()
            durable.sync(self._folder)
        return len(files)

    # --- when --------------------------------------------------------------------------------

    def _due(self, kind: Kind, library: Database, now: datetime | None) -> bool:
        found = state(kind, library)
        newest = self.newest(kind)
        if newest is None or newest.library != library.identity()[:8]:
            return bool(found)
        if found in ("", newest.state):
            return False
        age = abs((now or datetime.now(UTC)) - newest.taken)  # a clock may have been wrong
        if kind == "history":
            return age >= HISTORY_EVERY
        return age >= VIDEOS_EVERY or changed_much(library, int(newest.state, 16))

    # --- how ---------------------------------------------------------------------------------

    @contextmanager
    def _alone(self, wait_s: float) -> Iterator[bool]:
        """Whether nobody else is at work in the folder; what one who was killed left is gone."""
        try:
            self._folder.mkdir(mode=durable.PRIVATE_FOLDER, parents=True, exist_ok=True)
            lock = FileLock.take(self._folder / "lock", wait_s=wait_s)
            if lock is None:
                yield False
                return
            try:
                shutil.rmtree(self._making, ignore_errors=True)
                yield True
            finally:
                shutil.rmtree(self._making, ignore_errors=True)
                lock.release()
        except OSError as error:
            raise in_the_way(
                error,
                self._folder,
                "No snapshot can be taken.",
                f"Check that {self._folder} can be written to.",
            ) from error

    def _in_use(self) -> StoreError:
        return StoreError(
            "Another Matinee is taking a snapshot.", str(self._folder), "Try again when it is done."
        )

    def _take(
        self, library: Database, kinds: Sequence[Kind], now: datetime | None = None
    ) -> list[Path]:
        with library.reading():
            made = [self._write(kind, library, now) for kind in kinds if state(kind, library)]
        for kind in kinds:
            for old in let_go(self.all(kind)):
                old.path.unlink()
        return made

    def _write(self, kind: Kind, library: Database, now: datetime | None) -> Path:
        moment = now or datetime.now(UTC)
        if (newest := self.newest(kind)) is not None:  # names sort, whatever the clock does
            moment = max(moment, newest.taken + timedelta(milliseconds=1))
        name = f"{kind}-{moment:{TIME}}-{library.identity()[:8]}-{state(kind, library)}.db.gz"
        self._making.mkdir(mode=durable.PRIVATE_FOLDER, exist_ok=True)
        file, packed = self._making / f"{kind}.db", self._making / name
        copy_of(kind, library, file)
        pack(file, packed)
        durable.rename(packed, self._folder / name)
        return self._folder / name

    @property
    def _making(self) -> Path:
        return self._folder / "making"
