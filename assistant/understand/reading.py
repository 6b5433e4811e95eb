"""What a rule reads in a message, and how what was read is put out of the next rule's sight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.types import Constraints, Relative, Slot

Span = tuple[int, int]
"""Where something stands in a text: its start, and its end."""

MASK = "\ue000"
"""Stands for each character that is understood already. No rule matches it; it ends a phrase."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one rule read."""

    spans: tuple[Span, ...] = ()
    """The places that it has understood."""
    constraints: Constraints = field(default_factory=Constraints)
    """Limits of its own dimension."""
    relative: Relative | None = None
    cleared: tuple[Slot, ...] = ()
    """What limits are to be dropped."""


def mask(text: str, spans: Iterable[Span]) -> str:
    """`text`, of the same length, with the places in `spans` blotted out."""
    for start, end in spans:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


_ABOUT = re.compile(
    r"\b(?:(?<!how )(?<!what )about|(?<!ideas )(?<!based )(?<!keen )on(?! (?:netflix|tv|"
    r"youtube)\b)|regarding|concerning|exploring|explaining|history of|making of|world of|"
    r"story of)\b",
    re.IGNORECASE,
)
_ABOUT_END = re.compile(
    rf"[,.;:!?，。；：！？{MASK}]|\s(?:but|though|however|please)\b", re.IGNORECASE
)
_CHINESE_ABOUT = re.compile(
    r"(?:关于|有关|讲述|(?<![演主听])讲(?![座解师课])|介绍)[^，。；：！？,.;:!?" + MASK + "]*"
)


def subjects(text: str) -> list[Span]:
    """Where `text` says what something should be about: what is named there is no limit.

    "A film about a talk show" asks for a film.
    """
    found: list[Span] = []
    for about in _ABOUT.finditer(text):
        if not found or about.start() >= found[-1][1]:
            end = _ABOUT_END.search(text, about.end())
            found.append((about.end(), end.start() if end else len(text)))
    for chinese in _CHINESE_ABOUT.finditer(text):
        # "关于…的电影": the noun after the last 的 is what is asked for
        end_of_subject = text.rfind("的", *chinese.span())
        found.append((chinese.start(), end_of_subject if end_of_subject > 0 else chinese.end()))
    return found


def inside(position: int, spans: Iterable[Span]) -> bool:
    """Whether `position` lies in one of `spans`."""
    return any(start <= position < end for start, end in spans)
