"""An opinion of each title, and how it moves a score: within bounds, and on average not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, pstdev

from assistant.models.base import Likelihood
from assistant.types import Candidate, Part, Shortlisted

FAMILIARITY_TAKEN_OFF = 0.25
"""The share c of ln P(title) that is taken off: of 0, ¼, ½, ¾ and 1 the best for films."""
MAX_DEVIATIONS = 2.0
"""An opinion counts at most so many standard deviations, whatever a title says to the model."""


def opinion(given: Likelihood, anyway: Likelihood) -> float:
    """What the model thinks of a title, on a scale of its own.

    (ln P(title | viewer, message) - c · ln P(title)) / √tokens. With c = 1 and no division this is
    the pointwise mutual information of title and request (Church & Hanks 1990), which favours what
    nobody has heard of; with c = 0 the most familiar title wins whatever was asked. A sum over
    tokens favours short titles where c < 1, a mean over tokens makes a word of a long title count
    for less than one of a short title: the square root lies between.
    """
    difference = given.log_probability - FAMILIARITY_TAKEN_OFF * anyway.log_probability
    return difference / math.sqrt(max(given.tokens, 1))


def deviations(opinions: Mapping[str, float]) -> dict[str, float]:
    """Each opinion less their mean, in standard deviations, clipped to ±`MAX_DEVIATIONS`."""
    if not opinions:
        return {}
    mean, spread = fmean(opinions.values()), pstdev(opinions.values())
    if spread == 0:
        return dict.fromkeys(opinions, 0.0)
    return {
        video_id: max(-MAX_DEVIATIONS, min((value - mean) / spread, MAX_DEVIATIONS))
        for video_id, value in opinions.items()
    }


def blend(
    shortlist: Sequence[Shortlisted], opinions: Mapping[str, float], weight: float
) -> tuple[Shortlisted, ...]:
    """The shortlist by falling score + weight · z, with what was added as a part.

    Scores are in deviations above a random video, and z is the opinion in deviations. So an opinion
    decides between candidates that are close, moves none by more than 2 · weight, and leaves a list
    with a clear winner as it is. What there is no opinion of is not moved: that is the mean.

    Args:
        shortlist: candidates with scores.
        opinions: by video id; of some of the candidates.
        weight: 0 to 1.
    """
    added = {video_id: weight * z for video_id, z in deviations(opinions).items()}
    blended = [
        Shortlisted(_with_opinion(item.candidate, added.get(item.candidate.video.id)), item.cluster)
        for item in shortlist
    ]
    return tuple(sorted(blended, key=lambda item: -item.candidate.score))


def _with_opinion(candidate: Candidate, contribution: float | None) -> Candidate:
    if contribution is None:
        return candidate
    return candidate.model_copy(
        update={
            "score": candidate.score + contribution,
            "parts": {**candidate.parts, Part.MODEL: contribution},
        }
    )
