"""Looking closely at a collection, in a process of its own: opening a bad one can crash or hang.

That process is ``python -P -m store.index FOLDER NAME`` and prints a `ProbeReport`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from store.index.chroma import ChromaFailure, ChromaUnavailable, Collection

if TYPE_CHECKING:
    from assistant.types import Matrix

_PATIENCE_S = 15
_VECTORS_A_SECOND = 1_000
"""Forty times slower than measured, on two cores."""
_SAMPLE = 50
_NEIGHBOURS = 10
_HITS_WANTED = 0.9
_SAME = 0.999
"""The cosine similarity of a vector with itself, or with one that is as good."""
_NORM_TOLERANCE = 0.01


class ProbeReport(BaseModel):
    """What a collection holds, and whether it finds it."""

    model_config = ConfigDict(frozen=True)

    count: int = 0
    """How many vectors it says that it holds."""
    whole: int = 0
    """How many of them can be read, and are unit vectors."""
    sample: int = 0
    hits: int = 0
    """How many of a sample find themselves."""
    problem: str = ""
    """Why it cannot be relied on; empty when it can."""


def probe(folder: Path, name: str, *, count: int, lock: int = subprocess.DEVNULL) -> ProbeReport:
    """Have a process of its own look at the collection `name` in `folder`.

    Args:
        folder: the folder of the collection itself.
        name: its name in Chroma.
        count: how many vectors it should hold: so many may take so long.
        lock: the descriptor of the lock on it, which that process then holds too: should this
            one be killed, no third one opens the collection while it is still being looked at.
    """
    patience = _PATIENCE_S + count // _VECTORS_A_SECOND
    command = [sys.executable, "-P", "-m", "store.index", str(folder), name, str(patience + 1)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            stdin=lock,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ProbeReport(problem=f"no answer within {patience} seconds")
    if done.returncode < 0:
        return ProbeReport(problem=f"opening it crashes (signal {-done.returncode})")
    try:
        return ProbeReport.model_validate_json(done.stdout.splitlines()[-1])
    except (IndexError, ValidationError):
        return ProbeReport(problem=f"opening it ends with status {done.returncode}")


def open_and_look(opening: Callable[[], Collection]) -> ProbeReport:
    """Open a collection, `look` at it, and close it; that it does not open is a problem of its.

    Raises:
        ChromaUnavailable: Chroma cannot be loaded, or the server does not answer.
    """
    try:
        collection = opening()
        try:
            return look(collection)
        finally:
            collection.abandon()
    except ChromaUnavailable:
        raise
    except ChromaFailure as failure:
        return ProbeReport(problem=str(failure))


def look(collection: Collection) -> ProbeReport:
    """Count, read every vector, and let a sample of them find themselves.

    Raises:
        ChromaFailure: it cannot be counted, read or searched.
    """
    import numpy as np

    count = collection.count()
    step = max(1, count // _SAMPLE)
    whole, read = 0, 0
    ids: list[str] = []
    vectors: list[Matrix] = []
    for page, rows in collection.pages():
        whole += int((np.abs(np.linalg.norm(rows, axis=1) - 1) < _NORM_TOLERANCE).sum())
        chosen = slice(-read % step, None, step)
        read += len(page)
        ids += page[chosen]
        vectors.append(rows[chosen])
    hits = sum(_own_hits(collection, ids, np.concatenate(vectors))) if ids else 0
    problem = ""
    if whole != count:
        problem = f"{whole} vectors instead of {count}"
    elif hits < _HITS_WANTED * len(ids):
        problem = f"only {hits} of {len(ids)} vectors find themselves"
    return ProbeReport(count=count, whole=whole, sample=len(ids), hits=hits, problem=problem)


def _own_hits(collection: Collection, ids: list[str], vectors: Matrix) -> Iterator[bool]:
    """For each vector whether it finds itself, or one just like it."""
    found = collection.query(vectors, min(_NEIGHBOURS, len(ids)))
    for id_, nearest in zip(ids, found, strict=True):
        yield any(hit == id_ or similarity > _SAME for hit, similarity in nearest)
