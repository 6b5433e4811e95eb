"""A file that is being downloaded: what is there of it, and whether it is what it should be."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.models.hub import HubFile

if TYPE_CHECKING:
    from hashlib import _Hash

_BLOCK = 1024 * 1024
_PRIVATE = 0o600
_SUFFIX = ".part"


def part_path(target: Path, file: HubFile) -> Path:
    """Where the part of `target` lies.

    Its name holds the checksum of the whole, so that a part is never continued with the bytes of
    another version.
    """
    return target.with_name(f"{target.name}.{file.checksum.value[:12]}{_SUFFIX}")


class Part:
    """The part of one file, open for writing at its end. Hashed as it grows."""

    def __init__(self, path: Path, file: HubFile) -> None:
        """Open the part at `path`, which may not be there yet, and hash what it holds.

        Raises:
            OSError: it cannot be opened or read.
        """
        self.path = path
        self.size = 0
        self._whole = file
        self._digest = self._new_digest()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
        self._file = os.fdopen(descriptor, "r+b")
        while block := self._file.read(_BLOCK):
            self._digest.update(block)
            self.size += len(block)
        if self.size > file.size:
            self._start_over()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def complete(self) -> bool:
        """Whether as many bytes are there as there should be, right or wrong."""
        return self.size >= self._whole.size

    def write(self, offset: int, chunk: bytes) -> None:
        """Add what comes at `offset`: where the part ends, or 0 to begin anew.

        Raises:
            OSError: the disk is full, or fails.
            ValueError: it belongs elsewhere.
        """
        if offset == 0 and self.size:
            self._start_over()
        if offset != self.size:
            raise ValueError(f"bytes for {offset} came where {self.size} is next")
        self._file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def is_right(self) -> bool:
        """Whether it is the file that was asked for, whole."""
        return (
            self.size == self._whole.size and self._digest.hexdigest() == self._whole.checksum.value
        )

    def sync(self) -> None:
        """Bring it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def _start_over(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._digest, self.size = self._new_digest(), 0

    def _new_digest(self) -> _Hash:
        if self._whole.checksum.kind == "sha256":
            return hashlib.sha256()
        # https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
        header = f"blob {self._whole.size}\0".encode()
        return hashlib.sha1(header, usedforsecurity=False)
