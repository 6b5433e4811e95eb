"""What the relevance model sees of a video: how it lies to what a viewer liked and disliked.

Everything is computed from a `Viewer`, whose history must not hold the video itself: a liked
video lies nearest to itself, which tells nothing of those that are to be recommended.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.types import Candidate, Part, Taste, Video

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Vector

    Features = NDArray[np.float64]
    """A row a video, a column a feature, shape (n, features)."""

NEAREST = 5
"""Likes whose mean similarity is a feature."""
YEARS_APART = 5.0
"""Two videos so many years apart are 1/e as close in time as two of one year."""
LENGTHS_APART = 0.5
"""The same of lengths, in their natural logarithm: one is 1.65 times the other."""
SMOOTHING = 2.0
"""So many imagined likes of the usual sort are added before a share is taken."""
PARTS = (Part.TASTE, Part.INTEREST, Part.POPULARITY, Part.COMMUNITY, Part.DISLIKE)
"""Those of the fusion's parts that do not depend on a request."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a viewer liked and disliked, and the taste that follows from it."""

    taste: Taste
    liked: tuple[Video, ...]
    disliked: tuple[Video, ...]
    disliked_vectors: tuple[Vector, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read of the candidates, a row each; a video without a vector has one of zeros."""

    candidates: Sequence[Candidate]
    vectors: NDArray[np.float32]


def compute(viewer: Viewer, facts: Facts) -> Features:
    """The features of each candidate, in the order of `NAMES`; NaN where one is not known."""
    if not facts.candidates:
        return np.empty((0, len(NAMES)))
    return np.column_stack([feature(viewer, facts) for feature in _FEATURES.values()])


# --- vectors -----------------------------------------------------------------------------------


def _to(vectors: Iterable[Vector | None], facts: Facts, best: int = 1) -> NDArray[np.float64]:
    """The mean of the `best` cosines to `vectors`."""
    present = [vector for vector in vectors if vector is not None]
    if not present:
        return np.full(len(facts.candidates), math.nan)
    cosines = (facts.vectors @ np.array(present).T).astype(np.float64)
    few = min(best, len(present))
    return np.asarray(np.partition(cosines, -few, axis=1)[:, -few:].mean(axis=1))


def _likes(viewer: Viewer) -> Iterable[Vector]:
    return () if viewer.taste.liked_vectors is None else viewer.taste.liked_vectors


# --- what is said of the video -----------------------------------------------------------------

Terms = Callable[[Video], Iterable[str]]


def _lean(terms: Terms, viewer: Viewer, facts: Facts) -> NDArray[np.float64]:
    """How much more often a video's terms are on liked videos than on disliked ones.

    The mean over its terms of the share of the likes that carry it less the share of the dislikes.
    """
    liked, disliked = _shares(terms, viewer.liked), _shares(terms, viewer.disliked)
    lean = []
    for one in facts.candidates:
        own = set(terms(one.video))
        lean.append(
            sum(liked.get(term, 0.0) - disliked.get(term, 0.0) for term in own) / len(own)
            if own
            else math.nan
        )
    return np.array(lean)


def _shares(terms: Terms, videos: Sequence[Video]) -> Mapping[str, float]:
    counts = Counter(term for video in videos for term in set(terms(video)))
    return {term: count / (len(videos) + SMOOTHING) for term, count in counts.items()}


def _closeness(
    value: Callable[[Video], float | None], apart: float, viewer: Viewer, facts: Facts
) -> NDArray[np.float64]:
    """How close a number of a video is to those of the likes: mean exp(−|distance|/apart)."""
    liked = np.array([own for video in viewer.liked if (own := value(video)) is not None])
    numbers = [value(one.video) for one in facts.candidates]
    return np.array(
        [
            math.nan
            if own is None or not len(liked)
            else float(np.exp(-np.abs(liked - own) / apart).mean())
            for own in numbers
        ]
    )


def _year(video: Video) -> float | None:
    return None if video.year is None else float(video.year)


def _length(video: Video) -> float | None:
    return None if video.duration_s is None else math.log(video.duration_s)


def _reach(facts: Facts) -> NDArray[np.float64]:
    reach = [one.video.reach for one in facts.candidates]
    return np.array([math.nan if one is None else math.log1p(one) for one in reach])


# --- all of them -------------------------------------------------------------------------------

_Feature = Callable[[Viewer, Facts], "NDArray[np.float64]"]


def _part(part: Part) -> _Feature:
    return lambda _, facts: np.array([one.parts.get(part, 0.0) for one in facts.candidates])


_FEATURES: Mapping[str, _Feature] = {
    "user vector": lambda viewer, facts: _to([viewer.taste.vector], facts),
    "nearest like": lambda viewer, facts: _to(_likes(viewer), facts),
    "nearest likes": lambda viewer, facts: _to(_likes(viewer), facts, NEAREST),
    "nearest interest": lambda viewer, facts: _to(
        (one.vector for one in viewer.taste.interests), facts
    ),
    "dislikes": lambda viewer, facts: _to([viewer.taste.dislike_vector], facts),
    "nearest dislike": lambda viewer, facts: _to(viewer.disliked_vectors, facts),
    "keywords": lambda viewer, facts: _lean(lambda video: video.keywords, viewer, facts),
    "tags": lambda viewer, facts: _lean(lambda video: video.tags, viewer, facts),
    "people": lambda viewer, facts: _lean(
        lambda video: (*video.people, *filter(None, [video.channel])), viewer, facts
    ),
    "kind": lambda viewer, facts: _lean(lambda video: [video.kind], viewer, facts),
    "language": lambda viewer, facts: _lean(
        lambda video: filter(None, [video.language]), viewer, facts
    ),
    "closeness in years": lambda viewer, facts: _closeness(_year, YEARS_APART, viewer, facts),
    "year": lambda _, facts: np.array(
        [math.nan if one.video.year is None else one.video.year for one in facts.candidates]
    ),
    "closeness in length": lambda viewer, facts: _closeness(_length, LENGTHS_APART, viewer, facts),
    "reach": lambda _, facts: _reach(facts),
    "length of text": lambda _, facts: np.array(
        [math.log1p(len(one.video.description)) for one in facts.candidates]
    ),
    **{f"part: {part}": _part(part) for part in PARTS},
}

NAMES = tuple(_FEATURES)
"""The features, in the order of their columns."""
