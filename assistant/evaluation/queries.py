"""What is asked in an evaluation, and what would have been right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from assistant.batch import Message
from assistant.types import Interaction

T = TypeVar("T")
Person = Mapping[str, float | None]
"""What one person rated (stars, of five) or named (None), by the id of the video."""


class TaskKind(StrEnum):
    """What a ranking is to be made from."""

    REQUESTS = "requests"
    """A conversation."""
    HISTORIES = "histories"
    """Somebody's ratings."""
    TOPICS = "topics"
    """A subject, in a sentence."""
    OWN_HISTORY = "own history"
    """The viewer's own signals up to some moment."""


@dataclass(frozen=True, slots=True)
class Query:
    """One ranking to be made."""

    id: str
    person: str
    """Whose it is. Of what others did, nothing that this person did may be known."""
    relevant: frozenset[str]
    messages: tuple[Message, ...] = ()
    history: tuple[Interaction, ...] = ()
    exclude: frozenset[str] = frozenset()
    """Ids that are not ranked."""
    named: tuple[str, ...] = ()
    """Ids of the videos that the conversation names, as its recording says."""
    subtopics: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each relevant video what it speaks of beside the subject that is asked for."""

    @property
    def text(self) -> str:
        """Everything that was said."""
        return "\n".join(message.text for message in self.messages)


@dataclass(frozen=True, slots=True)
class Task:
    """Queries of one kind over one catalogue."""

    name: str
    kind: TaskKind
    queries: tuple[Query, ...]
    candidates: frozenset[str] | None = None
    """The only videos that are ranked; None for all."""
    source: str = ""
    """The SHA-256 of the file that it was read from: tells whether a community is the same people.
    """


def spread(items: Sequence[T], limit: int | None) -> tuple[T, ...]:
    """At most so many of them, evenly from all over: neighbours are often of one conversation."""
    if limit is None or limit >= len(items):
        return tuple(items)
    return tuple(items[number * len(items) // limit] for number in range(limit))
