"""What a viewer's interests come to: how large each is, what stands for it, and where it is going.

Sizes are of likes; shares are of the taste, in which a like counts by what was done and how long
ago, and by the weight of its interest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

from assistant.types import Interest, Taste, Value

EXAMPLES = 5
RECENT_DAYS = 90
MONTHS = 12
DAYS_PER_MONTH = 30
LEAST_LIKES = 5
"""Of the last days, and of before them, for a trend to be told."""
LEAST_OWN = 3
"""Likes of the interest itself, likewise."""
CONFIDENCE = 1.2816
"""Standard deviations: four of five trends that are told are none of chance."""


class Trend(StrEnum):
    """Where an interest is going, by its share of the likes of the last days and of before."""

    RISING = "rising"
    STEADY = "steady"
    """Or the difference is not more than chance makes."""
    FALLING = "falling"
    UNKNOWN = "unknown"
    """There are too few likes of the last days, or of before."""


class Example(Value):
    """A video that stands for an interest."""

    id: str
    title: str


class InterestReport(Value):
    """What is known of one interest."""

    number: int
    """Its place in the list, from 1: what it is called by where it is set."""
    name: str
    found_name: str
    """What its keywords call it; the same as `name` unless the person gave it another."""
    keywords: tuple[str, ...]
    likes: int
    share: float
    """Of the taste; 0 when it is switched off, or weighs 0."""
    weight: float
    """What the person set; 1 if nothing."""
    off: bool
    examples: tuple[Example, ...]
    """The liked videos nearest to its middle, the nearest first."""
    trend: Trend
    recent_share: float | None
    """Of the likes of the last `RECENT_DAYS` days; None without any."""
    earlier_share: float | None
    """Of those before."""
    months: tuple[int, ...]
    """Its likes in each of the last `MONTHS` times thirty days, the last one last."""


class TasteReport(Value):
    """What is known of a viewer's taste."""

    interests: tuple[InterestReport, ...]
    """By falling share as they are found: their order does not change with what is set."""
    likes: int
    """Of all, in an interest or in none."""
    without_interest: int
    """Likes that are too unlike any others to be an interest, or to be one of the eight."""


def report(taste: Taste, titles: Mapping[str, str], now: datetime) -> TasteReport:
    """What there is to tell of a taste.

    Args:
        taste: with its interests, and those that are switched off.
        titles: of the liked videos, by id; one that is not there is no example.
        now: with a time zone; the last days are counted from here.
    """
    every = all_interests(taste)
    inside = {video_id for one in every for video_id in one.video_ids}
    return TasteReport(
        interests=tuple(
            _interest(number, one, taste, titles, now) for number, one in enumerate(every, 1)
        ),
        likes=len(taste.liked_at),
        without_interest=len(taste.liked_at.keys() - inside),
    )


def all_interests(taste: Taste) -> tuple[Interest, ...]:
    """Those that count and those that are switched off, in the order in which they are found."""
    return tuple(sorted((*taste.interests, *taste.switched_off), key=lambda one: one.place))


def example_ids(interest: Interest, taste: Taste) -> Sequence[str]:
    """The likes nearest to the middle of an interest, the nearest first, at most `EXAMPLES`.

    Of one that is switched off, whose vectors are not at hand, those that counted most.
    """
    if taste.liked_vectors is None or not interest.factor:
        return interest.video_ids[:EXAMPLES]
    rows = {video_id: row for row, video_id in enumerate(taste.liked_ids)}
    members = [one for one in interest.video_ids if one in rows]
    import numpy as np

    near = taste.liked_vectors[[rows[one] for one in members]] @ interest.vector
    return [members[row] for row in np.argsort(-near, kind="stable")[:EXAMPLES]]


def trend_of(own_recent: int, recent: int, own_earlier: int, earlier: int) -> Trend:
    """Whether a share grew, by the interval of Agresti and Caffo (2000) for two proportions.

    Each proportion is taken with one success and one failure more; their difference is told where
    its interval, of `CONFIDENCE` standard deviations, does not hold 0.
    """
    if min(recent, earlier) < LEAST_LIKES or own_recent + own_earlier < LEAST_OWN:
        return Trend.UNKNOWN
    now, before = (own_recent + 1) / (recent + 2), (own_earlier + 1) / (earlier + 2)
    variance = now * (1 - now) / (recent + 2) + before * (1 - before) / (earlier + 2)
    difference = now - before
    if abs(difference) <= CONFIDENCE * sqrt(variance):
        return Trend.STEADY
    return Trend.RISING if difference > 0 else Trend.FALLING


def _interest(
    number: int, interest: Interest, taste: Taste, titles: Mapping[str, str], now: datetime
) -> InterestReport:
    since = now - timedelta(days=RECENT_DAYS)
    own = [taste.liked_at[one] for one in interest.video_ids]
    recent = sum(at > since for at in taste.liked_at.values())
    own_recent, earlier = sum(at > since for at in own), len(taste.liked_at) - recent
    own_earlier = len(own) - own_recent
    setting = interest.setting
    return InterestReport(
        number=number,
        name=interest.name,
        found_name=", ".join(interest.keywords[:2]),
        keywords=interest.keywords,
        likes=len(interest.video_ids),
        share=interest.weight if interest.factor else 0.0,
        weight=1.0 if setting is None else setting.weight,
        off=setting is not None and setting.off,
        examples=tuple(
            Example(id=one, title=titles[one])
            for one in example_ids(interest, taste)
            if one in titles
        ),
        trend=trend_of(own_recent, recent, own_earlier, earlier),
        recent_share=own_recent / recent if recent else None,
        earlier_share=own_earlier / earlier if earlier else None,
        months=_months(own, now),
    )


def _months(moments: Sequence[datetime], now: datetime) -> tuple[int, ...]:
    counts = [0] * MONTHS
    for at in moments:
        ago = max((now - at).days, 0) // DAYS_PER_MONTH
        if ago < MONTHS:
            counts[MONTHS - 1 - ago] += 1
    return tuple(counts)
