"""What a script may expect after a turn; see ``docs/scripts.md``.

Whatever is left out is not looked at. What is given as ``null`` must not be there: ``count: null``
holds when no number of picks was asked for. Lists hold in any order.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, NonNegativeInt

from assistant.types import (
    Avoided,
    Company,
    Constraints,
    Dial,
    EvidenceKind,
    Facet,
    Intent,
    Kind,
    Relative,
    Scope,
    Signal,
    Slot,
    Value,
)

_Item = TypeVar("_Item")


class Written(Value):
    """A part of a script. A number may stand for a text: ``say: 1984``."""

    model_config = ConfigDict(coerce_numbers_to_str=True, use_attribute_docstrings=True)


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


Several = Annotated[
    tuple[_Item, ...],
    BeforeValidator(_as_list, json_schema_input_type=_Item | list[_Item]),
]
"""A list, of which a single item may be written by itself."""


def _is_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return value


Pattern = Annotated[str, AfterValidator(_is_pattern)]


class TextExpectation(Written):
    """What must hold of a text. Capitals do not matter. A plain text or list is `contains`."""

    contains: Several[str] = ()
    """Every one of these stands in it."""
    contains_any: Several[str] = ()
    """One of these at least stands in it."""
    excludes: Several[str] = ()
    """None of these stands in it."""
    matches: Pattern | None = None
    """A regular expression (of Python) that is found in it."""
    empty: bool | None = None
    """Whether there must be no text at all, or must be one."""
    language: str | None = None
    """A code such as zh: the text is written in the script of this language, quotations aside."""


def _as_text(value: object) -> object:
    return {"contains": value} if isinstance(value, str | int | float | list) else value


Text = Annotated[
    TextExpectation,
    BeforeValidator(_as_text, json_schema_input_type=str | list[str] | TextExpectation),
]


class SentencesExpectation(TextExpectation):
    """What must hold of the sentences of the picks, taken together. Every pick must have one."""

    distinct: bool = False
    """Whether no two of them may be the same."""


class PicksExpectation(Written):
    """What must hold of the picks of a turn."""

    none: bool | None = None
    """Whether there must be no picks, or must be some."""
    count: NonNegativeInt | None = None
    at_least: NonNegativeInt | None = None
    at_most: NonNegativeInt | None = None
    include: Several[str] = ()
    """Ids that must all be among the picks."""
    include_any: Several[str] = ()
    """Ids of which one at least must be among the picks."""
    exclude: Several[str] = ()
    """Ids of which none may be among the picks."""
    first: str | None = None
    """The id of the first pick."""
    places: dict[Annotated[int, Field(ge=1)], str] = Field({})
    """The ids at some places, from 1: ``{2: "starter:up"}``."""
    all: Constraints | None = None
    """What every pick must satisfy."""
    any: Constraints | None = None
    """What one pick at least must satisfy."""
    kinds_among: Several[Kind] = ()
    """Every pick is of one of these kinds."""
    each_mentions: Several[str] = ()
    """One of these stands in the title, description, tags, people or channel of every pick."""
    any_mentions: Several[str] = ()
    """One of these stands there of one pick at least."""
    none_mentions: Several[str] = ()
    """None of these stands there of any pick."""
    no_repeats: bool = False
    """Whether no pick of an earlier turn of the session may return."""
    same_as_turn: int | None = None
    """The same picks in the same order as after this message: from 1; -1 is the one before."""
    not_in_turn: Several[int] = ()
    """No pick of these messages returns."""


class EvidenceExpectation(Written):
    """What must hold of the evidence of the picks."""

    any: Several[EvidenceKind] = ()
    """One of these kinds at least appears in the turn."""
    all: Several[EvidenceKind] = ()
    """Every one of these kinds appears in the turn."""
    each: Several[EvidenceKind] = ()
    """Every pick has evidence of one of these kinds."""
    first: Several[EvidenceKind] = ()
    """The strongest evidence of the first pick is of one of these kinds."""
    none: Several[EvidenceKind] = ()
    """None of these kinds appears in the turn."""
    contains: Several[str] = ()
    """Every one of these texts stands in some evidence of the turn."""
    excludes: Several[str] = ()
    """None of these texts stands in any evidence of the turn."""
    supported: bool = False
    """Whether all that a sentence quotes must be evidence or the record of its pick."""


class PreferenceExpectation(Written):
    """Something that is remembered of the person. What is left out may be anything."""

    said: str | None = None
    """Stands in the words in which they said it."""
    scope: Scope | None = None
    likes: Several[str] = ()
    """All of these are liked; likewise for the others."""
    dislikes: Several[str] = ()
    avoid: Several[Avoided] = ()
    constraints_include: Constraints | None = None
    """These limits are among its own."""


def _as_preference(value: object) -> object:
    return {"said": value} if isinstance(value, str) else value


Remembered = Annotated[
    PreferenceExpectation,
    BeforeValidator(_as_preference, json_schema_input_type=str | PreferenceExpectation),
]


class MemoryExpectation(Written):
    """What must hold of all that is remembered after the turn, for good and for the session."""

    count: NonNegativeInt | None = None
    include: Several[Remembered] = ()
    """Each of these is remembered."""
    exclude: Several[Remembered] = ()
    """None of these is remembered."""


PlaceOrId = Annotated[int, Field(ge=1)] | str
"""A pick of the answer before, by its place from 1, or any video by its id."""


class SignalExpectation(Written):
    """A signal: one that a message gives, or one that is stored."""

    video: PlaceOrId
    signal: Signal
    rating: float | None = None
    """Out of 5; left out, it may be any."""


class NamedExpectation(Written):
    """A title that a message names. A plain text is its id."""

    id: str
    liking: int | None = None
    """1 where it is spoken of as wanted, -1 as unwanted, 0 where it is just named."""


def _as_named(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


Named = Annotated[
    NamedExpectation, BeforeValidator(_as_named, json_schema_input_type=str | NamedExpectation)
]


class Expectation(Written):
    """What must hold after a turn. Time is no expectation: machines differ."""

    intent: Intent | None = None
    language: str | None = None
    """Of the message, as a code such as zh."""
    wish: str | None = None
    """What the picks should be about, exactly."""
    wish_include: Several[str] = ()
    """Words that stand in the wish."""
    constraints: Constraints | None = None
    """The hard constraints in force, exactly."""
    constraints_include: Constraints | None = None
    """These hard constraints are in force, beside others; null for one that is not."""
    limits: Several[str] | None = None
    """The limits as they are shown to the person, exactly."""
    limits_include: Several[str] = ()
    relative: Several[Relative] | None = None
    avoid: Several[Avoided] | None = None
    """What no pick may carry, exactly: ``horror``, ``{term: horror, unless: [comedy]}``."""
    less: Several[str] | None = None
    """What counts against a pick, exactly."""
    named: Several[Named] | None = None
    """The titles named, exactly, by id."""
    references: Several[PlaceOrId] | None = None
    """The videos that the message points at, exactly: by place in the answer before, or by id."""
    count: int | None = None
    """How many picks were asked for."""
    dial: Dial | None = None
    company: Company | None = None
    facets: Several[Facet] | None = None
    """What is asked of a video, exactly."""
    subject: str | None = None
    """What a message is about where that is no video of the library."""
    signals: Several[SignalExpectation] | None = None
    """What the message says was done with videos, exactly."""
    noted: Several[Remembered] | None = None
    """What the message says about the person: so many things, each as one of these."""
    changed: Several[Slot] | None = None
    """What the message changed of what stood before, exactly."""
    changed_include: Several[Slot] = ()
    by_model: Several[Slot] | None = None
    """What a language model read where the rules found nothing, exactly."""

    picks: PicksExpectation | None = None
    clusters_at_least: int | None = None
    """The picks come from so many clusters."""
    evidence: EvidenceExpectation | None = None
    sentences: SentencesExpectation | None = None
    summary: Text | None = None
    """The line on how the picks differ."""
    answer: Text | None = None
    """What is said beside the picks."""
    model: str | None = None
    """The language model that took part; none for an answer without one."""
    fails_with: str | None = None
    """Words of the error that the turn must end with."""

    memory: MemoryExpectation | None = None
    signals_stored: Several[SignalExpectation] = ()
    """Each of these signals is in the library, whenever it was given."""
    signals_not_stored: Several[SignalExpectation] = ()
    """None of these signals is in the library."""


WITHOUT_A_MESSAGE = frozenset({"memory", "signals_stored", "signals_not_stored", "fails_with"})
"""What can be expected of a turn in which nothing is said."""
