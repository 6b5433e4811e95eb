"""A filter and an order in a few words, and the ranges that a person types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.languages import language_name
from assistant.listing import UNKNOWN, Order, Show, VideoFilter
from assistant.wording import printable

ORDERS: dict[Order, tuple[str, str]] = {
    Order.MATCH: ("best match", "worst match"),
    Order.TITLE: ("title, A to Z", "title, Z to A"),
    Order.YEAR: ("newest", "oldest"),
    Order.LENGTH: ("shortest", "longest"),
    Order.ADDED: ("added last", "added first"),
    Order.POPULARITY: ("most popular", "least popular"),
    Order.RATING: ("your best rated", "your worst rated"),
}
"""Of each, what comes first, and what does in reverse."""
SHOWS: dict[Show, str] = {
    Show.ALL: "all",
    Show.UNSEEN: "not seen yet",
    Show.WATCHED: "watched",
    Show.LIKED: "liked",
    Show.DISLIKED: "disliked",
    Show.SAVED: "saved for later",
    Show.RATED: "rated",
    Show.HIDDEN: "hidden",
    Show.REMOVED: "removed by you",
}
_RANGE = re.compile(r"(\d{1,6})?\s*(?:(-|–|—|\.\.|to)\s*(\d{1,6})?)?")
_MINUTE = 60


def described(wanted: VideoFilter) -> str:
    """What a filter leaves, beside its words: ``film · en, fr · 1990–1999``; empty for all."""
    return " · ".join(_parts(wanted))


def _parts(wanted: VideoFilter) -> Iterator[str]:
    if wanted.show is not Show.ALL:
        yield SHOWS[wanted.show]
    if wanted.kinds:
        yield ", ".join(kind.value for kind in wanted.kinds)
    if wanted.languages:
        yield ", ".join(language(code) for code in wanted.languages)
    if wanted.sources:
        yield printable(", ".join(wanted.sources))
    if years := shown_range(wanted.min_year, wanted.max_year):
        yield years
    if minutes := shown_range(_minutes(wanted.min_duration_s), _minutes(wanted.max_duration_s)):
        yield f"{minutes} min"


def language(code: str) -> str:
    """What a person calls a language of the list."""
    return "language unknown" if code == UNKNOWN else printable(language_name(code))


def order_name(order: Order, *, reverse: bool) -> str:
    """What comes first."""
    return ORDERS[order][reverse]


def shown_range(low: int | None, high: int | None) -> str:
    """``1990–1999``, ``from 1990``, ``to 1999``; empty where there is no limit."""
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    if low is not None:
        return f"from {low}"
    return f"to {high}" if high is not None else ""


def typed_range(text: str) -> tuple[int | None, int | None] | None:
    """The limits that a person types: ``1990-1999``, ``1990-``, ``-1999``, ``1990``.

    Returns:
        The least and the most, none of nothing typed; None where it is no range.
    """
    text = text.strip().lower().removeprefix("from ")
    if text.startswith("to "):
        text = f"-{text[3:]}"
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first, dash, last = match.groups()
    low, high = (int(part) if part else None for part in (first, last))
    if dash is None:
        return low, low
    if low is not None and high is not None and low > high:
        return high, low
    return low, high


def seconds_of(minutes: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Limits in minutes as limits in seconds; up to 20 minutes means up to 20:59."""
    low, high = minutes
    if low is not None and low == high:  # one number: up to so many
        low = None
    return (
        None if low is None else low * _MINUTE,
        None if high is None else high * _MINUTE + _MINUTE - 1,
    )


def minutes_of(wanted: VideoFilter) -> str:
    """The limits of the length as they are typed."""
    return plain_range(_minutes(wanted.min_duration_s), _minutes(wanted.max_duration_s))


def plain_range(low: int | None, high: int | None) -> str:
    """Limits as they are typed."""
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}-{'' if high is None else high}"


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else seconds // _MINUTE
