"""Signals that are read off the videos themselves, once the best of the pool have been read.

Each is a standard score among the videos given, 0 where the fact is not known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.types import Video

if TYPE_CHECKING:
    from assistant.retrieve.signals import Scores

LEAST_POPULARITY_DEVIATION = 0.5
"""Of log(1 + views + 20·likes): smaller differences are none."""
YEARS_APART = 5.0
"""Two videos so many years apart are 1/e as close in time as two of one year."""
LEAST_CLOSENESS_DEVIATION = 0.05


def popularity(videos: Sequence[Video]) -> Scores:
    """How popular each video is: log(1 + views + 20·likes), as `Library.popular` has it."""
    return _standardised([_log_reach(video) for video in videos], LEAST_POPULARITY_DEVIATION)


def closeness_in_time(videos: Sequence[Video], others: Sequence[Video]) -> Scores:
    """How close each video lies in time to `others`: the mean of exp(−|years between| / 5)."""
    years = np.array([other.year for other in others if other.year is not None], np.float64)
    if not len(years):
        return np.zeros(len(videos))
    closeness = [
        math.nan
        if video.year is None
        else float(np.exp(-np.abs(years - video.year) / YEARS_APART).mean())
        for video in videos
    ]
    return _standardised(closeness, LEAST_CLOSENESS_DEVIATION)


def _log_reach(video: Video) -> float:
    return math.nan if video.reach is None else math.log1p(video.reach)


def _standardised(values: Sequence[float], least_deviation: float) -> Scores:
    array = np.array(values, np.float64)
    known = ~np.isnan(array)
    if not known.any():
        return np.zeros(len(array))
    deviation = max(float(array[known].std()), least_deviation)
    return np.where(known, (np.nan_to_num(array) - array[known].mean()) / deviation, 0.0)
