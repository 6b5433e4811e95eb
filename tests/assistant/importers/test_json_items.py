from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

import pytest

from assistant.importers.json_items import MAX_ITEM_CHARS, array_items
from assistant.importers.reading import Unreadable

ITEMS = [{"a": '時計 \u2028 "]'}, [1, [2, {}]], "x,]", 12345, None, -1.5e3, True, {}]


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_items_are_the_same_however_the_bytes_come(size: int, indent: int | None) -> None:
    data = json.dumps(ITEMS, ensure_ascii=False, indent=indent).encode("utf-8-sig")
    assert list(array_items(pieces(data, size))) == ITEMS


def test_an_array_without_end_is_read_item_by_item() -> None:
    def endless() -> Iterator[bytes]:
        yield b"["
        while True:
            yield b'{"a": 1}, '

    assert list(islice(array_items(endless()), 1_000)) == [{"a": 1}] * 1_000


@pytest.mark.parametrize(
    ("data", "before", "reason"),
    [
        (b"", 0, "is not a JSON array"),
        (b'{"a": 1}', 0, "is not a JSON array"),
        (b"[1, 2", 1, "is damaged from here on"),
        (b"[1, 2, ", 2, "is cut off from here on"),
        (b'[{"a": 1}, {"a', 1, "is damaged from here on"),
        (b"[1, 2, nonsense, 3]", 2, "is damaged from here on"),
        (b'[1, "\xff"]', 0, "is not UTF-8 text"),
        (b"[" + b"[" * 100_000, 0, "is nested too deeply"),
        (b'[1, "' + b"x" * (MAX_ITEM_CHARS + 9), 1, "is damaged from here on"),
        (b"[1, " + b"9" * 5_000 + b"]", 1, "is damaged from here on"),
    ],
    ids=[
        "empty",
        "object",
        "cut number",
        "cut",
        "cut object",
        "word",
        "latin",
        "deep",
        "long",
        "digits",
    ],
)
def test_what_is_damaged_gives_what_comes_before(data: bytes, before: int, reason: str) -> None:
    found: list[object] = []
    with pytest.raises(Unreadable) as raised:
        found.extend(array_items(pieces(data, 10_000)))
    assert str(raised.value) == reason
    assert len(found) <= before


def test_an_item_that_does_not_end_is_not_waited_for() -> None:
    def endless() -> Iterator[bytes]:
        yield b'["'
        while True:
            yield b"x" * 100_000

    with pytest.raises(Unreadable):
        list(array_items(endless()))
