"""Length: "under 20 minutes", "about half an hour", "a short one", "shorter", 不超过20分钟."""

from __future__ import annotations

import re
from typing import Literal

from assistant.types import Constraints
from assistant.understand.amounts import Amount, amounts_in
from assistant.understand.length_words import read_length_words
from assistant.understand.reading import Reading, Span
from assistant.understand.words import CHINESE_MEDIA, CHINESE_NUMBER, MEDIA, NUMBER, number

ABOUT = 0.25
""""About an hour" is an hour, give or take this share of it."""

Bound = Literal["most", "least", "about"]

_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(
            r"(?:\b(?:under|in under|less than|fewer than|shorter than|below|"
            r"(?:no|not)(?: any)? (?:more|longer) than|at (?:the )?most|up to|max(?:imum)?(?: of)?|"
            r"within|(?:only|just) (?:have|got)|(?:i|we)(?:'ve| have)? ?(?:only |just )?"
            r"(?:got|have)(?: only| just)?)|<=?|≤)\s*(?:about |around )?$",
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
            r"(?:不超过|不要超过|别超过|不到|不长于|不多于|少于|小于|低于|最多|至多|最长|短于|"
            r"控制在|只有)\s*$"
        ),
    ),
    (
        "least",
        re.compile(r"(?:不少于|不短于|不低于|超过|多于|大于|高于|至少|起码|最少|长于)\s*$"),
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


def read_lengths(text: str) -> Reading:
    """Read the limits on length that `text` sets."""
    limits: list[tuple[float | None, float | None]] = []
    spans: list[Span] = []
    amounts = list(amounts_in(text))
    position = 0
    while position < len(amounts):
        taken, found = _bounded(text, amounts, position)
        if found is not None:
            span, low, high = found
            limits.append((low, high))
            spans.append(span)
        position += taken
    if limits:
        lows = [low for low, _ in limits if low is not None]
        highs = [high for _, high in limits if high is not None]
        return Reading(tuple(spans), _limits(max(lows, default=None), min(highs, default=None)))
    return read_length_words(text)


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


def _limits(low: float | None, high: float | None) -> Constraints:
    return Constraints(
        min_duration_s=None if low is None else round(low),
        max_duration_s=None if high is None else round(high),
    )


def _start(pattern: re.Pattern[str], before: str, otherwise: int) -> int:
    found = pattern.search(before[:otherwise])
    return found.start() if found else otherwise


def _end(pattern: re.Pattern[str], text: str, otherwise: int) -> int:
    found = pattern.match(text, otherwise)
    return found.end() if found else otherwise
