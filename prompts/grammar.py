"""The grammar of the sentences that give reasons: one YAML file a language.

A grammar is data. What fills its slots, and so whether a sentence is true, is up to
`assistant.explain`; here it is made sure that a file has a phrase for everything and that no
phrase has a slot which nothing fills.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import Field, model_validator

from assistant.types import EvidenceKind, Kind, Part, Signal
from prompts.loader import VARIABLE, FileModel, Texts, read

GRAMMAR_LANGUAGES = ("en", "zh")
"""The languages in which reasons are given; any other is answered in the first."""

ConstraintName = Literal[
    "at_most_length", "at_least_length", "between_lengths",
    "since_year", "until_year", "between_years", "in_year",
    "language", "kind", "channel",
]  # fmt: skip

_Key = TypeVar("_Key", EvidenceKind, Kind, Part, Signal)
_Value = TypeVar("_Value")
_For = Mapping[Annotated[_Key, Field(strict=False)], _Value]
"""A table whose keys are the names of an enumeration's members."""

FRAME_SLOTS = frozenset(
    {"opening", "reason", "aside", "added", "added_aside", "third", "fact", "detail", "places"}
)
FACT_SLOTS = frozenset(
    {"kind", "year", "length", "duration", "speaker", "credit", "channel", "foreign",
     "tags", "topics", "popularity"}
)  # fmt: skip
CONSTRAINT_SLOTS = frozenset({"value", "limit", "low", "high"})


class Reason(FileModel):
    """The ways to put one kind of evidence. ``{text}`` is the evidence."""

    openings: Texts
    """Clauses that can start a sentence."""
    causes: Texts
    """The same, for a reason without which the pick would stand lower: they say so."""
    added: Texts
    """Clauses that come later, or after a colon."""
    asides: Texts
    """Phrases that follow a noun phrase and a comma."""


class Listing(FileModel):
    """What stands between several words."""

    comma: str
    last: str

    def join(self, words: Sequence[str]) -> str:
        """“a, b and c”."""
        before = self.comma.join(words[:-1])
        return f"{before}{self.last}{words[-1]}" if before else "".join(words)


class Count(FileModel):
    """How a number of things is said."""

    one: str
    many: str

    def of(self, number: int) -> str:
        """``1 minute``, ``12 minutes``."""
        return (self.one if number == 1 else self.many).format(n=number)


class Unit(Count):
    """How a number of minutes or seconds is said."""

    adjective: str


class Lengths(FileModel):
    """How long a video is."""

    minutes: Unit
    seconds: Unit


class Scale(FileModel):
    """A large unit to count in: ``million``."""

    of: int
    text: str


class Counts(FileModel):
    """How views, likes and ratings are said."""

    views: str
    likes: str
    ratings: str
    about: str
    exact_below: int
    """Numbers from here on are rounded."""
    scales: Annotated[tuple[Scale, ...], Field(strict=False)]
    """The largest first."""


class FallTexts(FileModel):
    """How it is said what a pick would be without one of its reasons."""

    down: str
    down_at_least: str
    far_down: str
    to: str
    out: str
    same: str
    fact: str
    limit: str


class WhyTexts(FileModel):
    """How the whole account of a pick is given."""

    heading: str
    nothing: str
    reason: str
    cluster: str
    title: str
    others: str
    more: str
    neighbours: str
    neighbour: str
    marked: str
    score: str
    place: str
    separator: str
    falls: FallTexts
    marks: _For[Signal, str]
    parts: _For[Part, str]


class SentenceGrammar(FileModel):
    """All that is needed to give reasons in one language."""

    language: str
    capitals: bool
    """Whether a sentence starts with a capital letter."""
    listing: Listing
    places: Count
    frames: Texts
    without_reasons: Texts
    reasons: _For[EvidenceKind, Reason]
    facts: Texts
    """What a video is, as a noun phrase."""
    details: Texts
    """What its record says, as a clause."""
    kinds: _For[Kind, str]
    constraints: Mapping[ConstraintName, str]
    lengths: Lengths
    counts: Counts
    why: WhyTexts

    @model_validator(mode="after")
    def _complete(self) -> SentenceGrammar:
        all_there("reasons", self.reasons, EvidenceKind)
        all_there("kinds", self.kinds, Kind)
        all_there("parts", self.why.parts, Part)
        all_there("marks", self.why.marks, Signal)
        all_there("constraints", self.constraints, get_args(ConstraintName))
        for reason in self.reasons.values():
            phrases = (*reason.openings, *reason.causes, *reason.added, *reason.asides)
            only_slots(phrases, {"text"})
        only_slots(self.frames, FRAME_SLOTS)
        only_slots(self.without_reasons, {"fact", "detail"})
        only_slots((*self.facts, *self.details), FACT_SLOTS)
        only_slots(self.constraints.values(), CONSTRAINT_SLOTS)
        return self


def all_there(what: str, given: Iterable[str], wanted: Iterable[str]) -> None:
    """Refuse a file in which an entry is missing."""
    missing = sorted(set(wanted) - set(given))
    if missing:
        raise ValueError(f"{what} lack {', '.join(missing)}")


def only_slots(phrases: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuse phrases with a slot that nothing fills."""
    for phrase in phrases:
        unknown = sorted(set(VARIABLE.findall(phrase)) - set(allowed))
        if unknown:
            raise ValueError(f"“{phrase}” has a slot that nothing fills: {', '.join(unknown)}")


_ARTICLE = re.compile(r"\ba/an (?=\{([a-z_]+)\})")
_VOWEL_SOUND = re.compile(r"[aeio](?!u)|u(?!k|ni)|8|1[18](?!\d)|18\d\d(?!\d)", re.IGNORECASE)
"""How a word, a number of minutes or a year begins that takes "an"."""


def fill(phrase: str, values: Mapping[str, str]) -> str:
    """`phrase` with its slots filled in; "a/an" before a slot becomes what its value takes."""

    def article(match: re.Match[str]) -> str:
        return "an " if _VOWEL_SOUND.match(values[match[1]]) else "a "

    if "a/an " in phrase:
        phrase = _ARTICLE.sub(article, phrase)
    return VARIABLE.sub(lambda match: values[match[1]], phrase)


@functools.cache
def load_grammar(language: str) -> SentenceGrammar:
    """The grammar of `language`, or the English one where there is none.

    Raises:
        PromptError: a file is not as a grammar must be.
    """
    spoken = language if language in GRAMMAR_LANGUAGES else GRAMMAR_LANGUAGES[0]
    return read(f"sentences.{spoken}", SentenceGrammar)
