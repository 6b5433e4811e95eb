"""Without a liked video, and without an interest.

A liked video is taken away with its nearness, its tags, people, year, kind and language, and its
share in the interest that it is a part of; among the nearest likes the next one takes its place.
What it says through other people's ratings is theirs (`SourceKind.COMMUNITY`). An interest is taken
away with all the liked videos that make it. The others stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Source, SourceKind
from assistant.retrieve.facts import facts_of
from assistant.retrieve.features import NEAREST_LIKES, Feature, beyond
from assistant.retrieve.targets import Targets
from assistant.retrieve.without.present import Losses, Present
from store.unit import unit

if TYPE_CHECKING:
    from assistant.retrieve.scale import Columns, Scores, Similarities
    from assistant.types import Matrix, Taste

ALL_LIKES = 64
"""Of so many likes each is tried; of more, those among the nearest of a pick, and the strongest."""
_FACTS: Mapping[Feature, str] = {
    Feature.TASTE_TAGS: "tags",
    Feature.TASTE_PEOPLE: "people",
    Feature.TASTE_TIME: "time",
    Feature.TASTE_KIND: "kinds",
    Feature.TASTE_LANGUAGE: "languages",
}


class Likes:
    """The likes behind the scores of candidates."""

    def __init__(self, present: Present) -> None:
        self._present = present
        self._taste = present.query.taste
        self._number = {id_: row for row, id_ in enumerate(self._taste.liked_ids)}
        self._weighted = _weighted(self._taste)
        self._similar = present.narrowed(present.compared.likes)
        self._to_interests = present.narrowed(present.compared.interests)
        liked, mean = present.query.likes, self._taste.method == "mean"
        facts = [] if mean else [facts_of(one) for one in liked]
        self._fact_ids = [] if mean else [one.id for one in liked]
        factors = [self._taste.like_factors.get(one, 1.0) for one in self._fact_ids]
        self._targets = Targets(present.compared.facts, present.rows, facts, factors)

    def each(self) -> Iterator[Losses]:
        """Of each like alone, as far as it may have moved a pick."""
        tried = self._tried()
        if not tried:
            return
        ids = [self._taste.liked_ids[one] for one in tried]
        values = self._by_nearness(self._taste_without_each(tried))
        values += self._by_interest(tried) + self._by_facts([[one] for one in ids])
        yield Losses(tuple(Source(SourceKind.LIKED, one) for one in ids), values)

    def interests(self) -> Iterator[Losses]:
        """Of each interest. Those of one name are one; one without a name is none."""
        made_of: dict[str, list[str]] = {}
        for one in self._taste.interests:
            if one.name:
                made_of.setdefault(one.name, []).extend(one.video_ids)
        if not made_of:
            return
        values = np.hstack(
            [
                self._by_nearness(self._taste_without([self._number[one] for one in ids]))
                + self._without_interest(name)
                for name, ids in made_of.items()
            ]
        )
        values += self._by_facts(list(made_of.values()))
        yield Losses(tuple(Source(SourceKind.INTEREST, name) for name in made_of), values)

    def _tried(self) -> list[int]:
        similar, scale = self._present.compared.likes, self._present.compared.scale
        count = 0 if similar is None else similar.z.shape[1]
        if similar is None or count <= ALL_LIKES:
            return list(range(count))
        found = dict.fromkeys(self._number[one] for one in self._fact_ids)
        for pick in self._present.picks:
            found |= dict.fromkeys(scale.best(similar, self._present.rows[pick], NEAREST_LIKES))
        return list(found)

    # --- nearness --------------------------------------------------------------------------------

    def _by_nearness(self, taste: Columns) -> Columns:
        """What another taste does, and what it lets through of what is disliked."""
        present = self._present
        lost = present.nothing(taste.shape[1])
        if present.has(Feature.TASTE):
            lost += present.lost(Feature.TASTE, taste)
        near = present.compared.disliked
        if near is not None and present.has(Feature.DISLIKED):
            disliked = np.asarray(beyond(near[present.rows][:, None], taste))
            lost += present.lost(Feature.DISLIKED, disliked)
        return lost

    def _taste_without_each(self, tried: Sequence[int]) -> Columns:
        if self._taste.method == "mean":
            return self._present.near(self._left([[one] for one in tried]))
        if self._similar is None:
            return self._present.nothing(len(tried))
        return self._present.scale.without_each(self._similar, tried, best=NEAREST_LIKES)

    def _taste_without(self, numbers: Sequence[int]) -> Columns:
        if self._taste.method == "mean":
            return self._present.near(self._left([numbers]))
        if self._similar is None:
            return self._present.nothing(1)
        known = [one for one in numbers if one < self._similar.z.shape[1]]
        left = self._present.scale.together(self._similar.without(known), best=NEAREST_LIKES)
        return self._present.nothing(1) if left is None else left[:, None]

    def _left(self, groups: Sequence[Sequence[int]]) -> Matrix:
        """The sum of all likes, as they count, without each group; 0 where none is left."""
        everything = self._sum(range(len(self._number)))
        left = np.stack([everything - self._sum(group) for group in groups])
        left[[len(group) >= len(self._number) for group in groups]] = 0.0
        return np.asarray(left, np.float32)

    def _sum(self, numbers: Sequence[int]) -> Scores:
        return np.asarray(self._weighted[list(numbers)].sum(axis=0))

    # --- interests -------------------------------------------------------------------------------

    def _by_interest(self, tried: Sequence[int]) -> Columns:
        """What each like does as a part of its interest: the others of it stay."""
        present, lost = self._present, self._present.nothing(len(tried))
        if self._to_interests is None or not present.has(Feature.INTEREST):
            return lost
        left = np.zeros((len(tried), self._weighted.shape[1]), np.float32)
        columns: list[list[int]] = []
        for interest in self._taste.interests:
            members = {self._number[one] for one in interest.video_ids}
            columns.append([column for column, one in enumerate(tried) if one in members])
            if len(members) > 1:
                gone = [tried[column] for column in columns[-1]]
                left[columns[-1]] = self._sum(sorted(members)) - self._weighted[gone]
        similar = self._counted(present.scale.similarities(unit(left)), columns)
        for number, own in enumerate(columns):
            if own and similar is not None:
                others = self._to_interests.without([number])
                more = similar.only(own) if left[own[0]].any() else None
                nearest = present.nearest(more, others)
                lost[:, own] = present.lost(Feature.INTEREST, nearest)
        return lost

    def _counted(
        self, similar: Similarities | None, columns: Sequence[Sequence[int]]
    ) -> Similarities | None:
        """With what is left of each interest, in its columns, counting as often as all of it."""
        if similar is None:
            return None
        factors = np.ones(similar.z.shape[1])
        for interest, own in zip(self._taste.interests, columns, strict=True):
            factors[list(own)] = interest.factor
        return similar.counted(factors)

    def _without_interest(self, name: str) -> Columns:
        if self._to_interests is None or not self._present.has(Feature.INTEREST):
            return self._present.nothing(1)
        gone = [place for place, one in enumerate(self._taste.interests) if one.name == name]
        left = self._present.scale.together(self._to_interests.without(gone))
        return self._present.lost(Feature.INTEREST, 0.0 if left is None else left[:, None])

    # --- facts -----------------------------------------------------------------------------------

    def _by_facts(self, groups: Sequence[Sequence[str]]) -> Columns:
        """What groups of likes do by their tags, people and the like."""
        if not self._fact_ids:
            return self._present.nothing(len(groups))
        alone = not self._present.query.named.videos
        leaning = {Feature.LEANING: "leaning"} if alone else {}
        return self._present.by_facts(
            self._targets, {**_FACTS, **leaning}, self._fact_ids, [set(one) for one in groups]
        )


def _weighted(taste: Taste) -> Scores:
    """The vectors of the likes, each times its weight."""
    if taste.liked_vectors is None:
        return np.zeros((0, 0))
    weights = np.array(taste.liked_weights)
    return np.asarray((weights / weights.max())[:, None] * taste.liked_vectors)
