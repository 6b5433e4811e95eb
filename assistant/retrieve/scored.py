"""The videos of a pool with their scores, and what these are made of."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from assistant.retrieve.features import compute
from assistant.retrieve.fusion import contributions, weights_for
from assistant.retrieve.pool import Pool
from assistant.retrieve.query import Query, RetrievalStore
from assistant.types import Candidate, Stage, Video


class Scored:
    """The videos of a pool with their scores and parts."""

    def __init__(
        self, query: Query, pool: Pool, store: RetrievalStore, without: Collection[Stage]
    ) -> None:
        self.query = query
        self.pool = pool
        self.store = store
        self.features = compute(query, pool, store)
        self.weights = weights_for(query, store.community, without)
        self._parts = contributions(self.features.scores, self.features.has_vector, self.weights)
        self.totals = np.sum([np.zeros(len(pool.ids)), *self._parts.values()], axis=0)
        """The scores, in the order of the pool."""
        self.ranked = [pool.ids[row] for row in np.argsort(-self.totals, kind="stable")]
        """The ids of the pool by falling score."""
        self.rows = {video_id: row for row, video_id in enumerate(pool.ids)}

    def candidate(self, video: Video) -> Candidate:
        """A video of the pool as a candidate."""
        row = self.rows[video.id]
        parts = {part: float(scores[row]) for part, scores in self._parts.items()}
        features = self.features
        return Candidate(
            video=video,
            score=math.fsum(parts.values()),
            parts=parts,
            nearest_community_id=features.nearest_community[row],
            interest=features.nearest_interest[row],
            nearest_memory=features.nearest_memory[row],
            matched_words=self.query.wish_words.matched(video),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval found."""

    candidates: tuple[Candidate, ...] = ()
    """By falling score."""
    scored: Scored | None = None
    """The pool that they are of; None where nothing tells what fits."""
