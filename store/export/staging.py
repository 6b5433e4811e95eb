"""Files that appear in their folder together, when all of them are whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from store.durable import PRIVATE_FILE, PRIVATE_FOLDER, sync

_UNFINISHED = ".unfinished"


class Staging:
    """Writes files beside the places that they are to take.

    Args:
        folder: where; made if it is not there.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = not folder.exists()
        self._files: dict[str, TextIO] = {}
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)

    def open(self, name: str, *, encoding: str = "utf-8") -> TextIO:
        """A new file, readable by its owner alone, that will be called `name`.

        Raises:
            OSError: it cannot be made.
        """
        path = self._path(name)
        path.unlink(missing_ok=True)  # of an export that was killed
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(path, flags, PRIVATE_FILE)
        file = open(descriptor, "w", encoding=encoding, newline="")  # noqa: PTH123 SIM115 - closed below
        self._files[name] = file
        return file

    def publish(self, remove: Iterable[str] = ()) -> None:
        """Give every file its name, in the order in which they were opened.

        Args:
            remove: names of files that go, unless they are among the new ones.

        Raises:
            OSError: the disk is full, or fails.
        """
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for name in self._files:
            self._path(name).replace(self._folder / name)
        for name in set(remove) - self._files.keys():
            (self._folder / name).unlink(missing_ok=True)
        self._files.clear()
        sync(self._folder)

    def close(self) -> None:
        """Leave no trace of what was not published; no harm after `publish`."""
        for name, file in self._files.items():
            _close(file)
            self._path(name).unlink(missing_ok=True)
        if self._files and self._made and not any(self._folder.iterdir()):
            self._folder.rmdir()
        self._files.clear()

    def _path(self, name: str) -> Path:
        return self._folder / f".{name}{_UNFINISHED}"


def is_unfinished(name: str) -> bool:
    """Whether that is a file of ours that a killed process has left behind."""
    return name.startswith(".") and name.endswith(_UNFINISHED)


def _close(file: TextIO) -> None:
    with suppress(OSError):  # what is buffered may not fit on the disk, and is not wanted
        file.close()
