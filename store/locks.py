"""Locks of the operating system on a data folder: freed when their process ends, however it ends.

Three files, each for one question:

- ``library.lock``: whoever has the library open shares it; who replaces the file has it alone.
- ``writer.lock``: held by the one bulk writer (an import, a rebuild, a restore, a removal).
- ``index/lock``: held by the one process that has the Chroma folder open.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from assistant.errors import StoreError

PRIVATE_FILE = 0o600
LIBRARY_LOCK = "library.lock"
WRITER_LOCK = "writer.lock"
_LONGEST_NOTE = 200


class FileLock:
    """A lock that is held until `release`, or until the process ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, *, shared: bool = False, purpose: str = "") -> Self | None:
        """Take the lock on `path` at once; None when another holder is in the way.

        Args:
            path: the lock's file; made if it is not there.
            shared: any number may share it; else one has it alone.
            purpose: what it is for, kept in the file for `holder` to tell.

        Raises:
            OSError: the file cannot be made or opened.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return None
            raise
        if purpose:
            note = f"{purpose}, process {os.getpid()}, since {datetime.now():%H:%M}"
            os.truncate(descriptor, 0)
            os.write(descriptor, note.encode()[:_LONGEST_NOTE])
        return cls(descriptor)

    def release(self) -> None:
        """Give the lock up; twice does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def holder(path: Path) -> str:
    """What the last one who took the lock alone noted; empty when there is nothing to tell."""
    try:
        return path.read_bytes()[:_LONGEST_NOTE].decode("utf-8", "replace")
    except OSError:
        return ""


@contextmanager
def one_writer(folder: Path, purpose: str) -> Iterator[None]:
    """Be the one bulk writer of the data folder while the block runs.

    Raises:
        StoreError: another process is, or the folder cannot be written to.
    """
    path = folder / WRITER_LOCK
    try:
        lock = FileLock.take(path, purpose=purpose)
    except OSError as error:
        raise StoreError(
            "The library cannot be written to.",
            f"{folder}: {error.strerror}",
            "Give another folder with --data-dir, or make this one writable.",
        ) from error
    if lock is None:
        raise StoreError(
            "Another Matinee is writing to this library.",
            holder(path),
            "Chat and search work meanwhile. Try again when it is done.",
        )
    try:
        yield
    finally:
        lock.release()
