"""What a language says claims with: rules over sentences whose titles and names are marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from assistant.explain.claims.numbers import How
from assistant.types import Kind


class Check(StrEnum):
    """What a rule has verified of the group ``of`` of its match."""

    IDENTITY = "identity"
    """That the pick is another video: never so."""
    OF_ANOTHER = "of_another"
    """A statement about another video, whose record is not asked."""
    NEAR = "near"
    NEAR_WORDS = "near_words"
    """Near in meaning to words: they must be the viewer's."""
    LIKED = "liked"
    HISTORY = "history"
    WATCHED = "watched"
    NAMED = "named"
    OTHERS = "others"
    ASKED = "asked"
    TOLD = "told"
    INTEREST = "interest"
    VIEWER = "viewer"
    """Any other statement about the viewer: never known."""
    BY = "by"
    CREDITED = "credited"
    ABOUT_PERSON = "about_person"
    NOT_A_ROLE = "not_a_role"
    """What a person did in it: records do not say."""
    RANK = "rank"
    COMPARED = "compared"
    """Shorter, longer, newer, older than another title."""
    SUPERLATIVE = "superlative"
    DENIAL = "denial"
    NOTHING = "nothing"
    """No claim at all."""


class Rule(NamedTuple):
    """A way to say something. What it matches is verified and taken out; its marks stay."""

    check: Check
    pattern: re.Pattern[str]


class LengthForm(NamedTuple):
    """A length in a sentence: groups ``how``, ``n``, ``unit``, perhaps ``n2``."""

    pattern: re.Pattern[str]
    seconds: Mapping[str, int]
    """What a unit is worth."""


@dataclass(frozen=True)
class Idiom:
    """A language."""

    language: str
    rules: tuple[Rule, ...]
    """In the order in which they are tried."""
    lengths: LengthForm
    years: re.Pattern[str]
    """Groups ``how``, ``y`` and, for a decade, ``s``; ``topic`` for what is about a year."""
    counts: re.Pattern[str]
    """Groups ``how``, ``n``, ``scale``, ``what``."""
    scales: Mapping[str, int]
    likes: frozenset[str]
    """Values of ``what`` that mean likes and not views."""
    hows: Mapping[str, How]
    numerals: Mapping[str, float]
    kinds: Mapping[str, frozenset[Kind]]
    """Words for kinds of videos, and of which kinds they are true."""
    glue: frozenset[str]
    """Words that claim nothing by themselves."""
