"""Who else uses the data folder now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.doctor.findings import Finding, ok
from store.index.lock import LOCK
from store.locks import WRITER_LOCK, FileLock, holder, library_lock

if TYPE_CHECKING:
    from assistant.doctor.context import Context

_KERNELS_LIST = Path("/proc/locks")


def locks(context: Context) -> Iterator[Finding]:
    """Which processes have the library open, write to it, or hold the index."""
    places = context.locations
    questions = {
        "has the library open": library_lock(places.library),
        "is writing to the library": places.data / WRITER_LOCK,
        "holds the index": places.index / LOCK,
    }
    held = [f"{who} {what}" for what, path in questions.items() if (who := who_holds(path))]
    yield ok("; ".join(held) if held else "no other Matinee is at work here")


def who_holds(path: Path) -> str:
    """Who holds the lock on `path`, in words; empty when nobody does.

    Where the kernel lists the locks of all processes they are read there. Elsewhere the lock is
    tried, and given up at once; who wants it in that instant is told that it is taken.
    """
    if not path.exists():
        return ""
    try:
        listed = _KERNELS_LIST.read_text("ascii")
    except OSError:
        return _tried(path)
    pids = sorted(set(_holders(listed, path.stat().st_ino)) - {os.getpid()})
    if not pids:
        return ""
    said = holder(path)
    if any(f"process {pid}" in said for pid in pids):
        return said
    return "process " + ", ".join(str(pid) for pid in pids)


def _holders(listed: str, inode: int) -> Iterator[int]:
    """The processes with a lock on a file: ``1: FLOCK ADVISORY WRITE 708 fe:00:1835 0 EOF``."""
    for line in listed.splitlines():
        fields = line.split()
        if fields[1:2] == ["FLOCK"] and fields[5].endswith(f":{inode}"):
            yield int(fields[4])


def _tried(path: Path) -> str:
    try:
        lock = FileLock.take(path)
    except OSError:
        return ""
    if lock is None:
        return holder(path) or "another process"
    lock.release()
    return ""
