"""What a backup holds that costs much to derive again: vectors, likelihoods of titles.

Wrong ones would do harm that nobody sees, so only what can be right is taken over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import groupby, islice

from store.backup.foreign import ForeignLibrary
from store.library import Library
from store.reporting import Reporter

_BATCH = 500
_MODEL_KEY = re.compile(r"[A-Za-z0-9._-]{1,200}")
_UNIT_TOLERANCE = 1e-3
_FLOAT_BYTES = 4


def put_vectors(source: ForeignLibrary, library: Library, reporter: Reporter) -> None:
    """Take over the vectors: finite, of unit length, and of one dimension for each model."""
    [(count,)] = source.rows("SELECT count(*) FROM vectors")
    reporter.stage("vectors", count)
    rows = source.rows("SELECT model, video_id, vector FROM vectors ORDER BY model, revision")
    for model, of_model in groupby(rows, lambda row: row[0]):
        size = 0
        while batch := list(islice(of_model, _BATCH)):
            if isinstance(model, str) and _MODEL_KEY.fullmatch(model):
                size = _put_batch(library, model, batch, size)
            reporter.advance(len(batch))


def _put_batch(
    library: Library, model: str, rows: list[tuple[object, object, object]], size: int
) -> int:
    """Store those vectors of a batch that can be right; return how many bytes each has."""
    import numpy as np

    found = {
        id_: vector
        for _, id_, vector in rows
        if isinstance(id_, str) and isinstance(vector, bytes) and vector
    }
    size = size or next((len(vector) for vector in found.values()), 0)
    fit = {id_: vector for id_, vector in found.items() if len(vector) == size}
    if not fit or size % _FLOAT_BYTES:
        return size
    matrix = np.frombuffer(b"".join(fit.values()), dtype="<f4").reshape(len(fit), -1)
    with np.errstate(all="ignore"):  # of what is not finite
        lengths = np.linalg.norm(matrix, axis=1)
    right = np.abs(lengths - 1.0) < _UNIT_TOLERANCE  # not so for what is not finite
    ids = [id_ for id_, is_right in zip(fit, right, strict=True) if is_right]
    library.put_vectors(model, ids, matrix[right])
    return size


def put_likelihoods(source: ForeignLibrary, library: Library) -> None:
    """Take over what language models think of titles."""
    for model, of_model in groupby(_likelihoods(source), lambda row: row[0]):
        while batch := list(islice(of_model, _BATCH)):
            library.put_title_likelihoods(
                model, {id_: (log_probability, tokens) for _, id_, log_probability, tokens in batch}
            )


def _likelihoods(source: ForeignLibrary) -> Iterator[tuple[str, str, float, int]]:
    for model, id_, log_probability, tokens in source.rows(
        "SELECT model, video_id, log_probability, tokens FROM title_likelihoods ORDER BY model"
    ):
        if (
            isinstance(model, str)
            and _MODEL_KEY.fullmatch(model)
            and isinstance(id_, str)
            and isinstance(log_probability, float)
            and math.isfinite(log_probability)
            and isinstance(tokens, int)
            and tokens > 0
        ):
            yield model, id_, log_probability, tokens
