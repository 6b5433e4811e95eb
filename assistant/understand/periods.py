"""Years and decades in a text: 1994, "the 90s", "late seventies", 1990年, 九十年代, 零几年."""

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
      (?<![\w.,:/€$£-])(?P<decade>(?:18[7-9]|19\d|20\d)0)'?s\b
    | (?<![\w.,:/€$£])'?(?P<short>[013-9]0)'?s\b
    | (?<!\w)(?P<word>{"|".join(_DECADES)})\b
    )
    | (?<![\w.,:/€$£])(?P<year>18[7-9]\d|19\d\d|20\d\d)(?![\w%年]|[.,:]\d|-?years?\b)
    | (?P<century>\b(?:the[ ])?21st[ ]century\b|(?:21|二十一|本)世纪)
    | (?:上个?世纪)?(?P<zh_from_decade>[二三四五六七八])(?P<zh_to_decade>[三四五六七八九])十年代
    | (?:上个?世纪)?(?P<zh_decade>(?:19|20)?\d0|[二三四五六七八九]十|零零|〇〇|两千)年代
      (?P<zh_part>初|中期|末|后期)?
    | (?P<zh_some>[零〇一五六七八九])几年(?![前后级的时]?[间来以])
    | (?P<zh_written>[一二][零〇一二三四五六七八九]{{3}})年(?!代)
    | (?<!\d)(?:(?P<zh_from>18[7-9]\d|19\d\d|20\d\d)年?[到至~-])?
      (?P<zh_year>18[7-9]\d|19\d\d|20\d\d)年(?!代)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:my|your|his|her|their|our|in|mid|late|early|aged)[ -]?$", re.IGNORECASE)
_CHINESE_GROUPS = ("zh_from_decade", "zh_decade", "zh_some", "zh_written", "zh_year")
FAR_FUTURE = 9999
_FIRST_YEAR = 1870


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
        if found["short"] in ("00", "10") and not found["the"] and "'" not in found[0][:1]:
            continue
        if years and not is_age:
            first, last = years
            chinese = "世纪" in found[0] or any(found[name] for name in _CHINESE_GROUPS)
            yield Period(*found.span(), first, last, first != last, chinese)


def _years(found: re.Match[str]) -> tuple[int, int] | None:
    if found["century"]:
        return 2001, FAR_FUTURE
    if year := found["year"] or found["zh_year"]:
        return int(found["zh_from"] or year), int(year)
    if found["zh_written"]:
        year = int(number(found["zh_written"]))
        return (year, year) if _FIRST_YEAR <= year < _FIRST_YEAR + 300 else None
    if found["zh_from_decade"]:
        first, last = number(found["zh_from_decade"]), number(found["zh_to_decade"])
        return (1900 + 10 * int(first), 1909 + 10 * int(last)) if first < last else None
    if found["zh_some"]:
        decade = _full(10 * int(number(found["zh_some"])))
        return decade, decade + 9
    decade, part = _chinese_decade(found) if found["zh_decade"] else _decade(found)
    low, high = _PART[part]
    return decade + low, decade + high


def _chinese_decade(found: re.Match[str]) -> tuple[int, str]:
    part = {"初": "early", "中": "mid", "末": "late", "后": "late"}
    name = found["zh_decade"]
    decade = 2000 if name == "两千" else _full(int(number(name)))
    return decade, part.get((found["zh_part"] or " ")[0], "")


def _decade(found: re.Match[str]) -> tuple[int, str]:
    part = (found["part"] or "").casefold()
    if word := found["word"]:
        return _DECADES[word.casefold()], part
    return _full(int(found["decade"] or found["short"])), part


def _full(decade: int) -> int:
    """90 → 1990; 10 → 2010."""
    if decade >= 100:
        return decade
    return 1900 + decade if decade >= 30 else 2000 + decade
