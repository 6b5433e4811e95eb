"""What a backup holds that costs much to derive again: vectors, likelihoods, what others like.

Wrong ones would do harm that nobody sees, so only what can be right is taken over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from store.backup.foreign import ForeignLibrary
from store.cleaning import clean_text
from store.library import Library
from store.library.rows import is_sound
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


_SOURCE = ("name", "kind", "people", "ratings", "imported_at", "method", "weights")
_ITEM = ("source", "position", "video_id", "title", "year", "people", "mean_rating")


def put_community(source: ForeignLibrary, library: Library) -> None:
    """Take over what was learned from other people's ratings."""
    items = {
        name: list(of_source)
        for name, of_source in groupby(_community_items(source), lambda item: item["source"])
    }
    rows = source.rows(f"SELECT {', '.join(_SOURCE)} FROM community_sources")  # noqa: S608
    for row in (dict(zip(_SOURCE, values, strict=True)) for values in rows):
        if is_sound("community_sources", row) and row["name"] == clean_text(row["name"]):
            method = clean_text(row["method"], max_chars=200)
            library.put_community_rows(row | {"method": method}, items.get(row["name"], []))


def _community_items(source: ForeignLibrary) -> Iterator[dict[str, Any]]:
    """The items that can be right, with clean titles."""
    for values in source.rows(
        f"SELECT {', '.join(_ITEM)} FROM community_items ORDER BY source, position"  # noqa: S608
    ):
        item = dict(zip(_ITEM, values, strict=True))
        if is_sound("community_items", item):
            yield item | {"title": clean_text(item["title"], max_chars=500)}
