"""The pages of a database file and the rows in them, read without SQLite.

SQLite gives up on a table at the first thing in it that is wrong. Here every page that can be read
gives the rows that it holds (https://www.sqlite.org/fileformat2.html, section 1.6).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from store.library.format import DEFAULT_PAGE_SIZE, HEAD_BYTES, Head, WriteAheadLog
from store.library.records import Value, values_of, varint
from store.library.replace import sibling

INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 2, 5, 10, 13
_INTERIOR = (INTERIOR_INDEX, INTERIOR_TABLE)
_TABLE = (INTERIOR_TABLE, LEAF_TABLE)


class PageError(ValueError):
    """There is no such page, or it is not what it should be."""


class Record(NamedTuple):
    """A row as it is stored."""

    number: int | None
    """The number of the row; None in a table that is kept in the order of its key."""
    values: list[Value]


@dataclass(slots=True)
class Tree:
    """The pages of one table or index."""

    holding: list[int] = field(default_factory=list)
    """Those that hold rows, in order."""
    pages: set[int] = field(default_factory=set)
    whole: bool = True
    """Whether all of it could be read."""


class Pages:
    """The pages of a database file after the last commit, those in its log included."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._log = WriteAheadLog.read(sibling(path, "-wal"), verify=True)
        self._log_file = sibling(path, "-wal").open("rb") if self._log.pages else None
        self._page_size = DEFAULT_PAGE_SIZE
        self.head = self._read_head()
        self._page_size = self.head.page_size if self.head else DEFAULT_PAGE_SIZE
        self._usable = self._page_size - (self.head.reserved if self.head else 0)
        self.count = self._log.size or -(-path.stat().st_size // self._page_size)

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        if self._log_file is not None:
            self._log_file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def page(self, number: int) -> bytes:
        """The content of a page; the first one has number 1.

        Raises:
            PageError: it is not there, or the disk does not give it.
        """
        if not 1 <= number <= self.count:
            raise PageError(f"no page {number}")
        file, place = self._file, (number - 1) * self._page_size
        if self._log_file is not None and number in self._log.pages:
            file, place = self._log_file, self._log.pages[number]
        try:
            file.seek(place)
            content = file.read(self._page_size)
        except OSError as error:
            raise PageError(f"page {number}: {error.strerror}") from error
        if len(content) < self._page_size:
            raise PageError(f"page {number} is cut off")
        return content

    def free(self) -> set[int]:
        """The pages that are not in use, as far as the list of them can be read."""
        found: set[int] = set()
        trunk = self.head.first_free if self.head else 0
        while trunk and trunk not in found:
            found.add(trunk)
            try:
                trunk, count, *leaves = struct.unpack_from(
                    f">{self._usable // 4}I", self.page(trunk)
                )
            except PageError:
                break
            found.update(leaves[:count])
        return found

    def tree(self, root: int, *, table: bool) -> Tree:
        """The pages of the tree whose root is the page `root`.

        Args:
            root: the number of the page.
            table: whether it is a table with numbered rows; else it is kept by key, as an index.
        """
        tree = Tree()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            try:
                if number in tree.pages:
                    raise PageError(f"page {number} is in the tree twice")
                kind, children = self._children(number)
                if (kind in _TABLE) is not table:
                    raise PageError(f"page {number} is of another tree")
            except PageError:
                tree.whole = False
                continue
            tree.pages.add(number)
            waiting += reversed(children)
            if kind != INTERIOR_TABLE:
                tree.holding.append(number)
        return tree

    def kind(self, number: int) -> int:
        """What sort of page it is; 0 for one that is of no tree."""
        try:
            kind = self.page(number)[_start(number)]
        except PageError:
            return 0
        return kind if kind in (*_INTERIOR, LEAF_INDEX, LEAF_TABLE) else 0

    def records(self, number: int) -> Iterator[Record | None]:
        """The rows that a page holds; None for each that cannot be read.

        Raises:
            PageError: the page cannot.
        """
        content = self.page(number)
        kind, cells = self._cells(content, number)
        for cell in cells:
            try:
                yield self._record(content, kind, cell)
            except (ValueError, IndexError, struct.error):
                yield None

    def _read_head(self) -> Head | None:
        """Of the newest first page there is; None when it cannot be right."""
        if self._log_file is not None and 1 in self._log.pages:
            self._log_file.seek(self._log.pages[1])
            head = Head.of(self._log_file.read(HEAD_BYTES))
        else:
            head = Head.of(self._file.read(HEAD_BYTES))
        if head is None or head.page_size not in {1 << power for power in range(9, 17)}:
            return None
        return head if head.page_size - head.reserved >= 480 else None

    # --- a page --------------------------------------------------------------------------------

    def _cells(self, content: bytes, number: int) -> tuple[int, tuple[int, ...]]:
        """The sort of a page, and where its cells begin."""
        start = _start(number)
        kind = content[start]
        if kind not in (*_INTERIOR, LEAF_INDEX, LEAF_TABLE):
            raise PageError(f"page {number} is of no tree")
        [count] = struct.unpack_from(">H", content, start + 3)
        first = start + (12 if kind in _INTERIOR else 8)
        if first + 2 * count > self._usable:
            raise PageError(f"page {number} cannot hold {count} cells")
        return kind, struct.unpack_from(f">{count}H", content, first)

    def _children(self, number: int) -> tuple[int, list[int]]:
        """The sort of a page, and the pages below it."""
        content = self.page(number)
        kind, cells = self._cells(content, number)
        if kind not in _INTERIOR:
            return kind, []
        try:
            below = [struct.unpack_from(">I", content, cell)[0] for cell in cells]
        except struct.error as error:
            raise PageError(f"page {number}: {error}") from error
        [last] = struct.unpack_from(">I", content, _start(number) + 8)
        return kind, [*below, last]

    def _record(self, content: bytes, kind: int, cell: int) -> Record:
        if kind == INTERIOR_INDEX:
            cell += 4  # past the page below it
        size, cell = varint(content, cell)
        number = None
        if kind == LEAF_TABLE:
            number, cell = varint(content, cell)
        return Record(number, values_of(self._payload(content, cell, size, kind == LEAF_TABLE)))

    def _payload(self, content: bytes, start: int, size: int, table: bool) -> bytes:
        """What a cell holds: `size` bytes, those for which its page has no room included."""
        usable = self._usable
        most = usable - 35 if table else (usable - 12) * 64 // 255 - 23
        if size <= most:
            here = size
        else:
            least = (usable - 12) * 32 // 255 - 23
            here = least + (size - least) % (usable - 4)
            here = here if here <= most else least
        if size < 0 or start + here > usable or size > self.count * usable:
            raise PageError("a cell is longer than its page")
        parts = [content[start : start + here]]
        left = size - here
        if left:
            [further] = struct.unpack_from(">I", content, start + here)
        while left > 0:
            page = self.page(further)
            [further] = struct.unpack_from(">I", page)
            parts.append(page[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
        return b"".join(parts)


def _start(number: int) -> int:
    """Where what is said of a page begins in it: on the first one, after the head of the file."""
    return HEAD_BYTES if number == 1 else 0
