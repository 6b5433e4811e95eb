"""Year without a number: "recent", "old films", "this year", "older", 最近两年."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from assistant.types import Constraints, Relative
from assistant.understand.reading import MASK, Reading, inside, subjects
from assistant.understand.words import (
    CHINESE_MEDIA,
    CHINESE_NUMBER,
    GENRE,
    LANGUAGE,
    MEDIA,
    NUMBER,
    comparative,
    number,
)

RECENT_YEARS = 3
"""So many years back is recent."""
OLD_BEFORE = 1980
"""Earlier than this is "an old film"."""

_OLDER = re.compile(
    rf"{comparative('older')}|更老的?|更早的?|[再更稍]微?[老旧早]一?[点些]的?|[老旧早]一?[点些]的",
    re.IGNORECASE,
)
_NEWER = re.compile(
    rf"{comparative('(?:newer|more recent|more modern)')}"
    r"|更新一?[点些]的?|更新的|更近的?|[再稍]微?[新近]一?[点些]的?|[新近]一?[点些]的",
    re.IGNORECASE,
)
_WHAT = rf"(?=\s+(?:(?:{GENRE}|{LANGUAGE})\s+){{0,2}}{MEDIA}\b)"
_MADE = r"\b(?:from|of|in|made|released|published|out)(?: in)?"

_MADE_THEN = re.compile(r"(?:from|made|released|published)\b", re.IGNORECASE)
"""Says of the video, not of its subject, when it is of: "about Rust from the last two years"."""

_Limits = Callable[[re.Match[str], date], Constraints]


def _since(years: int) -> _Limits:
    return lambda _, today: Constraints(min_year=today.year - years)


def _only(years_ago: int) -> _Limits:
    return lambda _, today: Constraints(
        min_year=today.year - years_ago, max_year=today.year - years_ago
    )


def _this_or_last(_: re.Match[str], today: date) -> Constraints:
    return Constraints(min_year=today.year - 1, max_year=today.year)


def _last_years(found: re.Match[str], today: date) -> Constraints:
    years = number(found["years"]) * (10 if found.groupdict().get("decades") else 1)
    return Constraints(min_year=today.year - max(1, round(years)))


def _old(_: re.Match[str], __: date) -> Constraints:
    return Constraints(max_year=OLD_BEFORE - 1)


_WORDS: tuple[tuple[str, _Limits], ...] = (
    (
        rf"(?:(?:{_MADE}|within|over|during)\s+)?\b(?:the )?(?:last|past)\s+"
        rf"(?P<years>{NUMBER})\s+(?:years|(?P<decades>decades))\b",
        _last_years,
    ),
    (
        rf"(?:最近|近|过去)(?P<years>{CHINESE_NUMBER})年(?:内|里|来|间)?(?:的|拍的|上映的|出的)?",
        _last_years,
    ),
    (rf"(?:{_MADE}\s+)?\bthe (?:last|past) decade\b", _since(10)),
    (
        rf"(?:{_MADE}\s+)?\b(?:this(?: year)? (?:or|and) last|last(?: year)? (?:or|and) this) year"
        r"(?:'s)?\b|(?:今年(?:或者?|和|、|跟|与)去年|去年(?:或者?|和|、|跟|与|到)今年)(?:的|上映的?|拍的)?",
        _this_or_last,
    ),
    (
        rf"(?:{_MADE}|since)\s+last year\s+(?:on(?:wards?)?|or later)\b|\bsince last year\b"
        r"|去年(?:以来|至今|到现在|开始)的?",
        _since(1),
    ),
    (r"\bsince the (?:beginning|start) of (?:the|this) year\b|今年以来的?", _since(0)),
    (r"前年(?:的|上映的?|拍的|出的)?", _only(2)),
    (
        rf"{_MADE}\s+this year\b|\bthis year's\b|\bthis year(?=\s+{MEDIA}\b)|^\W*this year\W*$"
        r"|今年(?:的|上映的?|拍的|出的|新出的)?",
        _only(0),
    ),
    (
        rf"{_MADE}\s+last year\b|\blast year's\b|^\W*last year\W*$|去年(?:的|上映的?|拍的|出的)?",
        _only(1),
    ),
    (
        rf"\b(?:recent|recently (?:made|released|published)|newest|latest|new){_WHAT}"
        r"|\b(?<!learn )(?<!try )(?<!teach me )(?<!tell me )(?:some|"
        r"any)thing\s+(?:\w+\s+)?(?:recent|new)\b"
        r"|\b(?:recent|new) ones?\b|\bnew releases?\b|^\W*(?:recent|new)\W*$"
        r"|最新的?|最近(?:的|出的|上映的|拍的|新出的)|近期的?|新出的"
        rf"|新的?(?=[^，。\s{MASK}]{{0,4}}(?:电影|剧|番|纪录片|动画))|"
        rf"(?<![更最创清革重])新(?=电影|片|剧|番|视频|纪录片)",
        _since(RECENT_YEARS),
    ),
    (
        rf"\b(?:old|classic|vintage){_WHAT}|\b(?:some|any)thing\s+old\b|\boldies\b"
        r"|\b(?:old\s+)?classics\b(?!\s+(?:department|professor|studies))"
        r"|\ban? old one\b|\bold ones\b"
        rf"|(?<![更古])老(?=电影|片|影片|剧|电视剧|动画)|年代久远的|怀旧的?(?={CHINESE_MEDIA})",
        _old,
    ),
)
_PATTERNS = tuple((re.compile(words, re.IGNORECASE), limits) for words, limits in _WORDS)


def read_year_words(text: str, today: date) -> Reading:
    """Read the limits on the year that `text` sets without a number."""
    for pattern, relative in ((_OLDER, Relative.OLDER), (_NEWER, Relative.NEWER)):
        if found := pattern.search(text):
            return Reading((found.span(),), relative=relative)
    about = subjects(text)
    for pattern, limits in _PATTERNS:
        for found in pattern.finditer(text):
            if _MADE_THEN.match(found[0]) or not inside(found.start(), about):
                return Reading((found.span(),), limits(found, today))
    return Reading()
