"""The candidates of a turn as they stand, to be compared with how they would."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Source, SourceKind
from assistant.retrieve.features import Feature
from assistant.retrieve.scale import Similarities
from assistant.retrieve.scored import Scored
from assistant.retrieve.targets import Targets
from store.unit import unit

if TYPE_CHECKING:
    from assistant.retrieve.scale import Columns, Scores
    from assistant.types import Matrix

LEAST_NORM = 1e-6
"""Of a sum of unit vectors: a shorter one points nowhere."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What some sources say of each candidate's score."""

    sources: tuple[Source, ...]
    values: Columns
    """Shape (candidates, sources): the score less what it would be without the source. What is the
    same for all candidates may be missing."""


class Present:
    """The features of the candidates, narrowed from those of the pool.

    Args:
        scored: the pool.
        ids: of the candidates; columns of all that is returned have their order.
        picks: places of the picks among them.
    """

    def __init__(self, scored: Scored, ids: Sequence[str], picks: Sequence[int]) -> None:
        self.scored = scored
        self.query = scored.query
        self.ids = ids
        self.picks = picks
        self.rows = [scored.rows[one] for one in ids]
        self.compared = scored.features.compared
        self.scale, self._vectors = self.compared.scale.narrowed(self.rows)
        self._now: dict[Feature, Scores] = {}

    def near_to(self, source: Source, place: int) -> bool:
        """Whether a candidate, by its place, is close to the video that a source is, if it is one.

        Where a like or a title moved it without that, by its year or its people, it is not.
        """
        known = {
            SourceKind.LIKED: (self.compared.likes, self.query.taste.liked_ids),
            SourceKind.NAMED: (self.compared.named, self.query.named.ids),
        }
        if source.kind not in known:
            return True
        similar, ids = known[source.kind]
        if similar is None or source.key not in ids:
            return False
        target = ids.index(source.key)
        if target >= similar.z.shape[1]:
            return False
        return self.compared.scale.related(similar, self.rows[place], target)

    def has(self, feature: Feature) -> bool:
        """Whether a feature applies and counts."""
        return feature in self.scored.features.scores and bool(self.weight(feature))

    def weight(self, feature: Feature) -> float:
        """What it counts in a request of this kind."""
        return self.scored.weights.get(feature, 0.0)

    def now(self, feature: Feature) -> Scores:
        """A feature that applies, shape (candidates,)."""
        if feature not in self._now:
            self._now[feature] = self.scored.features.scores[feature][self.rows]
        return self._now[feature]

    def lost(self, feature: Feature, without: Columns | float) -> Columns:
        """What the score loses where a feature would be `without`, shape (candidates, cases)."""
        return np.asarray(self.weight(feature) * (self.now(feature)[:, None] - without))

    def nothing(self, cases: int) -> Columns:
        """Zeros of shape (candidates, cases)."""
        return np.zeros((len(self.ids), cases))

    def narrowed(self, similar: Similarities | None) -> Similarities | None:
        """Similarities of the pool, of the candidates alone."""
        return None if similar is None else similar.at(self._vectors)

    def near(self, vectors: Matrix) -> Columns:
        """Nearness to each of some vectors; a vector of 0 is none, and nothing is near to it."""
        similar = self.scale.similarities(unit(vectors))
        found = self.nothing(len(vectors))
        if similar is not None:
            present = np.linalg.norm(vectors, axis=1) > LEAST_NORM
            found[:, present] = self.scale.each(similar)[:, present]
        return found

    def nearest(self, similar: Similarities | None, others: Similarities | None) -> Columns:
        """Nearness to each of some targets or to the nearest of others, whichever is nearer.

        Without the ones it is that to the others, in one case; without the others too it is 0.
        """
        if similar is not None:
            return self.scale.each(similar, others)
        alone = self.scale.together(others)
        return self.nothing(1) if alone is None else alone[:, None]

    def by_facts(
        self,
        targets: Targets,
        features: Mapping[Feature, str],
        names: Sequence[str],
        groups: Sequence[Collection[str]],
    ) -> Columns:
        """What groups of targets do by what they have in common with the candidates.

        Args:
            targets: what was named or is liked.
            features: by the method of `Targets` that computes them.
            names: of the targets.
            groups: the targets that are taken away, for each case.
        """
        kept = np.array([[name not in group for group in groups] for name in names], bool)
        found = self.nothing(len(groups))
        for feature, method in features.items():
            if self.has(feature):
                found += self.lost(feature, getattr(targets, method)(kept))
        return found
