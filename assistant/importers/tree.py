"""A folder or a zip, whichever it is: named JSON files, each read with a cap."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from assistant.errors import ImportSourceError
from assistant.importers.reading import (
    MAX_RECORD_BYTES,
    Unreadable,
    cannot_open,
    files_under,
    open_plain,
    read_capped,
)

MAX_ZIP_RATIO = 50
"""Bytes unpacked for one of the zip; PyVideo's own has five."""
_RATIO_COUNTS_FROM = 64 * 1024 * 1024
PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What zips of files are packed as; the other ways pack a bomb tighter."""
_BEGINNINGS = frozenset({b"PK\x03\x04", b"PK\x05\x06"})
"""Of a zip, and of one without members."""
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,  # a version of the format that Python does not know
    RuntimeError,  # locked with a password
    ValueError,  # a place or a text that there cannot be
)
"""What opening a zip, or reading a member of it, raises where its bytes are wrong."""


class Tree(Protocol):
    """Named files."""

    names: list[str]
    """The paths of the ``.json`` files, with ``/`` between their parts."""

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            Unreadable: it cannot be opened or unpacked, or is too large.
        """


@contextmanager
def open_tree(path: Path) -> Iterator[Tree]:
    """The files of a folder or a zip.

    Raises:
        ImportSourceError: it cannot be opened, or is a damaged zip.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    with open_zip(path) as archive:
        yield _Zip(archive, path.stat().st_size)


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip.

    Raises:
        ImportSourceError: it cannot be opened, or is damaged.
    """
    try:
        file = open_plain(path)
    except OSError as error:
        raise cannot_open(path, error) from error
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except DAMAGED as error:
            raise ImportSourceError(
                "The zip is damaged or cut off.", str(path), "Fetch it again."
            ) from error
        with archive:
            yield archive


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does.

    Raises:
        ImportSourceError: it cannot be opened.
    """
    try:
        with open_plain(path) as file:
            return file.read(4) in _BEGINNINGS
    except OSError as error:
        raise cannot_open(path, error) from error


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._parent = folder.resolve().parent  # the folder given may be an event itself
        self.names = [
            path.relative_to(self._parent).as_posix()
            for path in files_under(folder.resolve(), ".json")
        ]

    def read(self, name: str) -> bytes:
        try:
            with open_plain(self._parent / name) as file:
                return read_capped(file)
        except OSError as error:
            raise Unreadable(f"cannot be opened ({error.strerror})") from error


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._room = max(_RATIO_COUNTS_FROM, MAX_ZIP_RATIO * size)
        self.names = [name for name in archive.namelist() if name.endswith(".json")]

    def read(self, name: str) -> bytes:
        member = self._archive.getinfo(name)
        if member.compress_type not in PACKED_AS:
            raise Unreadable("is packed in a way that is not known")
        # No more is read than is claimed. Members may overlap: a small zip may hold any number of
        # large ones.
        self._room -= min(member.file_size, MAX_RECORD_BYTES)
        if self._room < 0:
            raise Unreadable(f"is in a zip that unpacks to over {MAX_ZIP_RATIO} times its size")
        try:
            with self._archive.open(member) as file:
                return read_capped(file)
        except Unreadable:
            raise
        except DAMAGED as error:
            raise Unreadable("cannot be unpacked") from error
