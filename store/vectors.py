"""Searching by vector: through the index where that is enough, by exact scan where it is not."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

import numpy as np

from store.bridge import Bridge
from store.census import Census
from store.index import Index, IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.types import Matrix, Vector
    from store.library import Library
    from store.reporting import Reporter

log = logging.getLogger(__name__)

OVERFETCH = 500
"""How many the index is asked for when not all of them may be admitted."""
SAMPLE = 512
"""Videos taken at random, which stand for the library."""
_PAGE = 5_000
_SAMPLE_SEED = 20_240_229

Hits = list[tuple[str, float]]
"""Video ids and cosine similarities, best first."""


class Searcher:
    """The one way to search the vectors of one model. Belongs to one thread.

    Args:
        library: the truth.
        model: the key of the embedding model.
        index: the index of that model; None when another process has it, or none is wanted.

    No trouble with the index is an error here: then every vector is compared.
    """

    def __init__(self, library: Library, model: str, index: Index | None) -> None:
        self._library = library
        self._model = model
        self._index = index
        self._table = VectorTable(library, model)
        self._version: int | None = None
        self._background: tuple[list[str], Matrix] | None = None
        self._census: Census | None = None
        self._bridge: Bridge | None = None
        self._bridge_version: int | None = None
        self.method: Literal["index", "scan"] = "scan"
        """How the last search was made."""

    def search(self, vector: Vector, k: int, *, admitted: frozenset[str] | None = None) -> Hits:
        """The `k` most similar videos with their cosine similarities, best first.

        The index is asked first, for more than `k` when not all are admitted, and what is not
        is left out here (Chroma's own filter is some fifty times slower). Too few
        left, or no index: then every admitted vector is compared.

        Args:
            vector: a unit vector of shape (dimension,).
            k: how many; fewer come when no more are admitted.
            admitted: the ids to choose from (`Library.admitted_ids`); None for all.
        """
        if admitted is not None and not admitted:
            return []
        if self._index is not None:
            hits = self._through_index(self._index, vector, k, admitted)
            if hits is not None:
                self.method = "index"
                return hits
        self.method = "scan"
        self._table.catch_up()
        return self._table.nearest(vector, k, admitted)

    def background(self) -> Matrix:
        """A random sample of the library's vectors, the same until the library changes.

        Against it, similarities to different queries can be put on one scale.

        Returns:
            Unit vectors of shape (at most `SAMPLE`, dimension).
        """
        return self._sampled()[1]

    def census(self) -> Census:
        """Counts of tags and people, and the facts of the sample that `background` is of."""
        if self._census is None:
            self._census = Census(self._library, self._sampled()[0])
        return self._census

    def bridge(self) -> Bridge:
        """The way from other languages to the library's own terms."""
        version = self._library.data_version()
        if self._bridge is None or self._bridge_version != version:
            self._bridge = Bridge.of(self._library, before=self._bridge)
            self._bridge_version = version
        return self._bridge

    def _sampled(self) -> tuple[list[str], Matrix]:
        if self._background is None:
            ids = self._library.vector_ids(self._model)
            random = np.random.default_rng(_SAMPLE_SEED)
            chosen = random.choice(len(ids), size=min(SAMPLE, len(ids)), replace=False)
            self._background = self._library.vectors(self._model, [ids[row] for row in chosen])
        return self._background

    def refresh(self, reporter: Reporter | None = None) -> None:
        """Take in what has changed in the library. Costs nothing when nothing has.

        An index that is of no use is tried again; `problem` says what it lacks.

        Args:
            reporter: is told when it takes long: the index is checked, caught up or made anew.
        """
        version = self._library.data_version()
        if version == self._version:
            return
        self._background = self._census = None
        self._version = version
        if self._index is None:
            return
        try:
            self._index.sync(self._library, reporter)
        except IndexUnusableError as error:
            log.warning("searching without the index: %s", error)
        if not self._index.current:
            self._version = None

    @property
    def problem(self) -> IndexUnusableError | None:
        """Why the index is of no use for now; None when it is, or when there is none to use."""
        return self._index.problem if self._index is not None else None

    def news(self) -> list[str]:
        """What happened to the index since this was last asked: sentences for the person."""
        return self._index.news() if self._index is not None else []

    def close(self) -> None:
        """Give the index back."""
        if self._index is not None:
            self._index.close()

    def _through_index(
        self, index: Index, vector: Vector, k: int, admitted: frozenset[str] | None
    ) -> Hits | None:
        """The hits that the index gives; None when an exact scan must give them."""
        if index.count() == 0:
            return None
        try:
            hits = index.query(vector, k if admitted is None else max(k, OVERFETCH))
        except IndexUnusableError as error:
            log.warning("searching without the index: %s", error)
            self._version = None  # the next refresh tries again
            return None
        if admitted is None:
            return hits
        hits = [hit for hit in hits if hit[0] in admitted]
        complete = len(hits) >= min(k, len(admitted))
        return hits[:k] if complete else None


class VectorTable:
    """Every vector of a model in memory, kept in step with the library at little cost."""

    def __init__(self, library: Library, model: str) -> None:
        self._library = library
        self._model = model
        self._revision = 0
        self._ids: list[str] = []
        self._vectors: Matrix = np.empty((0, 0), np.float32)

    def catch_up(self) -> None:
        """Take in what has changed since the last call."""
        pages: list[Matrix] = [self._vectors]
        ids, gone = list(self._ids), set[str]()
        while changes := self._library.vector_changes(self._model, self._revision, _PAGE):
            self._revision = changes.revision
            ids += changes.ids
            gone.difference_update(changes.ids)
            gone.update(changes.removed_ids)
            pages.append(changes.vectors)
        if len(pages) == 1:
            return
        latest = {id_: row for row, id_ in enumerate(ids)}  # of two rows of one id, the later
        rows = sorted(row for id_, row in latest.items() if id_ not in gone)
        together = np.concatenate([page for page in pages if len(page)] or pages[-1:])
        self._vectors = together if len(rows) == len(together) else together[rows]
        self._ids = [ids[row] for row in rows]

    def nearest(self, vector: Vector, k: int, admitted: Iterable[str] | None) -> Hits:
        """The `k` most similar of all, or of those admitted, best first; exact."""
        if not self._ids:
            return []
        similarities = self._vectors @ vector
        if admitted is not None:
            wanted = frozenset(admitted)
            out = np.fromiter((id_ not in wanted for id_ in self._ids), bool, len(self._ids))
            similarities[out] = -np.inf
        k = min(k, len(self._ids))
        best = np.argpartition(-similarities, k - 1)[:k]
        best = best[np.argsort(-similarities[best], kind="stable")]
        return [
            (self._ids[row], float(similarities[row]))
            for row in best
            if similarities[row] > -np.inf
        ]
