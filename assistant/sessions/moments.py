"""When something was, as a person says it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = 7


def in_words(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """``today 21:10``, ``yesterday 21:10``, ``Monday 21:10``, ``3 Nov``, ``3 Nov 2024``.

    Args:
        moment: with a zone.
        now: with a zone.
        zone: in which the days are counted; the machine's by default.
    """
    then, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (today - then.date()) // timedelta(days=1)
    if 0 <= days < _WEEK:
        day = ("today", "yesterday")[days] if days < 2 else _DAYS[then.weekday()]
        return f"{day} {then:%H:%M}"
    year = "" if then.year == today.year else f" {then.year}"
    return f"{then.day} {_MONTHS[then.month - 1]}{year}"


def in_full(moment: datetime, zone: tzinfo | None = None) -> str:
    """``Monday 3 Nov 2025, 21:10``."""
    then = moment.astimezone(zone)
    month = _MONTHS[then.month - 1]
    return f"{_DAYS[then.weekday()]} {then.day} {month} {then.year}, {then:%H:%M}"
