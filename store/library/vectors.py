"""Vectors of videos, filed under the key of the model that made them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.library.connection import damaged
from store.library.database import Database

if TYPE_CHECKING:
    from assistant.types import Matrix


@dataclass(frozen=True, slots=True)
class VectorChanges:
    """What happened to a model's vectors after some revision, in the order it happened.

    An id is in one of the two lists, never in both.
    """

    revision: int
    """The last change contained; the revision asked for when there is none."""
    ids: list[str]
    vectors: Matrix
    removed_ids: list[str]

    def __bool__(self) -> bool:
        return bool(self.ids or self.removed_ids)


class Vectors(Database):
    """The part of the library that holds the vectors. NumPy is loaded where arrays are made."""

    def put_vectors(
        self, model: str, ids: Sequence[str], vectors: Matrix, *, as_of: int | None = None
    ) -> int:
        """Store the vectors of videos in one transaction, replacing earlier ones.

        Args:
            model: the key of the model that made them.
            ids: the videos; those no longer in the library are passed over.
            vectors: unit vectors of shape (len(ids), dimension).
            as_of: the `data_version` read before the videos were: a video that has changed
                since is passed over, for its vector is already out of date.

        Returns:
            How many were stored.
        """
        import numpy as np

        rows = np.ascontiguousarray(vectors, dtype="<f4")
        if rows.ndim != 2 or len(rows) != len(ids):
            raise ValueError(f"{len(ids)} ids need as many rows, not shape {rows.shape}")
        stored = 0
        with self._transaction() as connection:
            for id_, row in zip(ids, rows, strict=True):
                current = connection.execute(
                    "SELECT 1 FROM videos WHERE id = ?1 AND (?2 IS NULL OR changed <= ?2)",
                    (id_, as_of),
                ).fetchone()
                if current is None:
                    continue
                where = (model, id_)
                connection.execute(
                    "DELETE FROM removed_vectors WHERE model = ? AND video_id = ?", where
                )
                connection.execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                    (self._next_revision(), model, id_, row.tobytes()),
                )
                stored += 1
        return stored

    def vectors(self, model: str, ids: Iterable[str]) -> tuple[list[str], Matrix]:
        """The vectors of those of `ids` that have one, in the order asked.

        Returns:
            The ids, and their vectors as rows.
        """
        wanted = list(dict.fromkeys(ids))
        found = dict(
            self._connection.execute(
                "SELECT video_id, vector FROM vectors WHERE model = ?"
                " AND video_id IN (SELECT value FROM json_each(?))",
                (model, json.dumps(wanted)),
            )
        )
        present = [id_ for id_ in wanted if id_ in found]
        return present, self._matrix(model, [found[id_] for id_ in present])

    def missing_vectors(self, model: str) -> list[str]:
        """The ids of the videos that have no vector of this model."""
        return [
            id_
            for (id_,) in self._connection.execute(
                "SELECT id FROM videos WHERE NOT EXISTS"
                " (SELECT 1 FROM vectors WHERE model = ? AND video_id = videos.id)",
                (model,),
            )
        ]

    def vector_changes(self, model: str, after: int, limit: int) -> VectorChanges:
        """The next changes of a model's vectors after revision `after`, at most `limit`.

        Whoever applies them in order, and asks again from `VectorChanges.revision` until there
        are none, holds what the library holds, whatever other processes did meanwhile.
        """
        # With a plus before it, the model is not what the rows are looked up by: then they come in
        # the order of their revisions, and need not all be sorted for each page of them.
        rows = self._connection.execute(
            "SELECT revision, video_id, vector FROM vectors WHERE +model = ?1 AND revision > ?2"
            " UNION ALL"
            " SELECT revision, video_id, NULL FROM removed_vectors"
            " WHERE +model = ?1 AND revision > ?2"
            " ORDER BY revision LIMIT ?3",
            (model, after, limit),
        ).fetchall()
        if rows and rows[-1][0] <= after:  # whoever asks again from there would never be done
            raise damaged(self.path, "vectors are out of order")
        present = [(id_, vector) for _, id_, vector in rows if vector is not None]
        return VectorChanges(
            revision=rows[-1][0] if rows else after,
            ids=[id_ for id_, _ in present],
            vectors=self._matrix(model, [vector for _, vector in present]),
            removed_ids=[id_ for _, id_, vector in rows if vector is None],
        )

    def vector_count(self, model: str) -> int:
        """How many videos have a vector of this model."""
        [count] = self._connection.execute(
            "SELECT count(*) FROM vectors WHERE model = ?", (model,)
        ).fetchone()
        return int(count)

    def vector_ids(self, model: str) -> list[str]:
        """The ids of the videos that have a vector of this model, sorted."""
        return [
            id_
            for (id_,) in self._connection.execute(
                "SELECT video_id FROM vectors WHERE model = ? ORDER BY video_id", (model,)
            )
        ]

    def vector_models(self) -> list[str]:
        """The keys of the models that there are vectors of."""
        return [
            model for (model,) in self._connection.execute("SELECT DISTINCT model FROM vectors")
        ]

    def _matrix(self, model: str, blobs: Sequence[bytes]) -> Matrix:
        import numpy as np

        if not blobs:
            return np.empty((0, self._dimension(model)), dtype=np.float32)
        if len({len(blob) for blob in blobs}) > 1 or not blobs[0] or len(blobs[0]) % 4:
            raise damaged(self.path, "a vector has another dimension than the rest")
        return np.frombuffer(bytearray().join(blobs), dtype="<f4").reshape(len(blobs), -1)

    def _dimension(self, model: str) -> int:
        row = self._connection.execute(
            "SELECT length(vector) / 4 FROM vectors WHERE model = ? LIMIT 1", (model,)
        ).fetchone()
        return int(row[0]) if row else 0
