"""Moments as the pages of Google Takeout write them, in the language of the account.

``Dec 3, 2021, 3:02:58 PM GMT``, ``03.12.2021, 15:02:58 MEZ``, ``3 déc. 2021, 15:02:58 CET``,
``2021/12/03 15:02:58 JST``, ``2021年12月3日下午3:02:58 CST``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

_TIME = re.compile(r"(?<![\d.])(\d{1,2})([:.])(\d\d)\2(\d\d)(?![\d.])")
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_AFTERNOON = re.compile(r"下午|午後|午后|오후|\bp\.?\s?m\b", re.IGNORECASE)
_MORNING = re.compile(r"上午|午前|오전|凌晨|\ba\.?\s?m\b", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)\s?([+-\u2212])(\d{1,2})(?::?(\d\d))?")

_MONTHS = """
jan feb mar apr may jun jul aug sep oct nov dec
ene feb mar abr mai juin juil ago set okt nov dez
gen fev mrt avr mag giu lug aou sept out noe dic
oca sub mar nis maj haz tem agu eyl eki kas ara
янв фев мар апр мая июн июл авг сен окт ноя дек
січ лют бер кві май чер лип сер вер жов лис гру
sty lut mrz kwi mei cze lip sie wrz paz lis gru
"""
"""By their beginnings, without accents: a row a language or more, a column a month."""
_HOURS = {
    "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3,
    "TRT": 3, "IST": 5.5, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
}  # fmt: skip
"""Time zones that Google names by letters; another one is taken for UTC."""
_CHINA = 8


def _plain(word: str) -> str:
    """A word without case and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_MONTH_OF = {_plain(name): place % 12 + 1 for place, name in enumerate(_MONTHS.split())}
_LONGEST_FIRST = sorted(_MONTH_OF, key=len, reverse=True)


def moment(text: str) -> datetime | None:
    """The moment in UTC that a text names; None if it names none of YouTube's time."""
    text = unicodedata.normalize("NFKC", text[:200])
    time = _TIME.search(text)
    if time is None:
        return None
    day = _day(text[: time.start()]) or _day(text[time.end() :])
    if day is None:
        return None
    try:
        local = datetime(*day, _hour(text, int(time[1])), int(time[3]), int(time[4]), tzinfo=UTC)
        found = local - _offset(text, text[time.end() :])
    except (ValueError, OverflowError):
        return None
    return found if 2005 <= found.year <= 2200 else None


def _day(text: str) -> tuple[int, int, int] | None:
    numbers = [int(number) for number in _NUMBERS.findall(text)[:3] if len(number) <= 4]
    month = next(filter(None, map(_month, _WORDS.findall(text))), None)
    if month is not None and len(numbers) == 2:
        first, second = numbers
        return (first, month, second) if first > 31 else (second, month, first)
    if len(numbers) != 3:
        return None
    first, second, third = numbers
    if first > 31:
        return first, second, third
    return (third, second, first) if second <= 12 else (third, first, second)


def _month(word: str) -> int | None:
    plain = _plain(word)
    return next((_MONTH_OF[name] for name in _LONGEST_FIRST if plain.startswith(name)), None)


def _hour(text: str, hour: int) -> int:
    if _AFTERNOON.search(text):
        return hour % 12 + 12
    return hour % 12 if _MORNING.search(text) else hour


def _offset(text: str, after: str) -> timedelta:
    if found := _OFFSET.search(after):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return offset if found[1] == "+" else -offset
    names = [word for word in _WORDS.findall(after) if word in _HOURS]
    if names == ["CST"] and "年" in text:
        return timedelta(hours=_CHINA)
    return timedelta(hours=_HOURS[names[-1]] if names else 0)
