"""Opening a library whatever happened to its file: the one way in which Matinee opens it.

What is damaged is mended before anybody sees it: a new library is made of every row that can still
be read and, where some cannot, of the newest snapshots; it takes the place of the damaged file,
which is kept. Nothing is mended while another process has the library open.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from assistant.errors import LibraryDamagedError, StoreError
from store import durable
from store.library import Library, opening
from store.library.connection import in_the_way, suspect_file
from store.library.opening import ForeignLibraryError
from store.library.replace import finish_replacing, replace_library, replacing
from store.locks import FileLock, library_lock
from store.recovery.examination import problem_of
from store.recovery.rebuild import Outcome, Rebuilding
from store.recovery.salvage import Salvage
from store.recovery.telling import sentences
from store.reporting import Reporter, Silent
from store.snapshots import Kind, Snapshots

log = logging.getLogger(__name__)

Say = Callable[[str], None]

DAMAGED_KEPT = 2
"""So many damaged files are kept, the newest."""
_WAIT_FOR_OTHERS_S = 3.0
_LOOK_EVERY_S = 0.05


def silent(_: str) -> None:
    """Say nothing."""


def open_library(path: Path, say: Say = silent, reporter: Reporter | None = None) -> Library:
    """Open the library at `path`, whatever happened to its file.

    A replacement that was interrupted is finished; what is damaged is mended. Where nothing can be
    read and there is no snapshot, an empty library is begun.

    Args:
        path: the library file.
        say: is told in plain sentences, one at a time, what was wrong and what became of it.
        reporter: is told of the progress of mending.

    Raises:
        StoreError: it is of a newer version, or of another program; another process has the damaged
            library open; there is no room to mend it, or no leave.
    """
    path = Path(os.path.realpath(path))
    until = time.monotonic() + _WAIT_FOR_OTHERS_S
    mended = False
    while True:
        damage: StoreError | None = None
        try:
            if mended or not _is_suspect(path):
                return Library.open(path)
        except (LibraryDamagedError, ForeignLibraryError) as error:
            if mended or not _may_be_mended(path, error):
                raise
            damage = error
        lock = FileLock.take(library_lock(path), purpose="mending the library")
        if lock is not None:
            try:
                _mend(path, say, reporter or Silent())
                mended = True
            finally:
                lock.release()
        elif time.monotonic() >= until:
            raise StoreError(
                "The library is damaged, and another Matinee has it open.",
                str(path),
                "Close it there: the next start mends the library.",
            ) from damage
        else:  # by then somebody else may have mended it
            time.sleep(_LOOK_EVERY_S)


def _is_suspect(path: Path) -> bool:
    """Whether the library is to be looked at before it is used."""
    if not opening.writable(path):
        return False
    if suspect_file(path).exists():
        return True
    return not path.exists() and not replacing(path) and _has_snapshots(path)


def _has_snapshots(path: Path) -> bool:
    snapshots = Snapshots.of(path)
    return any(snapshots.newest(kind) for kind in get_args(Kind))


def _may_be_mended(path: Path, error: StoreError) -> bool:
    """Whether it is ours to mend, and there is a place to do it.

    Of the database of another program that is known by snapshots of ours beside it: it lies where
    the library was.
    """
    if isinstance(error, ForeignLibraryError):
        return opening.writable(path) and _has_snapshots(path)
    if not opening.writable(path):
        raise LibraryDamagedError(
            error.title,
            error.detail,
            "It cannot be mended where nothing can be written. Copy the folder to a place of your"
            " own, and give that with --data-dir.",
        ) from error
    return True


def _mend(path: Path, say: Say, reporter: Reporter) -> None:
    """Put a sound library in the place of what is wrong. Holds the lock alone."""
    finish_replacing(path)
    try:
        problem = problem_of(path)
    except ForeignLibraryError:
        if not _has_snapshots(path):
            raise
        problem = "in its place is the database of another program"
    if problem is None:
        suspect_file(path).unlink(missing_ok=True)
        return
    log.warning("mending the library: %s", problem)
    work, aside = path.parent / "recovering", path.parent / "damaged" / _now()
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=durable.PRIVATE_FOLDER)
        outcome = _rebuilt(path, work, reporter)
        replace_library(path, work / path.name, aside)
        _keep_newest(aside.parent)
    except OSError as error:
        raise in_the_way(
            error, path, "The library cannot be mended.", "It is as it was. Try again."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for sentence in sentences(problem, outcome, aside if aside.exists() else None):
        say(sentence)


def _rebuilt(path: Path, work: Path, reporter: Reporter) -> Outcome:
    """Make a new library in `work` of what is left of the one at `path`."""
    snapshots = Snapshots.of(path)
    if not path.exists():
        return Rebuilding(None, snapshots, work, reporter).run(work / path.name)
    with Salvage(path) as damaged:
        return Rebuilding(damaged, snapshots, work, reporter).run(work / path.name)


def _keep_newest(folder: Path) -> None:
    """Remove all but the newest of the damaged libraries."""
    if folder.exists():
        for old in sorted(folder.iterdir())[:-DAMAGED_KEPT]:
            shutil.rmtree(old)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}"
