"""Years and decades in a text: 1994, "the 90s", "late seventies", 1990年, 九十年代."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.understand.words import number

_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
}  # fmt: skip
_PART = {"early": (0, 3), "mid": (3, 6), "late": (6, 9), "": (0, 9)}
"""Years of a decade that its part has: the first to the last."""

_PERIOD = re.compile(
    rf"""
    (?P<the>\bthe[ ])?
    (?:(?P<part>early|mid|late)(?:[ ]to[ ]late)?[ -](?:the[ ])?)?
    (?:
      (?<![\w.,:/€$£-])(?P<decade>(?:19|20)\d0)'?s\b
    | (?<![\w.,:/€$£])'?(?P<short>[3-9]0)'?s\b
    | (?<!\w)(?P<word>{"|".join(_DECADES)})\b
    )
    | (?<![\w.,:/€$£])(?P<year>18[7-9]\d|19\d\d|20\d\d)(?![\w%年]|[.,:]\d|-?years?\b)
    | (?P<century>\b(?:the[ ])?21st[ ]century\b|21世纪)
    | (?:上个?世纪)?(?P<zh_decade>(?:19|20)?\d0|[二三四五六七八九]十)年代
      (?P<zh_part>初|中期|末|后期)?
    | (?<!\d)(?:(?P<zh_from>18[7-9]\d|19\d\d|20\d\d)年?[到至~-])?
      (?P<zh_year>18[7-9]\d|19\d\d|20\d\d)年(?!代)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:my|your|his|her|their|our|in|mid|late|early|aged)[ -]?$", re.IGNORECASE)
FAR_FUTURE = 9999


class Period(NamedTuple):
    """A year, or a run of years, that a text gives."""

    start: int
    end: int
    first: int
    last: int
    run: bool
    """Whether it is more than one year."""
    chinese: bool


def periods_in(text: str) -> Iterator[Period]:
    """The years and decades in `text`, in order."""
    for found in _PERIOD.finditer(text):
        years = _years(found)
        is_age = found["short"] and not found["the"] and _AGE.search(text[: found.start()])
        if years and not is_age:
            first, last = years
            chinese = bool(found["zh_decade"] or found["zh_year"])
            yield Period(*found.span(), first, last, first != last, chinese)


def _years(found: re.Match[str]) -> tuple[int, int] | None:
    if found["century"]:
        return 2001, FAR_FUTURE
    if year := found["year"] or found["zh_year"]:
        return int(found["zh_from"] or year), int(year)
    if found["zh_decade"]:
        decade = _full(int(number(found["zh_decade"])))
        part = {"初": "early", "中": "mid", "末": "late", "后": "late"}.get(
            (found["zh_part"] or " ")[0], ""
        )
    else:
        part = (found["part"] or "").casefold()
        decade = (
            _DECADES[found["word"].casefold()]
            if found["word"]
            else _full(int(found["decade"] or found["short"]))
        )
    low, high = _PART[part]
    return decade + low, decade + high


def _full(decade: int) -> int:
    """90 → 1990; 10 → 2010."""
    if decade >= 100:
        return decade
    return 1900 + decade if decade >= 30 else 2000 + decade
