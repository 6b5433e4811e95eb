"""One score from all signals: a weighted sum whose weights depend on what was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.facts import closeness_in_time, popularity
from assistant.retrieve.query import Query
from assistant.types import Part, Stage, Video

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.signals import Scores, Signals


DISLIKED = 0.4
UNWANTED = 0.8
"""A title that the message itself speaks against weighs more than old dislikes."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts, a deviation of each being worth so much of the score."""

    wish: float = 0.0
    wish_words: float = 0.0
    named: float = 0.0
    named_words: float = 0.0
    taste: float = 0.0
    liked_people: float = 0.0
    interest: float = 0.0
    time: float = 0.0
    """Closeness in time to what is liked."""
    popularity: float = 0.0
    disliked: float = DISLIKED
    unwanted: float = UNWANTED

    def without(self, stages: Collection[Stage]) -> Weights:
        """The same, nothing for the signals that belong to `stages`."""
        return replace(self, **{name: 0.0 for stage in stages for name in _OF_STAGE.get(stage, ())})


_OF_STAGE: Mapping[Stage, Sequence[str]] = {
    Stage.WISH_MEANING: ("wish",),
    Stage.WORDS: ("wish_words", "named_words"),
    Stage.NAMED: ("named", "named_words"),
    Stage.TASTE: ("taste", "liked_people", "time"),
    Stage.INTEREST: ("interest",),
    Stage.DISLIKE: ("disliked", "unwanted"),
    Stage.POPULARITY: ("popularity",),
}
"""The weights that belong to a stage."""


WISH = Weights(wish=1.0, wish_words=0.2, taste=0.2, interest=0.05, popularity=0.15)
"""What was asked in words comes first; the taste decides among what fits. Of topics, word weights
between .1 and .3 are alike; of moods, "funny" in a text says less than that it is a comedy."""
NAMED = Weights(named=1.0, named_words=0.5, taste=0.15, interest=0.05, popularity=0.2)
NAMED_AND_WISH = Weights(
    wish=0.5,
    wish_words=0.1,
    named=1.0,
    named_words=0.5,
    time=0.3,
    taste=0.1,
    interest=0.05,
    popularity=0.15,
)
NOTHING = Weights(taste=1.0, liked_people=0.2, interest=0.3, time=0.5, popularity=0.3)
"""Without a wish, the taste is the wish; without a taste either, popularity is all there is."""

DISLIKE_THRESHOLD = 1.5
"""Deviations above the mean up to which likeness to what is disliked means nothing."""
MOST_BY_WORDS_ALONE = 4.0
"""What the words may stand for in place of a meaning that is not known yet."""


def weights_for(query: Query) -> Weights:
    """The weights for this kind of request."""
    if query.named.videos:
        return NAMED_AND_WISH if query.wish else NAMED
    return WISH if query.wish else NOTHING


def contributions(signals: Signals, weights: Weights) -> dict[Part, Scores]:
    """What each part adds to the score of each video; a part that does not apply is absent.

    A video that has no vector yet is judged by its words: they stand in for its meaning too.
    """
    by_words = ~signals.has_vector
    parts: dict[Part, Scores] = {}

    def add(part: Part, weight: float, scores: Scores | None) -> None:
        if scores is not None and weight:
            parts[part] = parts.get(part, np.zeros_like(scores)) + weight * scores

    add(Part.REQUEST, weights.wish, signals.wish)
    add(Part.WORDS, weights.wish_words, signals.wish_words)
    add(Part.NAMED, weights.named, signals.named)
    add(Part.NAMED, weights.named_words, signals.named_words)
    add(Part.TASTE, weights.taste, signals.taste)
    add(Part.TASTE, weights.liked_people, signals.liked_people)
    add(Part.INTEREST, weights.interest, signals.interest)
    add(Part.WORDS, weights.wish, _stand_in(signals.wish_words, by_words))
    add(Part.NAMED, weights.named, _stand_in(signals.named_words, by_words))
    if signals.disliked is not None:
        liking = 0.0 if signals.taste is None else signals.taste
        threshold = np.maximum(DISLIKE_THRESHOLD, liking)  # nearer to a like than to a dislike
        add(Part.DISLIKE, -weights.disliked, np.maximum(signals.disliked - threshold, 0.0))
    if signals.unwanted is not None:
        add(Part.DISLIKE, -weights.unwanted, np.maximum(signals.unwanted - DISLIKE_THRESHOLD, 0.0))
    return parts


def late_contributions(
    videos: Sequence[Video], query: Query, weights: Weights
) -> dict[Part, Scores]:
    """What is added once the videos have been read, in their order."""
    parts: dict[Part, Scores] = {}
    if any(video.views is not None or video.likes is not None for video in videos):
        parts[Part.POPULARITY] = weights.popularity * popularity(videos)
    if query.likes and query.taste.method == "weighted":
        parts[Part.TASTE] = weights.time * closeness_in_time(videos, query.likes)
    return parts


def _stand_in(words: Scores | None, by_words: NDArray[np.bool_]) -> Scores | None:
    if words is None or not by_words.any():
        return None
    return np.where(by_words, np.minimum(words, MOST_BY_WORDS_ALONE), 0.0)
