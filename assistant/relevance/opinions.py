"""What each signal says of a video: whether it was relevant to the viewer, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.taste import mean_rating, rating_weight, utc
from assistant.types import Interaction, Signal

STRENGTHS: Mapping[Signal, float] = {
    Signal.LIKED: 1.0,
    Signal.FINISHED: 0.7,
    Signal.WATCHED: 0.5,
    Signal.SAVED: 0.3,
    Signal.HIDDEN: -0.5,
    Signal.DISLIKED: -1.0,
}
"""How surely a signal says that a video was relevant; below 0, that it was not. Being shown says
nothing, and ratings are compared with the viewer's own mean."""
RATING_STRENGTHS = (0.4, 1.0)
"""Of a rating that equals the viewer's mean, and of five stars. A little below the mean it says
nothing: the video was good enough to be watched."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a viewer thinks of one video, by the last thing they did with it that says so."""

    video_id: str
    relevant: bool
    strength: float
    """Above 0, at most 1: the weight of the example."""
    at: datetime


def opinions(interactions: Iterable[Interaction]) -> list[Opinion]:
    """One opinion a video, in the order of time.

    Watching and saving take nothing back: they count where nothing stronger was said.
    """
    standing: dict[str, Interaction] = {}
    for one in sorted(interactions, key=lambda one: utc(one.at)):
        before = standing.get(one.video_id)
        if one.signal is not Signal.SHOWN and (before is None or _supersedes(one, before)):
            standing[one.video_id] = one
    mean = mean_rating(standing.values())
    found = [(one, _strength(one, mean) * one.strength) for one in standing.values()]
    said = [
        Opinion(one.video_id, strength > 0, abs(strength), utc(one.at))
        for one, strength in found
        if strength
    ]
    return sorted(said, key=lambda one: one.at)


def _supersedes(one: Interaction, before: Interaction) -> bool:
    weak = (Signal.SAVED, Signal.WATCHED, Signal.FINISHED)
    if one.signal not in weak:
        return True
    return before.signal in weak[: weak.index(one.signal) + 1]


def _strength(one: Interaction, mean: float) -> float:
    if one.signal is not Signal.RATED or one.rating is None:
        return STRENGTHS.get(one.signal, 0.0)
    return rating_weight(one.rating, mean, RATING_STRENGTHS)
