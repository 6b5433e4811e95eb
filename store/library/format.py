"""The head of an SQLite file and its write-ahead log, read without SQLite.

SQLite makes files beside the one that it opens. Whether it may be opened at all, and what a file
holds that SQLite refuses, is found out here (https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

HEAD_BYTES = 100
DEFAULT_PAGE_SIZE = 4096
_MAGIC = b"SQLite format 3\x00"
_WAL_MAGIC = (0x377F0682, 0x377F0683)
"""The second one's checksums are of big-endian words."""
_WAL_HEAD = struct.Struct(">IIIIIIII")
_FRAME_HEAD = struct.Struct(">IIIIII")


class Head(NamedTuple):
    """What the first 100 bytes of a database say."""

    page_size: int
    reserved: int
    """Bytes at the end of each page that SQLite does not use."""
    pages: int
    first_free: int
    """The first page of the list of free pages; 0 when there is none."""
    version: int
    """`PRAGMA user_version`: the number of the last migration."""

    @classmethod
    def of(cls, data: bytes) -> Self | None:
        """Read the head of a file; None when it does not begin as a database does."""
        if len(data) < HEAD_BYTES or not data.startswith(_MAGIC):
            return None
        [size] = struct.unpack_from(">H", data, 16)
        pages, first_free = struct.unpack_from(">II", data, 28)
        [version] = struct.unpack_from(">i", data, 60)
        return cls(size if size != 1 else 65536, data[20], pages, first_free, version)


@dataclass(frozen=True, slots=True)
class WriteAheadLog:
    """Where the pages that a write-ahead log holds begin in it."""

    pages: dict[int, int] = field(default_factory=dict)
    """The place of each page's last content that was committed."""
    size: int = 0
    """The pages of the database after the last commit; 0 when nothing was committed."""

    @classmethod
    def read(cls, path: Path, *, verify: bool = False) -> WriteAheadLog:
        """Read the log at `path`; it holds nothing when it is not there or is none.

        Args:
            path: the file whose name ends in ``-wal``.
            verify: compute every checksum too, as SQLite does (200 ms a thousand pages).
        """
        pages: dict[int, int] = {}
        size = 0
        try:
            with path.open("rb") as file:
                written: dict[int, int] = {}
                for page, size_after, place in _frames(file, verify):
                    written[page] = place
                    if size_after:
                        pages.update(written)
                        size = size_after
                        written.clear()
        except FileNotFoundError:
            pass
        return cls(pages, size)


def _frames(file: BinaryIO, verify: bool) -> Iterator[tuple[int, int, int]]:
    """Page, size of the database after the commit that it ends (else 0), place of its content."""
    head = file.read(_WAL_HEAD.size)
    if len(head) < _WAL_HEAD.size:
        return
    magic, _, page_size, _, *salts, sum_1, sum_2 = _WAL_HEAD.unpack(head)
    if magic not in _WAL_MAGIC or not 512 <= page_size <= 65536:
        return
    sums = (sum_1, sum_2)
    order = ">" if magic & 1 else "<"
    if verify and _checksum(head[:24], (0, 0), order) != sums:
        return
    place = _WAL_HEAD.size
    while len(frame := file.read(_FRAME_HEAD.size)) == _FRAME_HEAD.size:
        page, size_after, *frame_salts, sum_1, sum_2 = _FRAME_HEAD.unpack(frame)
        if frame_salts != salts or not page:
            return  # from here on it is left from before the log was begun anew
        content = file.read(page_size) if verify else b""
        if verify:
            sums = _checksum(frame[:8] + content, sums, order)
            if len(content) < page_size or sums != (sum_1, sum_2):
                return
        yield page, size_after, place + _FRAME_HEAD.size
        place += _FRAME_HEAD.size + page_size
        file.seek(place)


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    whole = len(data) // 8
    words = iter(struct.unpack(f"{order}{2 * whole}I", data[: 8 * whole]))
    for one, two in zip(words, words, strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second
