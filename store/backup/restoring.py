"""Putting what a backup holds in the place of the library. Checks first, replaces last."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import StoreError
from assistant.types import Skipped
from store.backup.archive import Archive
from store.backup.foreign import ForeignLibrary, Gate, counts_of
from store.backup.manifest import LIBRARY, Counts
from store.backup.rebuilding import rebuild
from store.durable import PRIVATE_FOLDER
from store.library import Library
from store.library.replace import alone, finish_replacing, replace_library
from store.locks import one_writer
from store.reporting import Reporter, Silent, megabytes
from store.snapshots import Snapshots

WORKPLACE = "restoring"
"""The folder beside the library in which a new one is made. A kill leaves it; the next one goes."""
ASIDE = "aside"
"""The folder beside the library in which those before a restore are kept."""
KEPT_ASIDE = 2
_MARGIN = 1024 * 1024
"""Bytes that must stay free beside what a restore takes."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a restore would do."""

    backup: Counts
    """What the backup holds, counted and not just claimed."""
    made: datetime
    there: Counts | None
    """What it would replace; None when that is nothing, or cannot be read."""
    replaces: bool
    """Whether there is a library file at all."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done."""

    counts: Counts
    """What the library holds now."""
    made: datetime
    """The moment that the backup is of."""
    aside: Path | None
    """The folder with the library before; None when there was none."""
    skipped: tuple[Skipped, ...]
    """Rows that could not enter: the first of them."""
    skipped_count: int


def restore(
    backup: Path,
    path: Path,
    gate: Gate,
    *,
    confirm: Callable[[Offer], bool] = lambda _: True,
    reporter: Reporter | None = None,
) -> Restored | None:
    """Replace the library at `path` by what `backup` holds. The old one is kept aside.

    Every row is judged and cleaned as it enters a new library, which then takes the old one's
    place. A process that is killed leaves the old or the new one, never none.

    Args:
        backup: a file that `back_up` has written, or so it is said.
        path: the library file; there need not be one.
        gate: judges and cleans the rows.
        confirm: is asked once the backup has been checked, before anything is changed.
        reporter: is told of the progress.

    Returns:
        What was done; None if it was not confirmed.

    Raises:
        NoBackupError: the file is no backup, or a damaged one.
        StoreError: it is of a newer version, another process has the library open, or there is
            no room.
    """
    reporter = reporter or Silent()
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with one_writer(path.parent, "a restore"), alone(path, "a restore"):
        finish_replacing(path)
        with _writing_to(path), _workplace(path.parent) as folder:
            unpacked, new = folder / "unpacked.db", folder / LIBRARY
            with Archive.open(backup) as archive:
                made = archive.manifest.made
                _unpack(archive, unpacked, reporter)
            with ForeignLibrary.open(unpacked, backup) as source:
                there, replaces = _counts_at(path), path.exists()
                if not confirm(Offer(source.counts(), made, there, replaces)):
                    return None
                left_out = rebuild(source, new, gate, reporter)
            aside = _new_aside(path.parent / ASIDE)
            replace_library(path, new, aside)
            _keep_last(path.parent / ASIDE)
        counts = _settle(path)
    return Restored(
        counts=counts,
        made=made,
        aside=aside if replaces else None,
        skipped=tuple(left_out.skipped),
        skipped_count=left_out.count,
    )


@contextmanager
def _writing_to(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreError(
            "The disk is full." if full else "The backup cannot be restored.",
            f"{path.parent}: {error.strerror or error}",
            "Nothing was changed." + (" Make room, then try again." if full else ""),
        ) from error


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    folder = parent / WORKPLACE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(PRIVATE_FOLDER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: Archive, target: Path, reporter: Reporter) -> None:
    size = archive.manifest.size
    free = shutil.disk_usage(target.parent).free
    if free < 2 * size + _MARGIN:
        raise StoreError(
            "There is not enough room to restore.",
            f"{target.parent.parent}: it takes {2 * size / 1e6:,.0f} MB; "
            f"{free / 1e6:,.0f} MB are free.",
            "Make room, or give a folder on another disk with --data-dir.",
        )
    reached, done = megabytes(reporter, "unpacking", size), 0
    for chunk in archive.unpack(target):
        done += chunk
        reached(done)


def _counts_at(path: Path) -> Counts | None:
    """What is there, counted without `Library`: it may be damaged, or of a newer version."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            return counts_of(opened)
    except sqlite3.Error:
        return None


def _new_aside(parent: Path) -> Path:
    """A folder in `parent` that is not there yet; in order of their names they were made."""
    return parent / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}"


def _keep_last(parent: Path) -> None:
    if parent.is_dir():
        for old in sorted(parent.iterdir())[:-KEPT_ASIDE]:
            shutil.rmtree(old, ignore_errors=True)


def _settle(path: Path) -> Counts:
    """Open the new library once, and take its first snapshots."""
    with Library.open_held(path) as library:
        Snapshots.of(path).take_if_due(library)
        return counts_of(library._connection)
