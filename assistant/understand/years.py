"""Year: "from the 90s", "before 2000", "not from the 80s", "recent", "older", 2010年以后."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from assistant.types import Constraints, Years
from assistant.understand.periods import FAR_FUTURE, Period, periods_in
from assistant.understand.reading import Reading, Span, inside, mask, subjects
from assistant.understand.words import CHINESE_MEDIA, GENRE, GENRE_NOUN, LANGUAGE, MEDIA
from assistant.understand.year_words import read_year_words

EARLIEST_PLAIN_YEAR = 1950
"""An earlier year inside a subject ("about Berlin since 1936") belongs to the subject."""

Bound = Literal["before", "until", "after", "since", "in"]


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\s*(?:the\s+)?(?:year\s+)?$", re.IGNORECASE)


_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("since", _before(r"\b(?:(?:no|not|nothing)(?: any)? (?:older|earlier) than)")),
    ("since", _before(r"\b(?:not|nothing|no(?: \w+)?)(?: from)? before")),
    ("until", _before(r"\b(?:(?:no|not|nothing)(?: any)? (?:newer|later|more recent) than)")),
    ("until", _before(r"\b(?:not|nothing|no(?: \w+)?)(?: from)? after")),
    ("before", _before(r"\b(?:before|prior to|older than|earlier than)|\bpre-?")),
    ("until", _before(r"\b(?:until|up to|till|through to)")),
    ("after", _before(r"\b(?:after|newer than|later than|more recent than)|\bpost-?")),
    ("since", _before(r"\b(?:since|starting (?:in|from|with)|as of)|[从自]")),
    ("in", _before(r"\b(?:from|(?:made|released|shot|filmed|published|recorded|out) in)")),
)
_ONWARDS = re.compile(
    r"\s*(?:on(?:wards?)?\b(?!\s+\w)|onwards?\b|and (?:later|newer|after|up)\b|or (?:later|newer)\b"
    r"|\+)",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"(?:(?:^|[^\w\s]|\b{MEDIA})\s*(?P<in>\bin)|\b(?:{MEDIA}|best|classics)\s+(?P<of>of))"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_EVENT = re.compile(r"[A-Z][\w.]*\s+$")
"""Before a year that belongs to a name: "PyCon 2018 talks"."""
_ADJECTIVE = re.compile(
    rf"[\s-]+(?:(?:{GENRE}|{LANGUAGE})[\s-]+){{0,2}}(?:{MEDIA}|{GENRE_NOUN}|{GENRE})\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:^|[^\w\s]|\b(?:something|anything|some|only|but|and|or|please|the))\s*$", re.IGNORECASE
)
_CLOSING = re.compile(r"\s*(?:$|[^\w\s]|(?:please|but|and|only|instead)\b)", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_STARTS_BETWEEN = re.compile(r"(?:between|from)\b", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:and|to|or|through|[-–~,、到至和或])\s*(?:the\s+)?", re.IGNORECASE)
_NOT = re.compile(
    rf"(?:\b(?:not|no|nothing|none|isn't|aren't|without|avoid|skip|(?:any|every)thing but|"
    rf"except(?: for)?|other than|(?:i )?(?:hate|don't want|don't like))"
    rf"(?: (?:any(?:thing)?|{MEDIA}))?\s+(?:(?P<from>(?:made |released )?(?:from|in))\s+)?"
    r"(?:the\s+)?"
    r"|(?P<zh>不要看?|别要?|非|不是|不看|不想看|除了)(?:上个?世纪)?)$",
    re.IGNORECASE,
)
_DENIED_END = re.compile(r"(?:拍|上映|出)?的?(?:以外|之外)?")
_DENIED_AFTER = re.compile(r"(?:以外|之外|除外)的?")
_CHINESE_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("since", re.compile(r"(?:以后|之后|以来|至今|开始|起|往后|后)(?:的|拍的|上映的)?")),
    ("before", re.compile(r"(?:以前|之前|前)(?:的|拍的|上映的)?")),
    (
        "in",
        re.compile(
            r"(?:之间|期间|间)?(?:的|(?:上映|拍|拍摄|出|出品|发行|制作)的?"
            rf"|(?={CHINESE_MEDIA})|(?=\W|$))"
        ),
    ),
)
_CHINESE_SETTING = re.compile(r"(?:设定在|发生在|背景[是为]|关于)$")


def read_years(text: str, today: date) -> Reading:
    """Read the limits on the year that `text` sets.

    Args:
        text: the message.
        today: what "this year" and "recent" are reckoned from.
    """
    spans: list[Span] = []
    ranges: list[tuple[int | None, int | None]] = []
    ruled_out: list[Years] = []
    about = subjects(text)
    for period in _joined(text, list(periods_in(text))):
        if span := _denied(text, period):
            spans.append(span)
            ruled_out.append(Years(first=period.first, last=period.last))
        elif found := _limit(text, period, in_subject=inside(period.start, about)):
            bound, span = found
            spans.append(span)
            ranges.append(_range(bound, period))
    if not ranges:
        words = read_year_words(mask(text, spans), today)
        constraints = words.constraints.model_copy(update={"not_years": tuple(ruled_out)})
        return Reading((*spans, *words.spans), constraints, words.relative)
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None and high < FAR_FUTURE]
    limits = Constraints(
        min_year=max(lows, default=None),
        max_year=min(highs, default=None),
        not_years=tuple(ruled_out),
    )
    return Reading(tuple(spans), limits)


def _denied(text: str, period: Period) -> Span | None:
    """Where a period is ruled out: "not from the 80s"; a year alone only where it is a date."""
    if denied := _NOT.search(text, 0, period.start):
        if period.run or denied["from"] or denied["zh"]:
            end = _end(_DENIED_END, text, period.end) if period.chinese else period.end
            return denied.start(), end
    elif period.chinese and (after := _DENIED_AFTER.match(text, period.end)):
        return period.start, after.end()
    return None


def _joined(text: str, periods: Sequence[Period]) -> list[Period]:
    """`periods`, those that "and", "to" or a dash connects made one."""
    joined: list[Period] = []
    for period in periods:
        last = joined[-1] if joined else None
        if last and _JOINT.fullmatch(text, last.end, period.start) and last.first <= period.last:
            start = _start(_BETWEEN, text, last.start)
            joined[-1] = Period(
                start, period.end, last.first, period.last, True, last.chinese or period.chinese
            )
        else:
            joined.append(period)
    return joined


def _limit(text: str, period: Period, *, in_subject: bool) -> tuple[Bound, Span] | None:
    """The limit that the words beside a period make of it; None if they make none."""
    before = text[: period.start]
    if in_subject and period.first < EARLIEST_PLAIN_YEAR:
        return None
    if period.chinese:
        return _chinese_limit(text, period)
    for bound, pattern in _BEFORE:
        if said := pattern.search(before):
            if bound == "in" and (onwards := _ONWARDS.match(text, period.end)):
                return "since", (said.start(), onwards.end())
            return bound, (said.start(), period.end)
    if in_subject:
        return None
    if said := _IN.search(before):
        return "in", (said.start("in" if said["in"] else "of"), period.end)
    between = bool(_STARTS_BETWEEN.match(text, period.start))
    standing = period.run and _OPENING.search(before) and _CLOSING.match(text, period.end)
    whole = not (before + text[period.end :]).strip(" .,!?…")
    in_event = not period.run and _EVENT.search(before)
    adjective = _ADJECTIVE.match(text, period.end) and not in_event
    if between or standing or whole or adjective:
        return "in", (period.start, period.end)
    return None


def _chinese_limit(text: str, period: Period) -> tuple[Bound, Span] | None:
    before = text[: period.start]
    if _CHINESE_SETTING.search(before):
        return None
    lead = re.search(r"(?:在|从|自从|自)$", before)
    start = lead.start() if lead else period.start
    for bound, pattern in _CHINESE_AFTER:
        if said := pattern.match(text, period.end):
            return bound, (start, said.end())
    return None


def _range(bound: Bound, period: Period) -> tuple[int | None, int | None]:
    """The first and last year that are left."""
    if bound == "before":
        return None, period.first - 1
    if bound == "until":
        return None, period.last
    if bound == "after":
        return period.last + 1, None
    if bound == "since":
        return period.first, None
    return period.first, period.last


def _end(pattern: re.Pattern[str], text: str, otherwise: int) -> int:
    found = pattern.match(text, otherwise)
    return found.end() if found else otherwise


def _start(pattern: re.Pattern[str], text: str, otherwise: int) -> int:
    found = pattern.search(text[:otherwise])
    return found.start() if found else otherwise
