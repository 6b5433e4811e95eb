"""How strongly each item speaks for each other one: a sparse matrix, as compact bytes."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

_HEADER = struct.Struct("<4sIQI")
"""What it is, items, weights, and the CRC-32 of what follows."""
_MAGIC = b"MCW1"
_EXPONENT = np.uint16(0x7C00)
"""These bits of a half-precision number are all set where it is infinite or none."""
_SMALL = 2**16
"""So many items can be numbered in two bytes."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Items × items, by rows (CSR): row i holds what liking item i says of the others.

    Columns and values may be in the narrow types in which they are stored.
    """

    starts: Integers
    """Where each row begins, and where the last one ends, shape (items + 1,)."""
    columns: NDArray[np.integer[Any]]
    """The items spoken for, shape (weights,)."""
    values: NDArray[np.floating[Any]]
    """How strongly, shape (weights,)."""

    @classmethod
    def of(
        cls, rows: Integers, columns: Integers, values: NDArray[np.float32], items: int
    ) -> Weights:
        """From entries in any order; no entry comes twice."""
        order = np.argsort(rows, kind="stable")
        starts = np.zeros(items + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=items), out=starts[1:])
        return cls(starts, columns[order], values[order])

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.starts) - 1

    def scaled(self, scales: NDArray[np.float32]) -> Weights:
        """With every row multiplied by a number of its own, shape (items,)."""
        return Weights(
            self.starts, self.columns, self.values * np.repeat(scales, np.diff(self.starts))
        )

    def entries(self, rows: Integers) -> tuple[Integers, Integers, NDArray[np.float64]]:
        """The entries of some rows: which of `rows` each is of, its column, its value."""
        first, counts = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        which = np.repeat(np.arange(len(rows)), counts)
        before = np.repeat(np.cumsum(counts) - counts, counts)
        at = np.repeat(first, counts) + np.arange(len(which)) - before
        return which, self.columns[at].astype(np.int64), self.values[at].astype(np.float64)

    def to_bytes(self) -> bytes:
        """Half-precision numbers and the narrowest column numbers, with a checksum.

        Not compressed any further: these bytes hardly shrink, and would be unpacked at every start.
        """
        width = np.uint16 if self.items <= _SMALL else np.uint32
        body = b"".join(
            (
                self.starts.astype("<u4").tobytes(),
                self.columns.astype(np.dtype(width).newbyteorder("<")).tobytes(),
                self.values.astype("<f2").tobytes(),
            )
        )
        return _HEADER.pack(_MAGIC, self.items, len(self.values), zlib.crc32(body)) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """What `to_bytes` made.

        Raises:
            ValueError: it did not make that.
        """
        if len(data) < _HEADER.size:
            raise ValueError("too short for weights")
        magic, items, count, checksum = _HEADER.unpack_from(data)
        width = "<u2" if items <= _SMALL else "<u4"
        sizes = (4 * (items + 1), count * np.dtype(width).itemsize, count * 2)
        body = memoryview(data)[_HEADER.size :]
        if magic != _MAGIC or len(body) != sum(sizes) or zlib.crc32(body) != checksum:
            raise ValueError("no weights, or damaged ones")
        starts = np.frombuffer(body[: sizes[0]], "<u4").astype(np.int64)
        columns = np.frombuffer(body[sizes[0] : sizes[0] + sizes[1]], width)
        bits = np.frombuffer(body[sizes[0] + sizes[1] :], "<u2")
        steps = np.diff(starts)
        if starts[0] != 0 or starts[-1] != count or (steps < 0).any():
            raise ValueError("rows of weights out of order")
        if count and columns.max() >= items:
            raise ValueError("a weight for an item that is not there")
        if ((bits & _EXPONENT) == _EXPONENT).any():
            raise ValueError("a weight that is no number")
        return cls(starts, columns, bits.view("<f2"))
