"""Who may read what."""

from __future__ import annotations

from pathlib import Path

FOLDER = 0o700
FILE = 0o600


def modes(*folders: Path) -> dict[Path, int]:
    """The mode of everything in the folders, and of the folders themselves."""
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return {path: path.stat().st_mode & 0o7777 for path in found}


def too_open(*folders: Path) -> list[str]:
    """What in the folders is not its owner's alone."""
    return [
        f"{mode:o} {path}"
        for path, mode in modes(*folders).items()
        if mode != (FOLDER if path.is_dir() else FILE)
    ]
