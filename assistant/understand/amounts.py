"""Lengths of time in a text: "an hour and a half", 1h30, 二十分钟."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.understand.words import CHINESE_NUMBER, NUMBER, number

_UNITS = {"h": 3600, "m": 60, "s": 1}
_AMOUNT = re.compile(
    rf"""
    (?<![\w.:])(?!an?[ ]?(?:[hm]\b|sec))(?:
      (?P<quarters>(?:three[ ]|a[ ])?quarters?)[ ]of[ ]an[ ]hour
    | (?:half[ ]an?[ ]|a[ ]half[ -]|half-)(?P<half>hour)
    | (?P<h_half>{NUMBER})[ ]and[ ]a[ ]half[ ]hours?
    | (?P<one_hour>hour)(?=[ -]long\b)
    | an[ ](?P<hour_half>hour)[ ]and[ ]a[ ]half
    | (?P<h>{NUMBER})(?:[ ]?-?)(?:hours?|hrs?|h)
      (?:(?:[ ]|[ ]and[ ])?(?P<h_m>{NUMBER})[ -]?(?:minutes?|mins?|m)|(?P<h_mm>[0-5]\d))?
    | (?P<m>{NUMBER})[ ]?-?(?:minutes?|mins?|m(?=\b))
    | (?P<s>{NUMBER})[ ]?-?(?:seconds?|secs?)
    )(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHINESE_AMOUNT = re.compile(
    rf"""
      (?P<half>半)个?(?:小时|钟头)
    | (?P<h_half>{CHINESE_NUMBER})个半(?:小时|钟头)
    | (?P<hour_half>{CHINESE_NUMBER})个?(?:小时|钟头)半
    | (?P<quarters>[一三])刻钟
    | (?P<h>{CHINESE_NUMBER})个?(?:小时|钟头)(?:零?(?P<h_m>{CHINESE_NUMBER})分钟?)?
    | (?P<m>{CHINESE_NUMBER})分钟
    | (?P<s>{CHINESE_NUMBER})秒钟?
    """,
    re.VERBOSE,
)


class Amount(NamedTuple):
    """A length of time that a text gives."""

    start: int
    end: int
    seconds: float
    unit: float
    """Seconds of its last unit, which the first number of "10 to 20 minutes" shares."""


def amounts_in(text: str) -> Iterator[Amount]:
    """The lengths of time in `text`, in order."""
    found = [*_AMOUNT.finditer(text), *_CHINESE_AMOUNT.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        yield _amount(match)


def _amount(match: re.Match[str]) -> Amount:
    parts = match.groupdict()
    unit = 3600.0
    if parts["half"]:
        seconds = 1800.0
    elif parts["quarters"]:
        seconds = 2700.0 if parts["quarters"][0] in "t三" else 900.0
    elif parts["h_half"]:
        seconds = 3600 * (number(parts["h_half"]) + 0.5)
    elif half := parts["hour_half"]:
        seconds = 5400.0 if half.isascii() and half.isalpha() else 3600 * (number(half) + 0.5)
    elif parts.get("one_hour"):
        seconds = 3600.0
    elif parts["h"]:
        minutes = parts["h_m"] or parts.get("h_mm")
        seconds = 3600 * number(parts["h"]) + (60 * number(minutes) if minutes else 0)
    else:
        name = "m" if parts["m"] else "s"
        unit = _UNITS[name]
        seconds = unit * number(parts[name])
    return Amount(match.start(), match.end(), seconds, unit)
