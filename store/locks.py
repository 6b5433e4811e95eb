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
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from assistant.errors import StoreError
from store.durable import PRIVATE_FILE

WRITER_LOCK = "writer.lock"
_LONGEST_NOTE = 200
_LOOK_EVERY_S = 0.02


def library_lock(library: Path) -> Path:
    """The file of the lock on the library at `library`: ``library.lock`` beside it."""
    return library.with_suffix(".lock")


class FileLock:
    """A lock that is held until `release`, or until the process ends."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(
        cls, path: Path, *, shared: bool = False, purpose: str = "", wait_s: float = 0.0
    ) -> Self | None:
        """Take the lock on `path`; None when another holder is in the way.

        Args:
            path: the lock's file; made if it is not there.
            shared: any number may share it; else one has it alone.
            purpose: what it is for, kept in the file for `holder` to tell.
            wait_s: how long to wait for other holders.

        Raises:
            OSError: the file cannot be made or opened.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        file = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            if _lock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, wait_s):
                if purpose:
                    _note(descriptor, purpose)
                return cls(file)
        except BaseException:
            file.close()
            raise
        file.close()
        return None

    def fileno(self) -> int:
        """The descriptor that holds it."""
        return self._file.fileno()

    def release(self) -> None:
        """Give the lock up; twice does no harm."""
        self._file.close()


def _lock(descriptor: int, kind: int, wait_s: float) -> bool:
    """Lock an open file. Asks again and again: who waits inside `flock` cannot be given up on."""
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
        else:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK_EVERY_S)


def _note(descriptor: int, purpose: str) -> None:
    """Say in the lock's file who has it. On a full disk it stays unsaid."""
    text = f"{purpose}, process {os.getpid()}, since {datetime.now():%H:%M}"
    with suppress(OSError):
        os.truncate(descriptor, 0)
        os.write(descriptor, text.encode()[:_LONGEST_NOTE])


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
