"""The snapshots that the library is mended from: there, recent and readable."""

from __future__ import annotations

import errno
import sqlite3
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from assistant.doctor.findings import Finding, Repair, ok, skipped, warning
from assistant.doctor.wording import counted

if TYPE_CHECKING:
    from assistant.doctor.context import Context
    from store.snapshots import Snapshot

_PATIENCE_S = 120.0
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def snapshots(context: Context) -> Iterator[Finding]:
    """Whether the newest snapshots of this library can be read."""
    from store.snapshots import Kind, Snapshots

    kept = Snapshots.of(context.locations.library)
    newest = [found for kind in get_args(Kind) if (found := kept.newest(kind)) is not None]
    if not newest and context.locations.library.exists():
        yield _none_yet(context)
    elif not newest:
        yield ok("there is nothing to keep yet")
    for snapshot in newest:
        number = len(kept.all(snapshot.kind))
        yield _looked_into(snapshot, f"{counted(number, 'snapshot')} in all", context)


def _looked_into(snapshot: Snapshot, others: str, context: Context) -> Finding:
    """Unpack a snapshot, and see whether it would be of use."""
    from store.library.integrity import Inspection

    what = f"the newest of the {snapshot.kind} is of {snapshot.taken:%Y-%m-%d %H:%M} UTC"
    try:
        with context.scratch() as folder:
            copy = folder / "snapshot.db"
            snapshot.unpack(copy)
            with Inspection.open(copy) as inspection:
                problem = next(iter(inspection.damage(_PATIENCE_S)), "")
    except (OSError, EOFError, zlib.error, sqlite3.DatabaseError) as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return skipped(f"{what}; there is no room to look into it")
        problem = str(error)
    if problem:
        return warning(f"{what} and cannot be read: {problem}", repair=Repair.SNAPSHOTS)
    return ok(f"{what}; {others}")


def _none_yet(context: Context) -> Finding:
    inspection = context.inspection
    if inspection.count("interactions") or inspection.count("videos"):
        return warning("there is none yet", repair=Repair.SNAPSHOTS)
    return ok("there is nothing to keep yet")
