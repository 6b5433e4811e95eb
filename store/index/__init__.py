"""The Chroma index: derived from the library, and made again from it whenever in doubt.

Chroma acknowledges writes that a crash can undo, damage can be silent, and opening what is damaged
can crash or hang. So what the index has seen and how it was left is noted beside it; what was not
left clean is looked at by a process of its own before it is opened again, and what is not as it
was left is replaced.
"""

from __future__ import annotations

from store.index.errors import IndexDamagedError, IndexUnusableError, ServerUnreachableError
from store.index.index import Index
from store.index.probe import ProbeReport
from store.index.removal import remove_index
from store.index.state import IndexState, Mark, indexed_models, read_state

__all__ = [
    "Index",
    "IndexDamagedError",
    "IndexState",
    "IndexUnusableError",
    "Mark",
    "ProbeReport",
    "ServerUnreachableError",
    "indexed_models",
    "read_state",
    "remove_index",
]
