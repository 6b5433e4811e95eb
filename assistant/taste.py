"""From what a person did to what they like: a user vector, a few interests, a vector of dislikes.

The user vector is q_u = unit(Σ wᵢ·unit(vᵢ)) over the videos with a liking, where
wᵢ = weight of the signal × its strength × 2^(−age / half-life). With ``taste = "mean"`` every
wᵢ is 1: the plain mean of the videos watched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from assistant.interests.finding import find_interests, weighted_mean
from assistant.interests.settings import with_settings
from assistant.settings import RecommendSettings
from assistant.types import Interaction, Interest, InterestSetting, Signal, Taste
from store.unit import unit

if TYPE_CHECKING:
    from assistant.types import Matrix, Vector
    from store.library import Library

LIKED_WEIGHT = 1.0
RATED_WEIGHTS = (0.4, 0.9)
"""Of a rating that equals the person's mean, and of five stars."""
FINISHED_WEIGHT = 0.5
WATCHED_WEIGHT = 0.3
SAVED_WEIGHT = 0.2
DISLIKED_WEIGHT = 1.0
HIDDEN_WEIGHT = 0.5
"""A video may also be hidden because it is known."""

NEUTRAL_RATING = 3.0
NEUTRAL_RATINGS = 2
"""So many imagined neutral ratings keep the mean sober while there are few real ones."""
DISLIKED_BELOW_MEAN = 1.0
"""A rating lower than the person's mean by so many stars is a dislike."""
GOOD_RATING = 3.5
"""From here on a rating says in itself that the video was liked."""

SECONDS_PER_DAY = 86_400.0
MAX_HALVINGS = 60.0
"""Signals older than so many half-lives count alike; a weight of exactly 0 would be no liking."""


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What a person thinks of one video, of everything that they did with it."""

    video_id: str
    weight: float
    """Above 0 for a liking, below for a dislike; 0 says nothing."""
    at: datetime
    said: bool
    """Whether the person said so, by a like or a good rating."""


def build_taste(
    interactions: Sequence[Interaction],
    vectors: Mapping[str, Vector],
    keywords: Mapping[str, tuple[str, ...]],
    *,
    now: datetime,
    settings: RecommendSettings,
    interests: Sequence[InterestSetting] = (),
) -> Taste:
    """What a history says.

    The last opinion on a video counts: disliked after liked is a dislike. Watching is no opinion;
    it is a weak liking where there is none. Saving takes a dislike back. Being shown says nothing.

    Args:
        interactions: the history, in any order.
        vectors: of the videos in it, shape (dimension,) each; a video without one is excluded
            from recommendation like any other, and says nothing else.
        keywords: of the videos in it.
        now: ages are counted from here; a signal from the future is new.
        settings: `taste` and `half_life_days` are used.
        interests: what the person set for interests of theirs. The likes of one that is switched
            off are as if they were none; those of another count so many times as its weight says.
    """
    opinions = _opinions(interactions)
    aged = [
        replace(one, weight=one.weight * _recency(one.at, now, settings))
        for one in opinions
        if one.video_id in vectors
    ]
    liked = sorted((one for one in aged if one.weight > 0), key=_strongest_first)
    disliked = sorted((one for one in aged if one.weight < 0), key=_strongest_first)
    excluded = _excluded_ids(interactions, opinions)
    if settings.taste == "mean":
        liked = sorted((replace(one, weight=1.0) for one in liked), key=_strongest_first)
    found = with_settings(
        _found(liked, vectors, keywords), interests, {one.video_id: one.at for one in liked}
    )
    factors = {video_id: one.factor for one in found for video_id in one.video_ids}
    counted = [
        replace(one, weight=one.weight * factors.get(one.video_id, 1.0))
        for one in liked
        if factors.get(one.video_id, 1.0)
    ]
    counted.sort(key=_strongest_first)
    liked_ids = tuple(one.video_id for one in counted)
    liked_vectors = _rows(liked_ids, vectors)
    weights = np.array([one.weight for one in counted])
    return Taste(
        vector=weighted_mean(liked_vectors, weights),
        interests=_counting(found),
        dislike_vector=weighted_mean(
            _rows((one.video_id for one in disliked), vectors),
            np.array([-one.weight for one in disliked]),
        ),
        liked_ids=liked_ids,
        said_liked_ids=frozenset(one.video_id for one in counted if one.said),
        liked_vectors=liked_vectors if liked_ids else None,
        liked_weights=tuple(one.weight for one in counted),
        like_factors={video_id: factor for video_id, factor in factors.items() if factor != 1.0},
        liked_at={one.video_id: one.at for one in liked},
        switched_off=tuple(one for one in found if not one.factor),
        latest_likes=_latest_likes(opinions, factors),
        excluded_ids=excluded,
        method=settings.taste,
    )


def read_taste(
    interactions: Sequence[Interaction],
    library: Library,
    model: str,
    *,
    now: datetime,
    settings: RecommendSettings,
    interests: Sequence[InterestSetting] = (),
) -> Taste:
    """`build_taste` with the vectors and keywords that a library holds of the history.

    Args:
        interactions: the history, in any order.
        library: of the viewer.
        model: the key of the embedding model.
        now: as there.
        settings: as there.
        interests: as there.
    """
    ids = list(dict.fromkeys(one.video_id for one in interactions))
    found, matrix = library.vectors(model, ids)
    return build_taste(
        interactions,
        dict(zip(found, matrix, strict=True)),
        {video_id: video.keywords for video_id, video in library.get(ids).items()},
        now=now,
        settings=settings,
        interests=interests,
    )


# --- opinions ----------------------------------------------------------------------------------


def _opinions(interactions: Sequence[Interaction]) -> list[_Opinion]:
    """One opinion a video, in the order in which the videos were first met."""
    standing: dict[str, Interaction] = {}
    for interaction in sorted(interactions, key=lambda one: utc(one.at)):
        before = standing.get(interaction.video_id)
        if before is None or _supersedes(interaction.signal, before.signal):
            standing[interaction.video_id] = interaction
    mean = mean_rating(standing.values())
    return [
        _Opinion(one.video_id, _weight(one, mean) * one.strength, utc(one.at), _said(one))
        for one in standing.values()
    ]


def _supersedes(signal: Signal, before: Signal) -> bool:
    if signal is Signal.SHOWN:
        return before is Signal.SHOWN
    if signal is Signal.FINISHED:
        return before in (Signal.SHOWN, Signal.SAVED, Signal.WATCHED, Signal.FINISHED)
    if signal is Signal.WATCHED:
        return before in (Signal.SHOWN, Signal.SAVED, Signal.WATCHED)
    if signal is Signal.SAVED:
        return before in (Signal.SHOWN, Signal.SAVED, Signal.DISLIKED, Signal.HIDDEN)
    return True


def _said(interaction: Interaction) -> bool:
    rating = interaction.rating
    return interaction.signal is Signal.LIKED or (rating is not None and rating >= GOOD_RATING)


def _weight(interaction: Interaction, mean: float) -> float:
    match interaction.signal:
        case Signal.LIKED:
            return LIKED_WEIGHT
        case Signal.FINISHED:
            return FINISHED_WEIGHT
        case Signal.WATCHED:
            return WATCHED_WEIGHT
        case Signal.SAVED:
            return SAVED_WEIGHT
        case Signal.DISLIKED:
            return -DISLIKED_WEIGHT
        case Signal.HIDDEN:
            return -HIDDEN_WEIGHT
        case Signal.RATED if interaction.rating is not None:
            return rating_weight(interaction.rating, mean, RATED_WEIGHTS)
        case _:
            return 0.0


def mean_rating(interactions: Iterable[Interaction]) -> float:
    """A person's own mean rating, with some imagined neutral ones."""
    ratings = [one.rating for one in interactions if one.rating is not None]
    return (sum(ratings) + NEUTRAL_RATING * NEUTRAL_RATINGS) / (len(ratings) + NEUTRAL_RATINGS)


def rating_weight(rating: float, mean: float, liked: tuple[float, float]) -> float:
    """The weight of a rating against the person's own mean, so that a mild judge has dislikes.

    Args:
        rating: up to five stars.
        mean: see `mean_rating`.
        liked: the weights of a rating that equals the mean, and of five stars.
    """
    at_mean, at_best = liked
    if rating >= mean:
        return at_mean + (at_best - at_mean) * (rating - mean) / max(5.0 - mean, 1e-9)
    if rating <= mean - DISLIKED_BELOW_MEAN:
        return -DISLIKED_WEIGHT * min((mean - rating) / (2 * DISLIKED_BELOW_MEAN), 1.0)
    return 0.0


def _excluded_ids(
    interactions: Iterable[Interaction], opinions: Iterable[_Opinion]
) -> frozenset[str]:
    """Videos that are known, or not wanted. A liked one is known: it lies nearest to itself."""
    known = {
        one.video_id
        for one in interactions
        if one.signal in (Signal.WATCHED, Signal.FINISHED, Signal.RATED, Signal.LIKED)
    }
    return frozenset(known | {one.video_id for one in opinions if one.weight < 0})


def _recency(at: datetime, now: datetime, settings: RecommendSettings) -> float:
    age_days = max((utc(now) - at).total_seconds(), 0.0) / SECONDS_PER_DAY
    return float(2.0 ** -min(age_days / settings.half_life_days, MAX_HALVINGS))


def utc(at: datetime) -> datetime:
    """`at` with a time zone: exports without one mean UTC."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _strongest_first(opinion: _Opinion) -> tuple[float, float, str]:
    return (-abs(opinion.weight), -opinion.at.timestamp(), opinion.video_id)


def _latest_likes(opinions: Sequence[_Opinion], factors: Mapping[str, float]) -> dict[str, float]:
    """1/√rank of what is liked: measured to predict the next like better than all alike do.

    Args:
        opinions: in any order.
        factors: so many times a like counts, by id, where that is not once.
    """
    latest = sorted(opinions, key=lambda one: one.at, reverse=True)
    ranked = {
        one: factor / math.sqrt(rank)
        for rank, one in enumerate(latest, 1)
        if one.weight > 0 and (factor := factors.get(one.video_id, 1.0))
    }
    said = {one.video_id: weight for one, weight in ranked.items() if one.said}
    return said or {one.video_id: weight for one, weight in ranked.items()}


# --- vectors -----------------------------------------------------------------------------------


def _rows(video_ids: Iterable[str], vectors: Mapping[str, Vector]) -> Matrix:
    rows = [vectors[video_id] for video_id in video_ids]
    if not rows:
        return np.zeros((0, 0), np.float32)
    return unit(np.asarray(rows, np.float32))


# --- interests ---------------------------------------------------------------------------------


def _found(
    liked: Sequence[_Opinion],
    vectors: Mapping[str, Vector],
    keywords: Mapping[str, tuple[str, ...]],
) -> tuple[Interest, ...]:
    ids = tuple(one.video_id for one in liked)
    return find_interests(
        ids, _rows(ids, vectors), np.array([one.weight for one in liked]), keywords
    )


def _counting(interests: Sequence[Interest]) -> tuple[Interest, ...]:
    """Those that count, with their shares of what does, the greatest first."""
    counting = [one for one in interests if one.factor]
    if all(one.factor == 1.0 for one in interests):
        return tuple(counting)
    total = sum(one.weight * one.factor for one in counting)
    shared = [replace(one, weight=one.weight * one.factor / total) for one in counting]
    return tuple(sorted(shared, key=lambda one: -one.weight))
