"""An answer in words."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Request


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and what the conversation is about from then on."""

    text: str
    focus_ids: tuple[str, ...] = ()
    """The videos that were spoken of: what "it" means."""
    listed_ids: tuple[str, ...] = ()
    """Videos that were listed by number: what "the third" means."""
    offer: Request | None = None
    """What "yes" asks for."""
