"""Telling whoever watches what is going on, whichever face they have before them."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """What is told of the progress of long work."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage of `total` steps begins; None when their number is not known."""

    def advance(self, n: int) -> None:
        """So many more steps of it are done."""


class Narrator(Reporter, Protocol):
    """A reporter that also passes on what the person should know."""

    def say(self, text: str) -> None:
        """Say something: whole sentences, one or several lines."""


class Silent:
    """A narrator to whom nobody listens."""

    def say(self, text: str) -> None:
        """Nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, n: int) -> None:
        """Nothing."""
