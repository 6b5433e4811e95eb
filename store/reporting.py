"""What long work tells of its progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

_MEGABYTE = 1024 * 1024


class Reporter(Protocol):
    """What is told of the progress."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage of `total` steps begins; None when their number is not known."""

    def advance(self, n: int) -> None:
        """So many more steps of it are done."""


class Silent:
    """A reporter for work that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, n: int) -> None:
        """Say nothing."""


def megabytes(reporter: Reporter, name: str, size: int) -> Callable[[int], None]:
    """Begin a stage of `size` bytes, told in megabytes.

    Returns:
        What is to be told how many of the bytes are done so far.
    """
    told = 0
    reporter.stage(f"{name} (MB)", -(-size // _MEGABYTE))

    def reached(done: int) -> None:
        nonlocal told
        now = -(-done // _MEGABYTE)
        reporter.advance(now - told)
        told = now

    return reached
