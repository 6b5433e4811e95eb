"""Where mending finds things, and puts them: all of it beside the library."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from store.snapshots import Kind, Snapshots


def work_folder(path: Path) -> Path:
    """The folder in which a new library is made."""
    return path.parent / "recovering"


def damaged_folder(path: Path) -> Path:
    """The folder with what was damaged, a folder each."""
    return path.parent / "damaged"


def has_snapshots(path: Path) -> bool:
    """Whether there are snapshots of the library that is or was at `path`."""
    snapshots = Snapshots.of(path)
    return any(snapshots.newest(kind) for kind in get_args(Kind))
