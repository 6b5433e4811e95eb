"""Forgetting a session while the library is in use, which leaves out what that rules out.

`store.forget.forget` leaves no trace at all, but has to have the library alone.
"""

from __future__ import annotations

from pathlib import Path

from store.forget.copies import copies_beside
from store.library import Library
from store.snapshots import Snapshots


def forget_session(library: Library, session_id: str) -> list[Path]:
    """Remove a session from an open library, overwritten with zeros, and from its snapshots.

    The snapshots are begun anew. Older and damaged libraries that are kept beside it stay, for
    whoever wants one of them back; so does the index, which holds no session but memory of the
    process that wrote it.

    Args:
        library: open, here and maybe elsewhere.
        session_id: of the session.

    Returns:
        The folders with older copies of the library.

    Raises:
        StoreError: there is no such session, or it cannot be removed from the library or from the
            snapshots.
    """
    library.remove_session(session_id)
    library.empty_log()
    snapshots = Snapshots.of(library.path)
    snapshots.clear()
    snapshots.take_if_due(library)
    return copies_beside(library.path)
