"""Whether a number that is said is true: lengths, years, counts."""

from __future__ import annotations

from enum import StrEnum

from assistant.types import Video

_ABOUT = 0.1
"""By such a share of it "about" may be off."""


class How(StrEnum):
    """How what is said relates to what is so."""

    IS = "is"
    ABOUT = "about"
    MOST = "most"
    LEAST = "least"
    BELOW = "below"
    ABOVE = "above"


def holds(how: How, said: float, known: float, *, precision: float = 0.0) -> bool:
    """Whether a value known to be `known` may be said to be `said`.

    Args:
        how: "under 20" is `How.BELOW`.
        said: the number in the sentence.
        known: the number in the record, in the same unit.
        precision: how far a rounded number may be off.
    """
    match how:
        case How.IS:
            return abs(said - known) <= precision
        case How.ABOUT:
            return abs(said - known) <= max(_ABOUT * known, precision)
        case How.MOST:
            return known <= said + precision
        case How.LEAST:
            return known >= said - precision
        case How.BELOW:
            return known < said
        case How.ABOVE:
            return known > said


def length_holds(how: How, seconds: float, video: Video) -> bool:
    """Whether the length of `video` is so; to the minute, from two minutes on."""
    if video.duration_s is None:
        return False
    coarse = seconds >= 120 or seconds % 60 == 0
    return holds(how, seconds, video.duration_s, precision=30 if coarse else 0)


def year_holds(how: How, year: int, video: Video) -> bool:
    """Whether the year of `video` is so."""
    if video.year is None:
        return False
    return abs(video.year - year) <= 1 if how is How.ABOUT else holds(how, year, video.year)


def decade_holds(start: int, video: Video) -> bool:
    """Whether `video` is of the ten years from `start` on."""
    return video.year is not None and start <= video.year < start + 10


def count_holds(how: How, said: float, unit: float, known: int | None) -> bool:
    """Whether a count of views or likes is so.

    Args:
        how: see `How`.
        said: the number said, "1.2 million" as 1 200 000.
        unit: what the last digit said is worth: 100 000 for "1.2 million".
        known: of the record.
    """
    return known is not None and holds(how, said, known, precision=unit / 2 if unit > 1 else 0)
