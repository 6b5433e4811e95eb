"""Length: "under 20 minutes", "about half an hour", "a short one", "shorter", 不超过20分钟."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from assistant.types import Constraints
from assistant.understand.amounts import Amount, amounts_in
from assistant.understand.length_words import read_length_words
from assistant.understand.reading import MASK, Reading, Span, mask
from assistant.understand.words import CHINESE_MEDIA, CHINESE_NUMBER, MEDIA, NUMBER, number

ABOUT = 0.25
""""About an hour" is an hour, give or take this share of it."""

LEAST_FIGURE, MOST_FIGURE = 5, 240
"""Between them a figure without a unit is a number of minutes."""
MOST_HOURS = 6
"""Up to here it may be hours, where those were spoken of."""

Bound = Literal["most", "least", "about"]

_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(
            r"(?:\b(?:under|in under|sub|less than|fewer than|shorter than|below|"
            r"(?:no|not)(?: any)? (?:more|longer) than|at (?:the )?most|up to|max(?:imum)?(?: of)?|"
            r"within|(?:only|just) (?:have|got)|(?:i|we)(?:'ve| have)? ?(?:only |just )?"
            r"(?:got|have)(?: only| just)?)|<=?|≤)[\s-]*(?:about |around )?$",
            re.IGNORECASE,
        ),
    ),
    (
        "least",
        re.compile(
            r"(?:\b(?:over|more than|longer than|at least|above|(?:no|not) (?:less|shorter) than|"
            r"min(?:imum)?(?: of)?|exceeding|upwards of)|>=?|≥)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "about",
        re.compile(
            r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|nearly|almost|close to|"
            r"some)|~)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "most",
        re.compile(
            r"(?:不超过|不要超过|别超过|不到|不长于|不多于|不高于|(?<!不)(?:少于|小于|低于|短于)|"
            r"最多|至多|最长|控制在|只有)\s*$"
        ),
    ),
    (
        "least",
        re.compile(r"(?:不少于|不短于|不低于|不小于|超过|多于|大于|高于|至少|起码|最少|长于)\s*$"),
    ),
    ("about", re.compile(r"(?:大约|大概|差不多|接近|大致|约)\s*$")),
)
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(
            r"\s*(?:(?:or (?:less|shorter|under|fewer)|tops|max(?:imum)?|at (?:the )?most)\b|"
            r"以内|之内|以下|之下|内)",
            re.IGNORECASE,
        ),
    ),
    (
        "least",
        re.compile(
            r"\s*(?:\+|or (?:more|longer)\b|plus\b|minimum\b|at least\b|and (?:up|over)\b|"
            r"以上|之上|起)",
            re.IGNORECASE,
        ),
    ),
    ("about", re.compile(r"\s*(?:or so\b|-?ish\b|give or take\b|左右|上下|前后)", re.IGNORECASE)),
    (
        "about",
        re.compile(
            rf"(?:[\s-]+(?:long\b|(?={MEDIA}\b))|\s*(?:长?的|(?={CHINESE_MEDIA})))", re.IGNORECASE
        ),
    ),
)
_LONG = re.compile(r"\s+(?:long|in length)\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"(?:^|[^\w\s'\"-])\s*$")
_CLAUSE_END = re.compile(r"\s*(?:$|[^\w\s'\"-])")
_OF = re.compile(r"\s+of\s+(?!(?:an?|the|my|your|his|her|their|our|this|that)\b)[a-z]")
_PART_OF = re.compile(r"\b(?:last|first|final|next|past|these|those|every|in)\s+$", re.IGNORECASE)
LONGEST_OF_S = 6 * 3600
""""An hour of piano" is a length; "24 hours of Le Mans" is a name."""
_NOT = re.compile(r"\b(?:nothing|not|no|none|never|isn't|aren't)\s+$", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:cook|cooking|make|making|learn|learning|build|building|prepare|run|read|ready|explained|"
    r"taught)\b[^,.;!?]{0,40}\bin\s+$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.])(?P<low>{NUMBER}|{CHINESE_NUMBER})\s*(?:and|to|or|"
    rf"[-–~到至])\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from|在|从)\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|to|[-–~到至])\s*", re.IGNORECASE)
_BETWEEN_AFTER = re.compile(r"\s*(?:之间|long\b)")
_ASKS = (
    rf"(?P<asks>(?:^|[^\w\s{MASK}]|\b(?:make it|keep it|something|anything|ones?|it's|that's|but|"
    rf"and|are|is|be|{MEDIA})\b)\W*|{MASK}\s*)?"
)
_FIGURE = (
    rf"(?P<number>{NUMBER})(?=\s*(?:$|[,.;!?{MASK}](?!\d)|(?:please|pls|tops|max|about|on|and|but|in|from|"
    r"with|if|or so)\b))(?:\s*(?:please|pls|tops|max)\b)?"
)
_FIGURES: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(
            rf"{_ASKS}(?P<limit>\b(?:under|less than|shorter than|below|at (?:the )?most|up to|"
            rf"(?:no|not) (?:more|longer) than|max(?:imum)?)\s+{_FIGURE})",
            re.IGNORECASE,
        ),
    ),
    (
        "least",
        re.compile(
            rf"{_ASKS}(?P<limit>\b(?<!no )(?<!not )"
            rf"(?:over|more than|longer than|at least|above)\s+{_FIGURE})",
            re.IGNORECASE,
        ),
    ),
)


def read_lengths(text: str) -> Reading:
    """Read the limits on length that `text` sets. Of two that contradict the later one holds."""
    found: list[Found] = []
    amounts = list(amounts_in(text))
    position = 0
    while position < len(amounts):
        taken, limit = _bounded(text, amounts, position)
        if limit is not None:
            found.append(limit)
        position += taken
    unit = amounts[-1].unit if found else None
    found += _without_unit(mask(text, (span for span, *_ in found)), unit)
    words = read_length_words(mask(text, (span for span, *_ in found)))
    if not found:
        return words
    spans = tuple(span for span, *_ in found)
    return Reading(spans + words.spans, _together(sorted(found, key=lambda one: one[0])))


def _together(found: Iterable[Found]) -> Constraints:
    """The limits that leave least; one that contradicts those before it takes their place."""
    least: float | None = None
    most: float | None = None
    for _, low, high in found:
        new_least = low if least is None else max(least, low or 0)
        new_most = high if most is None else min(most, most if high is None else high)
        if new_least is not None and new_most is not None and new_least > new_most:
            new_least, new_most = low, high
        least, most = new_least, new_most
    return Constraints(
        min_duration_s=None if least is None else round(least),
        max_duration_s=None if most is None else round(most),
    )


Found = tuple[Span, float | None, float | None]


def _bounded(text: str, amounts: list[Amount], position: int) -> tuple[int, Found | None]:
    """What is said of an amount: how many amounts that takes up, and the limit, if it is one."""
    amount = amounts[position]
    before = text[: amount.start]
    if position + 1 < len(amounts) and _AND.fullmatch(
        text, amount.end, amounts[position + 1].start
    ):
        other = amounts[position + 1]
        start = _start(_BETWEEN, before, amount.start)
        end = _end(_BETWEEN_AFTER, text, other.end)
        return 2, ((start, end), amount.seconds, other.seconds)
    if (ranged := _RANGE.search(before)) and not _DEADLINE.search(before):
        low = number(ranged["low"]) * amount.unit
        end = _end(_BETWEEN_AFTER, text, amount.end)
        if low < amount.seconds:
            return 1, ((_start(_BETWEEN, before, ranged.start()), end), low, amount.seconds)
    return 1, _compared(text, amount)


def _without_unit(text: str, unit: float | None) -> Iterator[Found]:
    """Limits in mere figures: "make it under 20", "… but more than one" after hours."""
    for bound, pattern in _FIGURES:
        for said in pattern.finditer(text):
            value = number(said["number"])
            if unit is None and (said["asks"] is None or not LEAST_FIGURE <= value <= MOST_FIGURE):
                continue
            seconds = 3600 if unit == 3600 and value <= MOST_HOURS else 60
            yield said.span("limit"), *_bounds(bound, value * seconds)


def _compared(text: str, amount: Amount) -> Found | None:
    """The limit that the words beside an amount make of it."""
    before = text[: amount.start]
    if _DEADLINE.search(re.sub(r"\b(?:under|less than)\s+$", "", before)):
        return None
    for bound, pattern in _BEFORE:
        if said := pattern.search(before):
            start = said.start()
            if negated := _NOT.search(before[:start]):
                start, bound = negated.start(), _OPPOSITE[bound]
            end = _end(_LONG, text, amount.end)
            return (start, end), *_bounds(bound, amount.seconds)
    for bound, pattern in _AFTER:
        if said := pattern.match(text, amount.end):
            return (amount.start, said.end()), *_bounds(bound, amount.seconds)
    if (
        amount.seconds <= LONGEST_OF_S
        and _OF.match(text, amount.end)
        and not _PART_OF.search(before)
    ):
        return (amount.start, amount.end), *_bounds("about", amount.seconds)
    if _CLAUSE_START.search(before) and _CLAUSE_END.match(text, amount.end):
        return (amount.start, amount.end), *_bounds("about", amount.seconds)
    return None


_OPPOSITE: dict[Bound, Bound] = {"most": "least", "least": "most", "about": "about"}


def _bounds(bound: Bound, seconds: float) -> tuple[float | None, float | None]:
    if bound == "most":
        return None, seconds
    if bound == "least":
        return seconds, None
    return seconds * (1 - ABOUT), seconds * (1 + ABOUT)


def _start(pattern: re.Pattern[str], before: str, otherwise: int) -> int:
    found = pattern.search(before[:otherwise])
    return found.start() if found else otherwise


def _end(pattern: re.Pattern[str], text: str, otherwise: int) -> int:
    found = pattern.match(text, otherwise)
    return found.end() if found else otherwise
