"""Which of a viewer's interests a video is near to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.interests.finding import INTEREST_DISTANCE
from assistant.retrieve.scale import LEAST_DEVIATION, RELATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Interest, Matrix

NONE = -1


def nearest_interests(
    vectors: Matrix, interests: Sequence[Interest], background: Matrix
) -> NDArray[np.int8]:
    """The number of the nearest interest of each video, `NONE` where that is no relation.

    As for `Candidate.interest`: it is on the scale of the library.

    Args:
        vectors: unit vectors of videos, shape (n, dimension).
        interests: of the viewer; at most 127.
        background: unit vectors that stand for the library (`Searcher.background`).
    """
    if not interests or not len(vectors) or not len(background):
        return np.full(len(vectors), NONE, np.int8)
    centres = np.stack([one.vector for one in interests])
    cosines, usual = vectors @ centres.T, background @ centres.T
    deviation = np.maximum(usual.std(axis=0), LEAST_DEVIATION)
    nearest = cosines.argmax(axis=1)
    own = ((cosines - usual.mean(axis=0)) / deviation)[np.arange(len(nearest)), nearest]
    return np.where(own >= RELATED, nearest, NONE).astype(np.int8)


def joined_interests(vectors: Matrix, interests: Sequence[Interest]) -> NDArray[np.int8]:
    """The number of the interest that each video would be a part of if it were liked, or `NONE`.

    By the distance at which likes join an interest (`finding.INTEREST_DISTANCE`).

    Args:
        vectors: unit vectors of videos, shape (n, dimension).
        interests: of the viewer; at most 127.
    """
    if not interests or not len(vectors):
        return np.full(len(vectors), NONE, np.int8)
    cosines = vectors @ np.stack([one.vector for one in interests]).T
    near = cosines.max(axis=1) >= 1.0 - INTEREST_DISTANCE
    return np.where(near, cosines.argmax(axis=1), NONE).astype(np.int8)
