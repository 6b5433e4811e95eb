"""Rows as SQLite stores them (https://www.sqlite.org/fileformat2.html, section 2.1)."""

from __future__ import annotations

import struct

Value = None | int | float | str | bytes

_WIDTHS = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of an integer, by its type."""


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends.

    Raises:
        IndexError: the data end before.
    """
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    value = value << 8 | data[at + 8]
    return (value - (1 << 64) if value >= 1 << 63 else value), at + 9


def values_of(payload: bytes) -> list[Value]:
    """The values of a record.

    Raises:
        ValueError, IndexError, struct.error: it is none.
    """
    end, at = varint(payload, 0)
    types = []
    while at < end:
        type_, at = varint(payload, at)
        types.append(type_)
    if at != end:
        raise ValueError("a record's head is of another length than it says")
    values = []
    for type_ in types:
        value, at = _value(payload, at, type_)
        values.append(value)
    if at != len(payload):
        raise ValueError("a record is of another length than it says")
    return values


def _value(payload: bytes, at: int, type_: int) -> tuple[Value, int]:
    """The value of some type that begins at `at`, and where it ends."""
    if type_ == 0:
        return None, at
    if type_ <= 6:
        end = at + _WIDTHS[type_]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if type_ == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if type_ in (8, 9):
        return type_ - 8, at
    if type_ in (10, 11):
        raise ValueError("a type that is not used")
    end = at + (type_ - 12) // 2
    if end > len(payload):
        raise ValueError("a value is longer than its record")
    return (payload[at:end].decode() if type_ % 2 else payload[at:end]), end
