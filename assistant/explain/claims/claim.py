"""What a sentence claims, and whether that is known."""

from __future__ import annotations

from enum import StrEnum

from assistant.types import Value


class ClaimKind(StrEnum):
    """What a claim is about."""

    TITLE = "title"
    PERSON = "person"
    NUMBER = "number"
    TOPIC = "topic"
    COMPARISON = "comparison"
    VIEWER = "viewer"
    """What the viewer is, did, said or likes."""


class Claim(Value):
    """One claim of a sentence."""

    kind: ClaimKind
    text: str
    """The words that make it."""
    supported: bool
    why: str
    """What it rests on, or what it lacks."""
