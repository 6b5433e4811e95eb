"""Makes ``turn.npz`` from the English texts of the starter library.

usage: python -m store.alignment.build
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.settings import EmbeddingSettings
from store import multilingual, starter
from store.alignment import FILE, Turn
from store.embedder import SentenceEmbedder

if TYPE_CHECKING:
    from assistant.types import Matrix


def texts() -> list[str]:
    """Titles, tags, descriptions and the clauses of these: 4,000 texts, long and short."""
    found: set[str] = set()
    for video in starter.videos():
        clauses = video.description.replace(";", ",").split(",")
        found.update((video.title, video.description, *video.tags, *map(str.strip, clauses)))
    return sorted(text for text in found if text and text.isascii())


def turn_between(model: str, source: Matrix, target: Matrix) -> Turn:
    """The orthogonal Procrustes solution: UVᵀ of the SVD of the centred sourceᵀ·target.

    Args:
        model: the key of the target's model.
        source: vectors of some texts, shape (n, d).
        target: of the same texts in the other space, shape (n, e), e ≤ d.
    """
    from_mean, to_mean = source.mean(axis=0), target.mean(axis=0)
    left, _, right = np.linalg.svd((source - from_mean).T @ (target - to_mean), full_matrices=False)
    return Turn(model, from_mean, left @ right, to_mean)


def main() -> None:
    """Write the file beside this module."""
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    read = texts()
    turn = turn_between(embedder.key, multilingual.encode(read), embedder.encode_queries(read))
    np.savez_compressed(
        Path(__file__).with_name(FILE),
        model=turn.model,
        source=turn.source.astype(np.float32),
        turn=turn.turn.astype(np.float16),
        target=turn.target.astype(np.float32),
    )


if __name__ == "__main__":
    main()
