"""When a video was published, finer than a year: "this week", "since March", 最近一周, 上个月.

A week is the last 7 days and a month the last 30, whether "this", "last" or "past": what is asked
for is what is new, not what a calendar parts. "Since March" is since the first of the latest March.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from assistant.types import Constraints
from assistant.understand.reading import Reading, inside, subjects
from assistant.understand.words import CHINESE_MEDIA, CHINESE_NUMBER, MEDIA, NUMBER, number

_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH_NAMES = tuple(re.compile(name, re.IGNORECASE) for name in _MONTHS)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_CHINESE_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}
_HALF_A_YEAR = 182

_PUBLISHED = (
    r"(?:uploaded|posted|published|released|added|made|recorded|aired|"
    r"(?:that )?(?:was|were|came|come) out|new|out)"
)
_LEAD = (
    rf"(?:\b{_PUBLISHED}\s+(?:(?:from|in|within|over|during)\s+)?|"
    r"\b(?:from|in|within|over|during)\s+)(?:just\s+|only\s+)?(?:the\s+)?"
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_AND_DAY = (
    rf"(?:(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|{_MONTH.replace('month', 'month_2')}(?:\s+{_DAY.replace('day', 'day_2')}(?!\d))?"
    rf"(?:,?\s+(?:of\s+)?{_YEAR.replace('year', 'year_2')})?)"
)
_ISO = r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
_WHEN = (
    rf"(?:{_ISO}|(?:last\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b|(?P<near>today|yesterday)\b"
    rf"|{_MONTH_AND_DAY})"
)
_CHINESE_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_CHINESE_MONTH = rf"(?:{_CHINESE_YEAR}|(?P<last>去年)|今年)?(?P<month>{CHINESE_NUMBER})月份?"
_MADE = r"(?:新?(?:上传|发布|发表|上线|更新|出|推出|上映)的?|的|(?=\W|$)|(?=" + CHINESE_MEDIA + "))"

_Limits = Callable[[re.Match[str], date], Constraints | None]
_Way = Literal["since", "before", "until", "after", "in"]


def _back(days: int, today: date) -> Constraints:
    return Constraints(published_since=today - timedelta(days=days))


def _some(found: re.Match[str], today: date) -> Constraints | None:
    """The last so many days, weeks or months."""
    unit = found["unit"].casefold().rstrip("s")
    days = 1 if unit == "hour" else _DAYS[unit] * round(number(found["many"] or "1"))
    return _back(max(1, days), today) if days < 3660 else None


def _some_chinese(found: re.Match[str], today: date) -> Constraints | None:
    if found["half"]:
        return _back(_HALF_A_YEAR, today)
    days = _CHINESE_DAYS[found["unit"]] * round(number(found["many"] or "一"))
    return _back(days, today) if days < 3660 else None


def _near(found: re.Match[str], today: date) -> Constraints:
    yesterday = found["near"].casefold() in ("yesterday", "昨天", "昨日")
    return _back(1 if yesterday else 0, today)


def _compared(way: _Way) -> _Limits:
    def limits(found: re.Match[str], today: date) -> Constraints | None:
        days = _days(found, today)
        if days is None:
            return None
        first, last = days
        if way == "since":
            return Constraints(published_since=first)
        if way == "after":
            return Constraints(published_since=last + timedelta(days=1))
        if way == "before":
            return Constraints(published_until=first - timedelta(days=1))
        if way == "until":
            return Constraints(published_until=last)
        return Constraints(published_since=first, published_until=last)

    return limits


def _days(found: re.Match[str], today: date) -> tuple[date, date] | None:
    """The first and the last day of what a text names; None if there is no such day."""
    said = {name: value for name, value in found.groupdict().items() if value}
    try:
        if iso := said.get("iso"):
            return (day := date.fromisoformat(iso)), day
        if near := said.get("near"):
            return (day := today - timedelta(days=near.casefold() == "yesterday")), day
        if weekday := said.get("weekday"):
            back = (today.weekday() - _WEEKDAYS.index(weekday.casefold())) % 7 or 7
            return (day := today - timedelta(days=back)), day
        month = _month_number(said.get("month") or said["month_2"])
        year = _year(said, month, today)
        if day_number := said.get("day") or said.get("day_2"):
            return (day := date(year, month, int(day_number))), day
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


def _month_number(name: str) -> int:
    for month, pattern in enumerate(_MONTH_NAMES, start=1):
        if pattern.fullmatch(name):
            return month
    month = round(number(name))
    if not 1 <= month <= 12:
        raise ValueError(f"no month: {name}")
    return month


def _year(said: dict[str, str], month: int, today: date) -> int:
    """The year that is said, else that of the latest such month."""
    if year := said.get("year") or said.get("year_2"):
        return int(year)
    return today.year - (month > today.month or "last" in said)


_TELLING = (
    rf"(?=\s*(?:$|[^\w\s'’-]|(?:please|about|on|but|and|that|only|by|with|under)\b|{MEDIA}\b))"
)
_ENGLISH: tuple[tuple[str, _Limits], ...] = (
    (
        rf"(?:{_LEAD}|^\W*(?:the\s+)?)(?:last|past|previous)\s+(?P<many>{NUMBER})\s+"
        r"(?P<unit>days?|weeks?|fortnights?|months?|hours?)\b(?! of\b)",
        _some,
    ),
    (
        rf"(?:{_LEAD}|^\W*)(?:this|last|past)\s+(?P<many>)(?P<unit>week|fortnight|month)\b(?:'s)?",
        _some,
    ),
    (
        rf"\b(?:this|last)\s+(?P<many>)(?P<unit>week|month)'s(?=\s+(?:\w+\s+)?{MEDIA}\b)",
        _some,
    ),
    (r"\b(?:uploaded|posted|published|released|added)\s+(?P<near>today|yesterday)\b", _near),
    (r"\b(?:from|since)\s+(?P<near>today|yesterday)\b(?:'s)?", _near),
    (rf"\b(?P<near>today|yesterday)'s(?=\s+(?:new\s+)?{MEDIA}\b)", _near),
    (rf"(?:\b{_PUBLISHED}\s+)?\b(?:since|starting (?:in|from))\s+{_WHEN}", _compared("since")),
    (rf"(?:\b{_PUBLISHED}\s+)?\b(?:before|prior to)\s+{_WHEN}", _compared("before")),
    (rf"(?:\b{_PUBLISHED}\s+)?\b(?:until|up to|till)\s+{_WHEN}", _compared("until")),
    (rf"(?:\b{_PUBLISHED}\s+)?\bafter\s+{_WHEN}", _compared("after")),
    (rf"\b{_PUBLISHED}\s+(?:in|on)\s+{_WHEN}", _compared("in")),
    (rf"\bfrom\s+{_WHEN}{_TELLING}", _compared("in")),
)
_CHINESE: tuple[tuple[str, _Limits], ...] = (
    (
        rf"(?:最近|近|过去|前)的?(?:(?P<half>半年)|(?P<many>{CHINESE_NUMBER})个?"
        rf"(?P<unit>天|日|周|星期|礼拜|月))(?:以内|以来|之内|内|里|来|间)?{_MADE}",
        _some_chinese,
    ),
    (
        rf"(?:这个?|本|上个?)(?P<half>)(?P<many>)(?P<unit>周|星期|礼拜|月)"
        rf"(?:以内|以来|之内|内|里|来)?{_MADE}",
        _some_chinese,
    ),
    (
        rf"(?P<near>今[天日]|昨[天日])(?:新?(?:上传|发布|发表|上线|更新)的?|的(?={CHINESE_MEDIA}))",
        _near,
    ),
    (rf"(?:从|自)?{_CHINESE_MONTH}(?:以来|以后|之后|开始|起){_MADE}", _compared("since")),
    (rf"{_CHINESE_MONTH}(?:以前|之前|前){_MADE}", _compared("before")),
    (rf"在?{_CHINESE_MONTH.replace('年)?', '年)')}{_MADE}", _compared("in")),
    (
        rf"在?{_CHINESE_MONTH}(?:新?(?:上传|发布|发表|上线|更新)的?|的?(?={CHINESE_MEDIA}))",
        _compared("in"),
    ),
)
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), limits) for pattern, limits in (*_ENGLISH, *_CHINESE)
)
_MAYBE = re.compile(
    r"day|week|month|hour|since|before|until|till|up to|after|from|prior| in | on |starting|"
    r"[周天日月礼年]|星期",
    re.IGNORECASE,
)


def read_dates(text: str, today: date) -> Reading:
    """Read when `text` wants videos to have been published, where that is finer than a year.

    Args:
        text: the message.
        today: what "this week" is reckoned from.
    """
    if not _MAYBE.search(text):
        return Reading()
    about = subjects(text)
    for pattern, limits in _RULES:
        for found in pattern.finditer(text):
            constraints = limits(found, today)
            if constraints and not (_is_subject(found) and inside(found.start(), about)):
                return Reading((found.span(),), constraints)
    return Reading()


def _is_subject(found: re.Match[str]) -> bool:
    """Whether it may say what a video is about: "about the Berlin of last week" hardly does."""
    return not re.match(
        r"(?:uploaded|posted|published|released|from|since|in the)\b", found[0], re.I
    )
