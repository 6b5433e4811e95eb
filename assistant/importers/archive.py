"""A folder, a zip or one file, whichever it is: named files, each read in pieces."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from assistant.importers.reading import (
    HEAD_BYTES,
    MAX_RECORD_BYTES,
    Unreadable,
    files_under,
    open_plain,
)
from assistant.importers.tree import DAMAGED, MAX_ZIP_RATIO, PACKED_AS, is_zip, open_zip

PIECE_BYTES = 64 * 1024
_RATIO_COUNTS_FROM = 64 * 1024 * 1024


class Archive(Protocol):
    """Named files."""

    names: list[str]
    """Their paths, with ``/`` between the parts, sorted."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces of at most `PIECE_BYTES`.

        Raises:
            Unreadable: it cannot be opened or unpacked, or only as far as it was given.
        """


@contextmanager
def open_archive(path: Path, *endings: str) -> Iterator[Archive]:
    """The files of a folder or a zip whose names end so; a file that is no zip is alone.

    What macOS puts beside the files of a zip is left out.

    Raises:
        ImportSourceError: it cannot be opened, or is a damaged zip.
    """
    if path.is_dir():
        yield _Folder(path, endings)
    elif is_zip(path):
        with open_zip(path) as archive:
            yield _Zip(archive, path.stat().st_size, endings)
    else:
        yield _Folder(path, endings)


def start_of(archive: Archive, name: str, size: int = HEAD_BYTES) -> bytes:
    """The first bytes of a file, as far as it can be read."""
    data = bytearray()
    with suppress(Unreadable):
        for piece in archive.pieces(name):
            data += piece
            if len(data) >= size:
                break
    return bytes(data[:size])


def whole(archive: Archive, name: str, cap: int = MAX_RECORD_BYTES) -> bytes:
    """All of a file.

    Raises:
        Unreadable: it cannot be read to its end, or is larger than `cap` bytes.
    """
    data = bytearray()
    for piece in archive.pieces(name):
        data += piece
        if len(data) > cap:
            raise Unreadable(f"is larger than {cap // 2**20} MB")
    return bytes(data)


def _is_wanted(name: str, endings: tuple[str, ...]) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return name.casefold().endswith(endings) and not hidden


class _Folder:
    """The files below a folder, or one file."""

    def __init__(self, path: Path, endings: tuple[str, ...]) -> None:
        self._folder = path if path.is_dir() else path.parent
        self.names = (
            [
                name
                for file in files_under(path, "")
                if _is_wanted(name := file.relative_to(path).as_posix(), endings)
            ]
            if path.is_dir()
            else [path.name]
        )

    def pieces(self, name: str) -> Iterator[bytes]:
        try:
            with open_plain(self._folder / name) as file:
                while piece := file.read(PIECE_BYTES):
                    yield piece
        except OSError as error:
            raise Unreadable(f"cannot be opened ({error.strerror})") from error


class _Zip:
    """The members of a zip. They may overlap: what all of them unpack to is counted together."""

    def __init__(self, archive: zipfile.ZipFile, size: int, endings: tuple[str, ...]) -> None:
        self._archive = archive
        self._room = max(_RATIO_COUNTS_FROM, MAX_ZIP_RATIO * size)
        self.names = sorted({name for name in archive.namelist() if _is_wanted(name, endings)})

    def pieces(self, name: str) -> Iterator[bytes]:
        member = self._archive.getinfo(name)
        if member.compress_type not in PACKED_AS:
            raise Unreadable("is packed in a way that is not known")
        try:
            opened = self._archive.open(member)
        except DAMAGED as error:
            raise Unreadable("cannot be unpacked") from error
        with opened as file:
            while piece := self._piece(file):
                yield piece

    def _piece(self, file: IO[bytes]) -> bytes:
        try:
            piece = file.read(PIECE_BYTES)
        except DAMAGED as error:
            raise Unreadable("is damaged or cut off from here on") from error
        self._room -= len(piece)
        if self._room < 0:
            raise Unreadable(f"is in a zip that unpacks to over {MAX_ZIP_RATIO} times its size")
        return piece
