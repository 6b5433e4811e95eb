"""Reading the zip of a backup, which may be anybody's: nothing that it claims is trusted.

Nothing is unpacked by a name of its own, and never more is read than was announced and is
plausible. What the library in it holds is judged elsewhere.
"""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is the name of a class
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from assistant.errors import StoreError
from store.backup.manifest import (
    LIBRARY,
    LONGEST_MANIFEST,
    MANIFEST,
    VERSION,
    Format,
    Manifest,
    NoBackupError,
)
from store.durable import PRIVATE_FILE

CHUNK = 1024 * 1024
"""Bytes read at a time."""
ALWAYS_PLAUSIBLE = 64 * 1024 * 1024
"""So much may come out of however little."""
PLAUSIBLE_RATIO = 100
"""Of unpacked to packed. Deflate can reach 1,032; a library that is mostly empty pages, 50."""
_MOST_AT_ONCE = 2 * CHUNK
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    StructError,
    ValueError,
)
"""What `zipfile` raises over files that are no zips, or broken ones."""


class Archive:
    """An open backup whose members and manifest are as they should be."""

    def __init__(self, path: Path, zip_: zipfile.ZipFile) -> None:
        self._path = path
        self._zip = zip_
        members = zip_.infolist()
        if sorted(member.filename for member in members) != [LIBRARY, MANIFEST]:
            raise NoBackupError(path, "it does not hold a library and its manifest alone")
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise NoBackupError(path, "it is encrypted")
        self._library = zip_.getinfo(LIBRARY)
        self.manifest = self._read_manifest()
        if self._library.file_size != self.manifest.size:
            raise NoBackupError(path, "its manifest speaks of another library")
        most = max(ALWAYS_PLAUSIBLE, PLAUSIBLE_RATIO * path.stat().st_size)
        if self.manifest.size > most:
            raise NoBackupError(path, "it would unpack to far more than a library is")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the backup at `path`.

        Raises:
            NoBackupError: it is none.
            StoreError: it cannot be read, or a newer Matinee made it.
        """
        with _read_errors(path):
            if not path.is_file() and path.exists():
                raise NoBackupError(path, "it is no file")
            zip_ = zipfile.ZipFile(_Frugal(path))
            try:
                return cls(path, zip_)
            except BaseException:
                zip_.close()
                raise

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def unpack(self, target: Path) -> Iterator[int]:
        """Write the library to `target`, where nothing is yet, and make sure that it is all there.

        Yields:
            The bytes of each chunk, once it is written.

        Raises:
            NoBackupError: it is damaged, or not what the manifest says.
            OSError: it cannot be written.
        """
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in self._verified():
                file.write(chunk)
                yield len(chunk)

    def verify(self) -> Iterator[int]:
        """Read the library and make sure that it is all there.

        Yields:
            The bytes of each chunk.

        Raises:
            NoBackupError: it is damaged, or not what the manifest says.
        """
        return map(len, self._verified())

    def _verified(self) -> Iterator[bytes]:
        """The library, in chunks; at its end an error, unless it was as the manifest says."""
        digest, left = hashlib.sha256(), self.manifest.size
        with _read_errors(self._path), self._zip.open(self._library) as file:
            while chunk := file.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                digest.update(chunk)
                yield chunk
        if left or digest.hexdigest() != self.manifest.sha256:
            raise NoBackupError(self._path, "the library in it is damaged")

    def _read_manifest(self) -> Manifest:
        with self._zip.open(MANIFEST) as file:
            data = file.read(LONGEST_MANIFEST + 1)
        if len(data) > LONGEST_MANIFEST:
            raise NoBackupError(self._path, "its manifest is too long")
        version = Format.model_validate_json(data).version
        if version > VERSION:
            raise StoreError(
                "The backup was made by a newer Matinee.",
                f"{self._path}: version {version}; this program knows {VERSION}.",
                "Upgrade Matinee, then restore it.",
            )
        return Manifest.model_validate_json(data)


class _Frugal(FileIO):
    """A file of which no more is read at once than the list of a backup's members takes.

    `zipfile` reads that list whole, however long a stranger has made it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most `size` bytes; all that is left where no size is given."""
        wanted = size if size is not None and size >= 0 else _MOST_AT_ONCE + 1
        data = super().read(min(wanted, _MOST_AT_ONCE + 1)) or b""
        if len(data) > _MOST_AT_ONCE:
            raise ValueError("the list of its members is too long")
        return data


@contextmanager
def _read_errors(path: Path) -> Iterator[None]:
    """Say of what is wrong with the file at `path` that it is wrong with a backup."""
    try:
        yield
    except StoreError:
        raise
    except ValidationError as error:
        raise NoBackupError(path, "its manifest says what cannot be") from error
    except _BROKEN as error:
        raise NoBackupError(path, "it is no zip, or a damaged one") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it points to a place before its own beginning
            raise NoBackupError(path, "it is no zip, or a damaged one") from error
        raise StoreError(
            "The backup cannot be read.",
            f"{path}: {error.strerror or error}",
            "Give a file that `matinee backup` has written.",
        ) from error
