"""Messages with their right understanding: the format of the files.

A file is a list of utterances; its name is the stratum that they belong to::

    - id: english-001
      before: [something funny, in French]     # earlier messages, if any
      say: shorter than an hour
      expect: {wish: funny, max_minutes: 60, languages: [fr]}

What is not expected must be at its default. ``"?"`` leaves a slot open; ``any`` wants a limit
without saying which (it is relative to what was shown). A list for ``wish`` or ``subject`` holds
alternatives. ``references`` and the ``at`` of signals count the picks shown last from 1. Where
signals are expected, references need not be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from assistant.types import (
    Avoided,
    Company,
    Dial,
    Facet,
    Intent,
    Kind,
    Scope,
    Signal,
    Value,
)

OPEN = "?"
"""Expected of a slot that is not compared."""
ANY = "any"
"""Expected of a limit that must be set, to whatever value."""
SOURCE = "starter:"
"""The namespace of the ids, left out in the files."""

Open = Literal["?"]
Any_ = Literal["any", "?"]
Place = Annotated[int, Field(ge=1, le=5)]


class ExpectedLimits(Value):
    """Hard constraints, with lengths in minutes."""

    min_minutes: float | Any_ | None = None
    max_minutes: float | Any_ | None = None
    min_year: int | Any_ | None = None
    max_year: int | Any_ | None = None
    not_years: tuple[tuple[int, int], ...] | Open = ()
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] | Open = ()
    not_languages: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] | Open = ()
    not_kinds: tuple[Kind, ...] | Open = ()
    channels: tuple[str, ...] = ()
    not_channels: tuple[str, ...] = ()
    people: tuple[str, ...] | Open = ()
    not_people: tuple[str, ...] = ()


class ExpectedSignal(Value):
    """What is said to have been done with a pick (`at`) or a video (`id`)."""

    at: Place | None = None
    id: str | None = None
    signal: Signal
    rating: float | None = None


class ExpectedNote(ExpectedLimits):
    """What is noted of the person."""

    scope: Scope = Scope.ALWAYS
    avoid: tuple[Avoided, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


class Expected(ExpectedLimits):
    """The right understanding of a dialogue's last message, with what still stands."""

    intent: Intent | Open = Intent.RECOMMEND
    language: str | None = None
    """Of the message; the utterance's own by default."""
    wish: str | tuple[str, ...] = ""
    avoid: tuple[Avoided, ...] | Open = ()
    less: tuple[str, ...] | Open = ()
    named: dict[str, int] | tuple[str, ...] | Open = ()
    """Videos and whether they are liked; a list leaves the liking open."""
    references: tuple[Place, ...] | Open | None = None
    count: int | Open | None = None
    dial: Dial | None = None
    company: Company | Open | None = None
    facets: tuple[Facet, ...] | Open = ()
    subject: str | tuple[str, ...] = ""
    signals: tuple[ExpectedSignal, ...] | Open = ()
    noted: tuple[ExpectedNote, ...] = ()


class Utterance(Value):
    """A message, the messages before it, and how it should be understood."""

    id: str
    language: str = ""
    before: tuple[str, ...] = ()
    say: str
    expect: Expected
    stratum: str = ""


def load(places: Iterable[Path]) -> list[Utterance]:
    """The utterances of files, and of all the YAML files of folders.

    Raises:
        ValueError: a file is not in the format.
    """
    return [
        Utterance.model_validate({"stratum": path.stem, **record})
        for place in places
        for path in (sorted(place.glob("*.yaml")) if place.is_dir() else [place])
        for record in yaml.safe_load(path.read_text("utf-8"))
    ]
