"""Vectors in a library, an index of them, and what is asked of it again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.types import Video
from store.index import Index, read_state
from store.library import Library

if TYPE_CHECKING:
    from assistant.types import Matrix

MODEL = "toy-model"


def video(number: int, title: str = "A video") -> Video:
    return Video(id=f"t:{number}", title=title)


def units(count: int, seed: int = 0, dimension: int = 64) -> Matrix:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def fill(library: Library, count: int, seed: int = 0) -> Matrix:
    """Put videos and random vectors into the library where they are missing; return all."""
    library.put_videos(video(number) for number in range(count))
    vectors = units(count, seed)
    missing = library.missing_vectors(MODEL)
    rows = [int(id_.removeprefix("t:")) for id_ in missing]
    library.put_vectors(MODEL, missing, vectors[rows])
    return vectors


def opened(folder: Path, server: str | None = None) -> Index:
    index = Index.open(folder, MODEL, server=server)
    assert index is not None
    return index


def nearest(index: Index, vector: Matrix) -> str:
    return index.query(vector, 1)[0][0]


def state_of(folder: Path) -> dict[str, object]:
    """What is noted on the disk now."""
    noted = json.loads((folder / f"{MODEL}.json").read_text())
    assert isinstance(noted, dict)
    return noted


def collection_folder(folder: Path) -> Path:
    state = read_state(folder, MODEL)
    assert state is not None
    return folder / state.collection


class Stages:
    """A reporter that remembers: the name, total and steps of each stage."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int | None]] = []
        self.steps = 0

    def stage(self, name: str, total: int | None) -> None:
        self.seen.append((name, total))
        self.steps = 0

    def advance(self, n: int) -> None:
        self.steps += n

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.seen]
