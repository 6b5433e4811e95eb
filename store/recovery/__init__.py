"""Opening a library whatever happened to its file: the one way in which Matinee opens it.

What is damaged is mended before anybody sees it: a new library is made of every row that can still
be read and, where some cannot, of the newest snapshots; it takes the place of the damaged file,
which is kept. Nothing is mended while another process has the library open.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryDamagedError, StoreError
from store.library import Library, opening
from store.library.checks import ForeignLibraryError
from store.library.connection import suspect_file
from store.library.replace import replacing
from store.locks import FileLock, holder, library_lock
from store.recovery.places import has_snapshots, work_folder

if TYPE_CHECKING:
    from store.reporting import Reporter

Say = Callable[[str], None]

_WAIT_FOR_OTHERS_S = 3.0
_WAIT_FOR_MENDING_S = 60.0
"""Mending 20,000 videos takes some 10 s."""
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
    try:
        return _opened(path, say, reporter)
    except OSError as error:
        raise opening.not_let(path, error) from error


def _opened(path: Path, say: Say, reporter: Reporter | None) -> Library:
    began = time.monotonic()
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
                _mend(path, say, reporter)
                mended = True
            finally:
                lock.release()
        elif time.monotonic() - began < _patience_s(path):
            time.sleep(_LOOK_EVERY_S)  # by then somebody else may have mended it
        else:
            raise _in_use(path) from damage


def _patience_s(path: Path) -> float:
    return _WAIT_FOR_MENDING_S if work_folder(path).exists() else _WAIT_FOR_OTHERS_S


def _in_use(path: Path) -> StoreError:
    if work_folder(path).exists():
        return StoreError(
            "Another Matinee is mending this library.",
            holder(library_lock(path)) or str(path),
            "Try again when it is done.",
        )
    return StoreError(
        "The library is damaged, and another Matinee has it open.",
        str(path),
        "Close it there: the next start mends the library.",
    )


def _is_suspect(path: Path) -> bool:
    """Whether the library is to be looked at before it is used."""
    if not opening.writable(path):
        return False
    if suspect_file(path).exists() or work_folder(path).exists():
        return True
    return not path.exists() and not replacing(path) and has_snapshots(path)


def _may_be_mended(path: Path, error: StoreError) -> bool:
    """Whether it is ours to mend, and there is a place to do it.

    Of the database of another program that is known by snapshots of ours beside it: it lies where
    the library was.
    """
    if isinstance(error, ForeignLibraryError):
        return opening.writable(path) and has_snapshots(path)
    if not opening.writable(path):
        raise LibraryDamagedError(
            error.title,
            error.detail,
            "It cannot be mended where nothing can be written. Copy the folder to a place of your"
            " own, and give that with --data-dir.",
        ) from error
    return True


def _mend(path: Path, say: Say, reporter: Reporter | None) -> None:
    from store.recovery.mending import mend  # NumPy and the checks, 150 ms: seldom needed

    mend(path, say, reporter)
