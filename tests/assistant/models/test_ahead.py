from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.models.ahead import read_ahead

DEADLINE_S = 20.0


def test_everything_comes_in_order() -> None:
    def source() -> Generator[int]:
        yield from range(100)

    assert list(read_ahead(source, CancelToken(), depth=2)) == list(range(100))


def test_an_error_comes_after_what_was_read_before_it() -> None:
    def source() -> Generator[int]:
        yield 1
        raise ValueError("broken")

    items = read_ahead(source, CancelToken())
    assert next(items) == 1
    with pytest.raises(ValueError, match="broken"):
        next(items)


def test_what_blocks_is_given_up_and_closed_later() -> None:
    waits, closed = threading.Event(), threading.Event()

    def source() -> Generator[int]:
        try:
            yield 1
            waits.wait(DEADLINE_S)
            yield 2
        finally:
            closed.set()

    token = CancelToken()
    items = read_ahead(source, token)
    assert next(items) == 1
    token.cancel()
    with pytest.raises(Cancelled):
        next(items)
    assert not closed.is_set()
    waits.set()
    assert closed.wait(DEADLINE_S)


def test_who_has_enough_leaves_no_thread_behind() -> None:
    closed = threading.Event()

    def source() -> Generator[int]:
        try:
            while True:
                yield 0
        finally:
            closed.set()

    items = read_ahead(source, CancelToken(), depth=1)
    assert next(items) == 0
    items.close()
    assert closed.wait(DEADLINE_S)
