"""The vectors: of one dimension, of length 1, one for each video."""

from __future__ import annotations

from collections.abc import Sequence

from store.library.integrity.file import BadRow, InspectedFile

_CHUNK = 1_000
_UNIT_TOLERANCE = 1e-3


class InspectedVectors(InspectedFile):
    """The part of an inspection that measures vectors. NumPy is loaded where that is done."""

    def bad_vectors(self) -> list[BadRow]:
        """The vectors that are no unit vectors of their model's dimension; `row` is the revision.

        The dimension of a model is the one that most of its vectors have.
        """
        bad = []
        for model in self._column("SELECT DISTINCT model FROM vectors"):
            length = self._one(
                "SELECT length(vector) FROM vectors WHERE model = ? GROUP BY 1"
                " ORDER BY count(*) DESC LIMIT 1",
                model,
            )
            stored = self._connection.execute(
                "SELECT revision, video_id, vector FROM vectors WHERE model = ?", (model,)
            )
            while chunk := stored.fetchmany(_CHUNK):
                bad += _bad_vectors(chunk, int(length))
        return bad

    def vector_counts(self) -> dict[str, int]:
        """How many vectors there are of each model."""
        return dict(
            self._connection.execute("SELECT model, count(*) FROM vectors GROUP BY 1").fetchall()
        )

    def vector_revision(self, model: str) -> int:
        """The last change of the vectors of this model; 0 before the first."""
        tables = ("vectors", "removed_vectors")
        query = "SELECT coalesce(max(revision), 0) FROM {} WHERE model = ?"
        return max(int(self._one(query.format(table), model)) for table in tables)

    def without_vector(self, model: str) -> int:
        """How many videos have no vector of this model."""
        return int(
            self._one(
                "SELECT count(*) FROM videos WHERE NOT EXISTS"
                " (SELECT 1 FROM vectors WHERE model = ? AND video_id = videos.id)",
                model,
            )
        )


def _bad_vectors(rows: Sequence[tuple[int, str, bytes]], length: int) -> list[BadRow]:
    """Of vectors that should be of `length` bytes."""
    import numpy as np

    whole = [row for row in rows if len(row[2]) == length and length % 4 == 0]
    blobs = b"".join(blob for _, _, blob in whole)
    matrix = np.frombuffer(blobs, "<f4").astype(np.float64).reshape(len(whole), length // 4)
    with np.errstate(invalid="ignore"):
        norms = np.linalg.norm(matrix, axis=1)
    odd = [
        BadRow(revision, str(id_), f"{len(blob)} bytes instead of {length}")
        for revision, id_, blob in rows
        if len(blob) != length or length % 4
    ]
    return odd + [
        BadRow(revision, str(id_), f"its length is {norm:.3g} instead of 1")
        for (revision, id_, _), norm in zip(whole, norms, strict=True)
        if not abs(norm - 1.0) <= _UNIT_TOLERANCE  # a NaN is neither more nor less
    ]
