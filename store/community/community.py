"""What was learned from other people, joined to the videos of a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from store.community.learned import Learned
from store.community.ratings import CommunityKind
from store.community.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.community.weights import Integers

    Scores = NDArray[np.float64]
    """One number for each of the ids asked for, shape (ids,)."""


@dataclass(frozen=True, slots=True)
class CommunitySource:
    """One import of other people's ratings, joined to a library."""

    name: str
    kind: CommunityKind
    people: int
    counts: Integers
    """How many people rated or named each item, shape (items,)."""
    weights: Weights
    videos: int
    """How many videos the library has, joined or not."""
    positions: Mapping[str, int]
    """Which item a video is, by id, for those of the library that are one."""
    _joined: Integers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        joined = np.fromiter(self.positions.values(), np.int64, len(self.positions))
        object.__setattr__(self, "_joined", joined)

    @classmethod
    def of(cls, name: str, learned: Learned, video_ids: Iterable[str]) -> CommunitySource:
        """From what was learned where items are known by the ids of videos.

        Args:
            name: of the source.
            learned: its keys are ids of videos.
            video_ids: all that the library has.
        """
        place = {key: position for position, key in enumerate(learned.keys)}
        ids = list(video_ids)
        positions = {id_: place[id_] for id_ in ids if id_ in place}
        return cls(
            name, learned.kind, learned.people, learned.counts, learned.weights, len(ids), positions
        )

    def raw_scores(self, liking: Mapping[str, float], ids: Sequence[str]) -> Scores:
        """s_j = Σ_i w_i B_ij: what liking some videos says of others; 0 where nothing is known.

        Args:
            liking: how much each of some videos counts, by id; below 0 for what is disliked.
            ids: of the videos to be scored.
        """
        return self._picked(self._all(liking), ids)

    def scores(self, liking: Mapping[str, float], ids: Sequence[str]) -> Scores:
        """`raw_scores` in deviations above a random video of the library.

        Few stand out of many, as in full text: a score of 20 is no rarity.
        """
        return self._standard(self._all(liking), ids)

    def popularity(self, ids: Sequence[str]) -> Scores:
        """log(1 + how many people rated or named it); 0 for what nobody did."""
        return np.log1p(self._picked(self.counts.astype(np.float64), ids))

    def standard_popularity(self, ids: Sequence[str]) -> Scores:
        """`popularity` in deviations above a random video of the library."""
        return self._standard(np.log1p(self.counts.astype(np.float64)), ids)

    def best(self, liking: Mapping[str, float], n: int) -> list[str]:
        """The ids of the `n` videos of the library with the highest `raw_scores` above 0."""
        raw = self._all(liking)[self._joined]
        n = min(n, len(raw))
        rows = np.argpartition(-raw, n - 1)[:n] if n else np.empty(0, np.int64)
        ids = list(self.positions)
        return [ids[row] for row in rows if raw[row] > 0]

    def most_popular(self, n: int) -> list[str]:
        """The ids of the `n` videos of the library that most people rated or named."""
        counts = self.counts[self._joined]
        ids = list(self.positions)
        return [ids[row] for row in np.argsort(-counts, kind="stable")[:n]]

    def nearest(self, liking: Mapping[str, float], ids: Sequence[str]) -> list[str | None]:
        """Of each video, which of the liked ones speaks for it most; None where none does."""
        given, which, columns, values = self._spoken(liking)
        order = np.lexsort((values, columns))
        columns, which, values = columns[order], which[order], values[order]
        last = np.flatnonzero(np.diff(columns, append=-1)) if len(columns) else columns
        speakers = zip(which[last], values[last], strict=True)
        best = dict(zip(columns[last].tolist(), speakers, strict=True))
        found: list[str | None] = []
        for id_ in ids:
            one, value = best.get(self.positions.get(id_, -1), (0, 0.0))
            found.append(given[one] if value > 0 else None)
        return found

    def _all(self, liking: Mapping[str, float]) -> Scores:
        """The raw scores of all items."""
        _, _, columns, values = self._spoken(liking)
        return np.bincount(columns, values, minlength=self.weights.items).astype(np.float64)

    def _spoken(
        self, liking: Mapping[str, float]
    ) -> tuple[list[str], Integers, Integers, NDArray[np.float64]]:
        """All that the given videos say: by which of them, for which item, how strongly."""
        given = [id_ for id_, weight in liking.items() if weight and id_ in self.positions]
        rows = np.array([self.positions[id_] for id_ in given], np.int64)
        counted = np.array([liking[id_] for id_ in given], np.float64)
        which, columns, values = self.weights.entries(rows)
        return given, which, columns, counted[which] * values

    def _standard(self, of_items: Scores, ids: Sequence[str]) -> Scores:
        """Numbers of items in deviations above a random video, of which most may have 0."""
        joined = of_items[self._joined]
        mean = joined.sum() / max(self.videos, 1)
        deviation = np.sqrt(max((joined**2).sum() / max(self.videos, 1) - mean**2, 0.0))
        if deviation == 0.0:
            return np.zeros(len(ids))
        standard: Scores = (self._picked(of_items, ids) - mean) / deviation
        return standard

    def _picked(self, of_items: Scores, ids: Sequence[str]) -> Scores:
        places = np.array([self.positions.get(id_, -1) for id_ in ids], np.int64)
        return np.where(places >= 0, np.append(of_items, 0.0)[places], 0.0)


@dataclass(frozen=True, slots=True)
class Community:
    """All sources of a library."""

    sources: tuple[CommunitySource, ...]

    def of(self, kind: CommunityKind) -> tuple[CommunitySource, ...]:
        """The sources of one kind."""
        return tuple(source for source in self.sources if source.kind is kind)

    @property
    def video_ids(self) -> frozenset[str]:
        """The videos of the library of which anything is known."""
        return frozenset(id_ for source in self.sources for id_ in source.positions)
