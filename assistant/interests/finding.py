"""Interests, as clusters of the liked videos. What a person set for them changes no cluster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from assistant.linkage import average_linkage
from assistant.naming import distinctive_keywords, label
from assistant.types import Interest
from store.unit import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix, Vector

MAX_INTERESTS = 8
MAX_CLUSTERED = 300
"""Of more likes, every n-th founds the interests and the others join (so many take 10 ms)."""
INTEREST_DISTANCE = 0.5
"""Mean cosine distance up to which two groups of likes are one interest."""


def find_interests(
    video_ids: tuple[str, ...],
    rows: Matrix,
    weights: NDArray[np.float64],
    keywords: Mapping[str, tuple[str, ...]],
) -> tuple[Interest, ...]:
    """Clusters of the liked videos, the weightiest first.

    Args:
        video_ids: of the likes, the strongest first.
        rows: their unit vectors, shape (likes, dimension).
        weights: how much each counts, above 0.
        keywords: of the videos.
    """
    if not video_ids:
        return ()
    labels = _cluster(rows, weights)
    groups = [np.flatnonzero(labels == number) for number in range(labels.max() + 1)]
    groups.sort(key=lambda group: (-weights[group].sum(), group[0]))
    names = distinctive_keywords(
        [[keywords.get(video_ids[row], ()) for row in group] for group in groups]
    )
    interests: list[Interest] = []
    for group, words in zip(groups, names, strict=True):
        vector = weighted_mean(rows[group], weights[group])
        if vector is not None:
            share = float(weights[group].sum() / weights[labels >= 0].sum())
            members = tuple(video_ids[row] for row in group)
            place = len(interests)
            interests.append(Interest(label(words), words, vector, share, members, place))
    return tuple(interests)


def weighted_mean(rows: Matrix, weights: NDArray[np.float64]) -> Vector | None:
    """unit(Σ wᵢ·rowᵢ), or None where there is no row or they cancel each other out."""
    if not len(rows):
        return None
    # a history that is decades old has weights of 1e-9 throughout: only their ratios matter
    total = (weights / weights.max()) @ rows.astype(np.float64)
    norm = float(np.linalg.norm(total))
    return np.asarray(total / norm, np.float32) if norm > 1e-6 else None


def _cluster(rows: Matrix, weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """A cluster number from 0 for each row, −1 for none: average linkage on cosine distance.

    Average linkage leaves outliers alone, so the tree is cut by distance alone and the weightiest
    clusters are kept; of the other rows, those that are near enough to one of them join it.
    """
    founding = np.arange(0, len(rows), -(-len(rows) // MAX_CLUSTERED))
    founders = rows[founding]
    similarities = founders.astype(np.float64) @ founders.T
    labels = average_linkage(1.0 - similarities).cut_at(INTEREST_DISTANCE)
    shares = np.bincount(labels, weights=weights[founding])
    kept = np.argsort(-shares, kind="stable")[:MAX_INTERESTS]
    centres = np.vstack([founders[labels == number].mean(axis=0) for number in kept])
    similarities = rows @ unit(centres).T
    near = similarities.max(axis=1) >= 1.0 - INTEREST_DISTANCE
    nearest = np.where(near, similarities.argmax(axis=1), -1)
    for new, old in enumerate(kept):
        nearest[founding[labels == old]] = new
    return np.asarray(nearest, np.intp)
