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

if TYPE_CHECKING:
    from assistant.retrieve.scale import Columns
    from assistant.types import Interest, Matrix

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
        self._similar = present.narrowed(present.compared.likes)
        self._to_interests = present.narrowed(present.compared.interests)
        liked, mean = present.query.likes, self._taste.method == "mean"
        facts = [] if mean else [facts_of(one) for one in liked]
        self._fact_ids = [] if mean else [one.id for one in liked]
        self._targets = Targets(present.compared.facts, present.rows, facts)

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

    def _left(
        self, groups: Sequence[Sequence[int]], members: Sequence[int] | None = None
    ) -> Matrix:
        """The weighted sum of some likes without each group; 0 where none is left."""
        own = list(range(len(self._number))) if members is None else list(members)
        weights, vectors = self._weighted(own)
        total = weights @ vectors
        left = np.stack([total - np.matmul(*self._weighted(list(group))) for group in groups])
        left[[len(group) >= len(own) for group in groups]] = 0.0
        return np.asarray(left, np.float32)

    def _weighted(self, numbers: Sequence[int]) -> tuple[Columns, Columns]:
        every = np.array(self._taste.liked_weights)
        vectors = np.asarray(self._taste.liked_vectors, np.float64)
        return (every / every.max())[numbers], vectors[numbers]

    # --- interests -------------------------------------------------------------------------------

    def _by_interest(self, tried: Sequence[int]) -> Columns:
        """What each like does as a part of its interest."""
        lost = self._present.nothing(len(tried))
        if self._to_interests is None or not self._present.has(Feature.INTEREST):
            return lost
        column = {number: place for place, number in enumerate(tried)}
        for number, interest in enumerate(self._taste.interests):
            members = self._members(interest)
            out = [one for one in members if one in column]
            if out:
                left = self._left([[one] for one in out], members)
                nearest = self._present.near(left, beside=self._to_interests.without([number]))
                lost[:, [column[one] for one in out]] = self._present.lost(
                    Feature.INTEREST, nearest
                )
        return lost

    def _members(self, interest: Interest) -> list[int]:
        return [self._number[one] for one in interest.video_ids]

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
