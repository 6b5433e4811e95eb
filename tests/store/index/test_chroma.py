"""The guard around Chroma, and its settings."""

from __future__ import annotations

import httpx
import pytest

from store.index.chroma import ChromaFailure, ChromaTimeout, ChromaUnavailable, guarded


class PanicException(BaseException):
    """What native code raises when it panics."""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PanicException("index out of bounds\nand more"), ChromaFailure),
        (ValueError("wrong"), ChromaFailure),
        (Exception("HTTP 500"), ChromaFailure),
        (httpx.ConnectError("refused"), ChromaUnavailable),
        (httpx.ReadTimeout("too slow"), ChromaTimeout),
    ],
)
def test_whatever_chroma_raises_is_one_kind_of_error(
    error: BaseException, kind: type[ChromaFailure]
) -> None:
    with pytest.raises(ChromaFailure) as caught, guarded():
        raise error
    assert type(caught.value) is kind
    assert str(caught.value) == str(error).splitlines()[0]


def test_an_error_that_was_raised_on_account_of_the_connection() -> None:
    error = ValueError("Could not connect. Are you sure it is running?")
    error.__context__ = httpx.ConnectError("refused")
    with pytest.raises(ChromaUnavailable, match="Are you sure it is running"), guarded():
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), MemoryError()])
def test_what_is_not_of_chroma_goes_through(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, guarded():
        raise error
    assert caught.value is error
