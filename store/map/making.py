"""Making the map of a library, and keeping it in step with small changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import StoreError
from store.map.kept import LibraryMap
from store.map.projection import MOST_LAID_OUT, SEED, place, project

if TYPE_CHECKING:
    from store.library import Library
    from store.map.projection import Step

MOST_CHANGED = 0.05
"""Of the videos, so many may have come or gone before a map is made anew."""


def make(library: Library, model: str, step: Step) -> LibraryMap:
    """Lay out all videos that have a vector of a model.

    Args:
        library: whose.
        model: the key of the embedding model.
        step: is told how far it is; what it raises stops the work.

    Raises:
        StoreError: there is none.
    """
    identity = library.identity()
    step("reading vectors", 0, 0)
    ids, vectors = library.vectors(model, sorted(library.ids()))
    if not ids:
        raise StoreError(
            "There is nothing to map: no video has been embedded.",
            hint="Import some, or make their vectors: matinee library reindex",
        )
    return LibraryMap(identity, model, tuple(ids), project(vectors, step), datetime.now(UTC))


def is_outdated(kept: LibraryMap | None, ids: Collection[str], model: str) -> bool:
    """Whether a map is to be made anew.

    Args:
        kept: the map, if there is one.
        ids: of the videos of the library that have a vector.
        model: the key of the embedding model in force.
    """
    if kept is None or kept.model != model:
        return bool(ids)
    changed = len(set(ids).symmetric_difference(kept.ids))
    return changed > MOST_CHANGED * len(ids)


def with_new(kept: LibraryMap, library: Library) -> LibraryMap:
    """A map of the videos that there are now: new ones are placed among their neighbours."""
    places = {video_id: row for row, video_id in enumerate(kept.ids)}
    there = dict.fromkeys(library.ids())
    new = [video_id for video_id in there if video_id not in places]
    rows = [row for video_id, row in places.items() if video_id in there]
    ids, points = [kept.ids[row] for row in rows], kept.points[rows]
    if new and ids:
        found, vectors = library.vectors(kept.model, new)
        drawn = np.random.default_rng(SEED).permutation(len(ids))[:MOST_LAID_OUT]
        known, beside = library.vectors(kept.model, [ids[row] for row in drawn])
        theirs = kept.points[[places[video_id] for video_id in known]]
        ids = [*ids, *found]
        points = np.vstack([points, place(vectors, beside, theirs, _nobody)])
    return LibraryMap(kept.library, kept.model, tuple(ids), points, kept.made_at)


def _nobody(stage: str, done: int, total: int) -> None:
    """Nobody is told."""
