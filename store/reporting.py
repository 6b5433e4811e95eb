"""What long work tells of its progress."""

from __future__ import annotations

from typing import Protocol


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
