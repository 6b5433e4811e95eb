"""Which of a viewer's interests a video is near to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.scale import LEAST_DEVIATION, RELATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Interest, Matrix

NEAR = 2.0
"""Deviations above the mean: as near as one video in fifty."""
NONE = -1


def nearest_interests(
    vectors: Matrix, interests: Sequence[Interest], background: Matrix, *, least: float = RELATED
) -> NDArray[np.int8]:
    """The number of the nearest interest of each video, `NONE` where it is near to none.

    Args:
        vectors: unit vectors of videos, shape (n, dimension).
        interests: of the viewer; at most 127.
        background: unit vectors that stand for the library (`Searcher.background`).
        least: how near is near, on the scale of `assistant.retrieve.scale`; by default as for
            `Candidate.interest`.
    """
    if not interests or not len(vectors) or not len(background):
        return np.full(len(vectors), NONE, np.int8)
    centres = np.stack([one.vector for one in interests])
    cosines, usual = vectors @ centres.T, background @ centres.T
    deviation = np.maximum(usual.std(axis=0), LEAST_DEVIATION)
    nearest = cosines.argmax(axis=1)
    own = ((cosines - usual.mean(axis=0)) / deviation)[np.arange(len(nearest)), nearest]
    return np.where(own >= least, nearest, NONE).astype(np.int8)
