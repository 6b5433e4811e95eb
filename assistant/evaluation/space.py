"""The videos of a library side by side: ids, vectors, and how widely known they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from store.unit import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix, Vector
    from store.library import Library

    Scores = NDArray[np.float64] | NDArray[np.float32]
    """One number for each video, shape (videos,)."""


@dataclass(frozen=True, slots=True)
class Space:
    """All videos that have a vector, and which of them may be ranked."""

    ids: tuple[str, ...]
    vectors: Matrix
    candidates: frozenset[str] | None = None
    """The only videos that are ranked; None for all."""
    _place: Mapping[str, int] = field(init=False, repr=False)
    _barred: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        place = {id_: row for row, id_ in enumerate(self.ids)}
        wanted = self.candidates
        barred = np.array([wanted is not None and id_ not in wanted for id_ in self.ids], bool)
        object.__setattr__(self, "_place", place)
        object.__setattr__(self, "_barred", barred)

    @classmethod
    def of(cls, library: Library, model: str, candidates: frozenset[str] | None = None) -> Space:
        """The videos of a library in the vectors of one embedding model."""
        ids, vectors = library.vectors(model, library.ids())
        return cls(tuple(ids), vectors, candidates)

    def ranked(self, scores: Scores, exclude: Collection[str], k: int) -> list[str]:
        """The ids of the best `k` candidates, best first; of equals, the earlier."""
        order = np.argsort(-self._masked(scores, exclude), kind="stable")
        return [self.ids[row] for row in order[:k] if self._admits(row, exclude)]

    def mean(self, ids: Iterable[str]) -> Vector | None:
        """The unit mean of the vectors of some videos; None when none of them has one."""
        rows = self.rows(ids)
        return unit(self.vectors[rows].mean(axis=0)) if rows else None

    def rows(self, ids: Iterable[str]) -> list[int]:
        """Where these videos stand, as far as they are there."""
        return [self._place[id_] for id_ in ids if id_ in self._place]

    @property
    def candidate_ids(self) -> list[str]:
        """The videos that may be ranked."""
        return [id_ for id_, barred in zip(self.ids, self._barred, strict=True) if not barred]

    def _masked(self, scores: Scores, exclude: Collection[str]) -> Scores:
        out = self._barred.copy()
        out[self.rows(exclude)] = True
        return np.where(out, -np.inf, scores)

    def _admits(self, row: int, exclude: Collection[str]) -> bool:
        return not self._barred[row] and self.ids[row] not in exclude
