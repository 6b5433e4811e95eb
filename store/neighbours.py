"""The videos that lie nearest to one video, by exact scan: no index is opened for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from store.library import Library

_PAGE = 5_000
"""Vectors compared at a time: some 8 MB of them, however large the library is."""


def nearest_videos(library: Library, model: str, video_id: str, k: int) -> list[tuple[str, float]]:
    """The `k` videos that are most similar to one, itself left out.

    Args:
        library: where the vectors are.
        model: the key of the embedding model that made them.
        video_id: of a video; nothing is near to one without a vector.
        k: how many; fewer come where there are no more.

    Returns:
        Ids and cosine similarities, best first; of equal ones the smaller id first.
    """
    found, own = library.vectors(model, [video_id])
    if not found or k < 1:
        return []
    best: list[tuple[str, float]] = []
    revision = 0
    while changes := library.vector_changes(model, revision, _PAGE):
        revision = changes.revision
        if changes.ids:
            similarities = changes.vectors @ own[0]
            rows = np.argsort(-similarities, kind="stable")[: k + 1]  # it is among them itself
            best += [(changes.ids[row], float(similarities[row])) for row in rows]
            best = sorted(best, key=lambda hit: (-hit[1], hit[0]))[: k + 1]
    return [hit for hit in best if hit[0] != video_id][:k]
