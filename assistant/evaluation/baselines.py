"""What people use: the rankings to which ours is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from assistant.evaluation.queries import Query
from assistant.evaluation.space import Space
from assistant.evaluation.systems import DEPTH, Simple
from assistant.types import Signal

if TYPE_CHECKING:
    from assistant.types import Vector
    from store.community import CommunitySource
    from store.embedder import Embedder
    from store.library import Library

PLAIN_COSINE = "plain cosine"
LIKED_FROM = 4.0
"""Stars from which on a baseline takes a rating for a like: the convention of the field."""
DIVERSITY = 0.5
"""pyversity's own default for the weight of diversity against relevance."""
_STRATEGIES = {"mmr": "MMR", "dpp": "DPP", "ssd": "SSD"}


@dataclass(frozen=True, slots=True)
class Baselines:
    """Baselines over one library.

    Args:
        library: is searched for words.
        embedder: made the vectors.
        space: its videos.
    """

    library: Library
    embedder: Embedder
    space: Space

    def cosine(self, name: str = PLAIN_COSINE) -> Simple:
        """The nearest to the mean of what is named or liked, else to what is said."""
        return Simple(name, self._nearest)

    def words(self) -> Simple:
        """BM25 on everything that was said."""
        return Simple("BM25", self._by_words)

    def diverse(self) -> Iterator[Simple]:
        """MMR (Carbonell and Goldstein 1998), DPP (Chen et al. 2018) and SSD (Huang et al. 2021).

        Each reorders the best `DEPTH` of plain cosine; they are pyversity's.
        """
        for strategy, name in _STRATEGIES.items():
            yield Simple(f"{PLAIN_COSINE} + {name}", partial(self._spread, strategy=strategy))

    def popularity(self, counts: Mapping[str, float], name: str) -> Simple:
        """What most people watched, rated or named, for everybody the same.

        Args:
            counts: of each video.
            name: of the baseline.
        """
        scores = np.array([counts.get(id_, 0.0) for id_ in self.space.ids])
        return Simple(name, lambda query: self.space.ranked(scores, query.exclude, DEPTH))

    def ease(self, source: CommunitySource, name: str) -> Simple:
        """EASE (Steck 2019) on other people's ratings: the sum over what is named or liked.

        Args:
            source: what was learned from others, without the person who asks.
            name: of the baseline.
        """

        def best(query: Query) -> list[str] | None:
            liking = dict.fromkeys(liked(query), 1.0)
            if not liking:
                return None
            scores = source.raw_scores(liking, self.space.ids)
            return self.space.ranked(scores, query.exclude, DEPTH)

        return Simple(name, best)

    def _nearest(self, query: Query) -> list[str] | None:
        vector = self._vector(query)
        if vector is None:
            return None
        return self.space.ranked(self.space.vectors @ vector, query.exclude, DEPTH)

    def _vector(self, query: Query) -> Vector | None:
        """What a query asks for, as a unit vector."""
        mean = self.space.mean(liked(query))
        if mean is None and query.text.strip():
            [mean] = self.embedder.encode_queries([query.text])
        return mean

    def _by_words(self, query: Query) -> list[str] | None:
        text = query.text.strip()
        if not text:
            return None
        hits = self.library.search(text, limit=len(self.space.ids))
        scores = {hit.video_id: hit.score for hit in hits}
        values = np.array([scores.get(id_, 0.0) for id_ in self.space.ids])
        found = self.space.ranked(values, query.exclude, DEPTH)
        return [id_ for id_ in found if id_ in scores]

    def _spread(self, query: Query, strategy: str) -> list[str] | None:
        from pyversity import diversify

        vector, near = self._vector(query), self._nearest(query)
        if vector is None or near is None:
            return None
        vectors = self.space.vectors[self.space.rows(near)]
        result = diversify(vectors, vectors @ vector, DEPTH, strategy, DIVERSITY)
        return [near[row] for row in result.indices]


def liked(query: Query) -> list[str]:
    """What a query names, else what its history likes; else all that its history holds."""
    if query.named or not query.history:
        return list(query.named)
    rated = [one for one in query.history if one.rating is not None]
    good = [one.video_id for one in rated if (one.rating or 0.0) >= LIKED_FROM]
    good += [one.video_id for one in query.history if one.signal is Signal.LIKED]
    return list(dict.fromkeys(good or [one.video_id for one in query.history]))
