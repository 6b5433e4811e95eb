"""Single values of other people's formats: what they say, or nothing.

A field with the wrong type or an impossible value says nothing of the video; it is no reason to
leave the video out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import islice

from assistant.types import MOST_PEOPLE
from store.text import clean_text

MAX_TITLE = 500
MAX_NAME = 120
MAX_NAMES = 100
MAX_LOOKED_AT = 1_000
"""Items of one list: of a longer one the rest says nothing that is kept."""
MAX_SECONDS = 10_000_000
FIRST_YEAR, LAST_YEAR = 1870, 2200
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


def text(value: object, *, max_chars: int = MAX_TITLE) -> str:
    """A clean text, empty if `value` is not one."""
    return clean_text(value, max_chars=max_chars) if isinstance(value, str) else ""


def names(*values: object) -> tuple[str, ...]:
    """Names or tags from lists of them, clean, each once, in order."""
    items = (item for value in values for item in _items(value))
    return each_once(text(item, max_chars=MAX_NAME) for item in items)[:MAX_NAMES]


def _items(value: object) -> Iterable[object]:
    return islice(value, MAX_LOOKED_AT) if isinstance(value, list) else ()


def each_once(texts: Iterable[str]) -> tuple[str, ...]:
    """`texts` in order, without empty ones and without those that differ in case alone."""
    kept: dict[str, str] = {}
    for item in texts:
        if item:
            kept.setdefault(item.casefold(), item)
    return tuple(kept.values())


def whole(value: object) -> int | None:
    """A count: not negative, rounded if it is a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if 0 <= value <= MOST_PEOPLE else None  # not for NaN either


def seconds(value: object) -> int | None:
    """A duration of at least one second."""
    number = whole(value)
    return number if number and number <= MAX_SECONDS else None


def year(value: object) -> int | None:
    """A year in which there were films, or may be."""
    number = whole(value)
    return number if number and FIRST_YEAR <= number <= LAST_YEAR else None


def day(value: object) -> date | None:
    """The day that ``YYYY-MM-DD`` (a time may follow) or ``YYYYMMDD`` names."""
    match = _DAY.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day_of_timestamp(value: object) -> date | None:
    """The day (UTC) of a number of seconds since 1970."""
    number = whole(value)
    if number is None:
        return None
    try:
        found = datetime.fromtimestamp(number, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
    return found if found.year <= LAST_YEAR else None
