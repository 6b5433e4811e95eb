"""Telling whoever watches what is going on, whichever face they have before them."""

from __future__ import annotations

from typing import Protocol

from store import reporting


class Narrator(reporting.Reporter, Protocol):
    """What is told of the progress of long work, and of what the person should know."""

    def say(self, text: str) -> None:
        """Say something: whole sentences, in one line or several."""


class Silent(reporting.Silent):
    """A narrator to whom nobody listens."""

    def say(self, text: str) -> None:
        """Say nothing."""
