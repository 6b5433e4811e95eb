"""The lock on an index folder."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from store.index.files import make_way
from store.locks import FileLock

LOCK = "lock"
"""The file of the lock, in the folder of the index."""


class IndexLock(FileLock):
    """Held by the one process that has the index open, and by one that looks at it for that."""

    @classmethod
    def take_on(cls, folder: Path) -> Self | None:
        """Take the lock on the index in `folder`; None when another process has it.

        Raises:
            OSError: the folder is not there, or cannot be written to.
        """
        make_way(folder / LOCK, for_folder=False)
        return cls.take(folder / LOCK)
