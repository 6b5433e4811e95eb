"""How many snapshots are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from store.snapshots.files import Snapshot

_NEWEST = {"history": 3, "videos": 2}
_SPANS = (
    (timedelta(days=7), "%Y-%m-%d"),
    (timedelta(days=31), "%G-%V"),
    (timedelta(days=366), "%Y-%m"),
)
"""For so long, one history of each day, week, month is kept, for each library of this folder."""


def let_go(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Those of `snapshots`, of one kind and the newest first, that need not be kept.

    Ages are counted from the newest one: who comes back after a year finds what was there.
    """
    if not snapshots:
        return []
    newest = snapshots[0]
    kept = set(snapshots[: _NEWEST[newest.kind]])
    for span, of in _SPANS if newest.kind == "history" else ():
        last_of_each = {
            (snapshot.library, snapshot.taken.strftime(of)): snapshot
            for snapshot in reversed(snapshots)
            if newest.taken - snapshot.taken < span
        }
        kept.update(last_of_each.values())
    return [snapshot for snapshot in snapshots if snapshot not in kept]
