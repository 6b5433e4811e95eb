"""The candidates of a turn as they stand, to be compared with how they would."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Source, SourceKind
from assistant.retrieve.features import Feature
from assistant.retrieve.scale import RELATED, Similarities
from assistant.retrieve.scored import Scored
from assistant.retrieve.targets import Targets
from store.unit import unit

if TYPE_CHECKING:
    from assistant.retrieve.scale import Columns, Scores
    from assistant.types import Matrix

TELLING = 2.0
"""Deviations above the mean from which on nearness to a like or an interest is told: one video in
fifty is as near. What is farther may have moved a pick, and yet seem no reason at all."""
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
        """Whether a candidate, by its place, is close to the videos that a source is, if it is any.

        Where a like, an interest or a title moved it without that, by a year or people, it is not.
        """
        taste, named, compared = self.query.taste, self.query.named, self.compared
        match source.kind:
            case SourceKind.LIKED:
                return self._close(compared.likes, place, taste.liked_ids, source.key, TELLING)
            case SourceKind.INTEREST:
                names = [one.name for one in taste.interests]
                least = RELATED if self._carries(source.key, place) else TELLING
                return self._close(compared.interests, place, names, source.key, least)
            case SourceKind.NAMED:
                return self._close(compared.named, place, named.ids, source.key, RELATED)
        return True

    def _carries(self, interest: str, place: int) -> bool:
        """Whether a candidate has a tag that an interest is called by: then little will do."""
        interests = [one for one in self.query.taste.interests if one.name == interest]
        words = {word.casefold() for one in interests for word in one.keywords}
        return not words.isdisjoint(self.compared.facts.of(self.rows[place]).tags)

    def _close(
        self,
        similar: Similarities | None,
        place: int,
        names: Sequence[str],
        wanted: str,
        least: float,
    ) -> bool:
        """Whether a candidate is close to one of the targets that are called as wanted."""
        if similar is None:
            return False
        row, scale = self.rows[place], self.compared.scale
        targets = [number for number, name in enumerate(names) if name == wanted]
        known = [number for number in targets if number < similar.z.shape[1]]
        return any(scale.related(similar, row, number, least=least) for number in known)

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
