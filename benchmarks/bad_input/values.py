"""Values of JSON that a field should not hold, and mutations of values that it may."""

from __future__ import annotations

import json
import random
import re

from benchmarks.bad_input.texts import HAND_MADE, LINKS, hostile

_RAW = {
    "1e999": "1e999",
    "-1e999": "-1e999",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-0": "-0",
    "-0.0": "-0.0",
    "1e400": "1" + "0" * 400,
    "5000 digits": "9" * 5_000,
    "5000 decimals": "0." + "3" * 5_000,
    "deep list": "[" * 900 + "]" * 900,
    "deep object": '{"a":' * 900 + "1" + "}" * 900,
    "half escape": '"\\ud83d"',
    "twice": '{"a":1,"a":2}',
    "not JSON": "{'a': 1}",
    "escape": '"\\x"',
    "tab": '"a\tb"',
}
"""Spelled as they stand: Python's own encoder would refuse them or write them otherwise."""
_RAW_MARK = re.compile(r'"<raw:([^>]*)>"')

NUMBERS: tuple[object, ...] = (
    0, -1, 1, 0.5, -0.0, 2**31, 2**63, 2**64, 10**15, 10**16, 10**18, 10**400, 1e15, 1e308, -1e308,
    1e-320, 1870, 2200, 1869, 2201, 99999999, 20240230, 253402300800, -62135596801, True, False,
    "1e5", "12", "0x10", "٣", "²", "1_000", " 7 ", "+5", "-", "1,5", "∞",
)  # fmt: skip
DATES: tuple[object, ...] = (
    "0000-00-00", "2024-02-30", "2024-13-01", "2024-01-32", "9999-12-31", "10000-01-01", "00010101",
    "1000000-01-01", "-0001-01-01", "2024-01-01T25:61:61", "2024-01-01T00:00:00+99:99", "20240101",
    "٢٠٢٤-٠١-٠١", "2024-1-1", "2024-01-01" + "0" * 100, "yesterday", "2024-W01", "2024-001", "T",
    "2024-05-31T12:00:00Z", "2024-05-31T12:00:00.123456789Z", "1969-12-31", "2201-01-01", 10**18,
    -(10**18), 0, 1e20, "1717113600", "2024-05-31\x1b[31m", "2024-05-31\u202e",
)  # fmt: skip
_IN_A_LIST = 2_000
"""The longest text in a list. Larger sources are made by hand, once each."""
_SHAPES: tuple[object, ...] = (None, [], {}, [[]], [None], [{}], {"": ""}, ["", None, 3, {}, "x"])


def strange(draw: random.Random) -> object:
    """Any value that a field should not hold."""
    way = draw.randrange(9)
    if way == 0:
        return draw.choice(NUMBERS)
    if way == 1:
        return draw.choice(DATES)
    if way == 2:
        return draw.choice(_SHAPES)
    if way == 3:
        return f"<raw:{draw.choice(list(_RAW))}>"
    if way == 4:
        return [hostile(draw)[:_IN_A_LIST] for _ in range(draw.randrange(6))]
    if way == 5:
        return {hostile(draw)[:200]: hostile(draw) for _ in range(draw.randrange(4))}
    if way == 6:
        return draw.choice(LINKS)
    if way == 7:
        return [draw.choice(NUMBERS), draw.choice(HAND_MADE), None, {"url": draw.choice(LINKS)}]
    return hostile(draw)


def mutated(draw: random.Random, record: dict[str, object]) -> dict[str, object]:
    """`record` with one to four of its fields made hostile."""
    record = dict(record)
    for _ in range(draw.randrange(1, 5)):
        name = draw.choice(list(record)) if record else "id"
        way = draw.random()
        if way < 0.5:
            record[name] = _worse(draw, record.get(name))
        elif way < 0.75:
            record[name] = strange(draw)
        elif way < 0.82:
            record.pop(name, None)
        elif way < 0.9:
            record[hostile(draw)[:500]] = strange(draw)
        elif way < 0.95:
            record[name.upper() if draw.random() < 0.5 else f" {name}\ufeff"] = record.get(name)
        else:
            record[name] = [str(record.get(name))[:_IN_A_LIST]] * draw.randrange(1, 300)
    return record


def _worse(draw: random.Random, value: object) -> object:
    """A hostile value of the same type."""
    if isinstance(value, str):
        return draw.choice(
            (hostile(draw), f"{value}{draw.choice(HAND_MADE)}", str(draw.choice(DATES)))
        )
    if isinstance(value, bool | int | float):
        return draw.choice(NUMBERS)
    if isinstance(value, list):
        return [str(_worse(draw, item))[:_IN_A_LIST] for item in (value or ["x"])[:20]]
    if isinstance(value, dict):
        return mutated(draw, value)
    return strange(draw)


def spelled(draw: random.Random, value: object) -> bytes:
    """`value` as JSON in one line, in one of the ways in which it can be written."""
    text = json.dumps(value, ensure_ascii=draw.random() < 0.5)
    text = _RAW_MARK.sub(lambda match: _RAW.get(match[1], match[0]), text)
    return text.encode("utf-8", "surrogatepass")


def mutated_bytes(draw: random.Random, data: bytes) -> bytes:
    """`data` with a few bytes changed, cut, doubled or put elsewhere."""
    changed = bytearray(data)
    for _ in range(draw.randrange(1, 6)):
        place, length = draw.randrange(len(changed) + 1), draw.choice((1, 1, 2, 8, 64, 512))
        way = draw.randrange(7)
        if way == 0 and place < len(changed):
            changed[place] ^= 1 << draw.randrange(8)
        elif way == 1:
            changed[place:place] = draw.randbytes(length)
        elif way == 2:
            del changed[place : place + length]
        elif way == 3:
            changed[place:place] = changed[place : place + length]
        elif way == 4:
            source = draw.randrange(len(changed) + 1)
            changed[place : place + length] = changed[source : source + length]
        elif way == 5:
            changed[place:place] = draw.choice(_SPLICES)
        else:
            del changed[place:]
    return bytes(changed)


_SPLICES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\x80", b"\r", b"\n", b'"', b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b",",
    b":", b"\x1b[2J", b"\x9b", b"9" * 5_000, b"[" * 2_000, b'{"a":' * 2_000, b"1e999",
    b"PK\x03\x04", b"\x1f\x8b",
)  # fmt: skip
