"""What else holds a copy of the library's content, overwritten and removed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from store.backup.restoring import ASIDE, WORKPLACE
from store.map.kept import map_file

DAMAGED = "damaged"
"""The folder beside the library in which recovery keeps what it has set aside."""
RECOVERING = "recovering"
"""The folder beside the library in which recovery makes a new one; a kill leaves it."""
_FOLDERS = (DAMAGED, RECOVERING, ASIDE, WORKPLACE, "*.doctor-*")
"""The last ones are copies at which `matinee doctor` looks; a kill leaves them too."""
_CHUNK = 1024 * 1024


def copies_beside(library: Path) -> list[Path]:
    """The folders with copies of the library, whole or in part, but for its snapshots."""
    return [folder for pattern in _FOLDERS for folder in sorted(library.parent.glob(pattern))]


def derived_beside(library: Path) -> list[Path]:
    """What is derived from the library, names its videos, and can be made anew."""
    place = map_file(library)
    return [place, place.with_name(f"{place.name}.new")]  # the second one, where it was cut off


def erase(paths: Iterable[Path]) -> list[Path]:
    """Overwrite and remove files, and folders with everything below them.

    A link is removed, and what it leads to left alone.

    Returns:
        Those that were there.

    Raises:
        OSError: something cannot be removed.
    """
    there = [path for path in paths if path.is_symlink() or path.exists()]
    for path in there:
        _erase(path)
    return there


def _erase(path: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode):
        for entry in list(path.iterdir()):
            _erase(entry)
        path.rmdir()
        return
    if stat.S_ISREG(mode) and path.lstat().st_nlink == 1:
        _overwrite(path)
    path.unlink()


def _overwrite(path: Path) -> None:
    """Write zeros over all of a file, so that they are on the disk before its name goes."""
    with path.open("r+b") as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, _CHUNK)))
        file.flush()
        os.fsync(file.fileno())
