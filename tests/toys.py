"""Small stand-ins that behave like the real thing and are the same everywhere."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.types import Video
from store.embedder import video_fields
from store.text import STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from assistant.types import Matrix


class ToyEmbedder:
    """An embedder that knows words alone: texts that share stems have similar vectors."""

    def __init__(self, key: str = "toy-bag-of-words", dimension: int = 64) -> None:
        self.key = key
        self.dimension = dimension
        self.encoded_ids: list[str] = []
        """Every video that was ever encoded, in order."""

    def reads(self, text: str) -> bool:
        """A word is a word in any script."""
        return True

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of shape (len(texts), dimension)."""
        rows = [self._bag(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def encode_videos(
        self, videos: Sequence[Video], *, progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """Unit vectors of shape (len(videos), dimension)."""
        self.encoded_ids += [video.id for video in videos]
        means = [self.encode_queries(video_fields(video)).mean(axis=0) for video in videos]
        if progress is not None:
            progress(len(videos))
        if not means:
            return np.empty((0, self.dimension), np.float32)
        stacked = np.stack(means)
        lengths = np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-9)
        unit: Matrix = (stacked / lengths).astype(np.float32)
        return unit

    def _bag(self, text: str) -> Matrix:
        bag = np.zeros(self.dimension, np.float32)
        for word in tokens(text):
            if word not in STOP_WORDS:
                digest = zlib.crc32(stem(word).encode())
                bag[digest % self.dimension] += 1.0 if digest & 0x8000 else -1.0
        length = float(np.linalg.norm(bag))
        if length == 0.0:
            bag[0] = length = 1.0
        unit: Matrix = bag / np.float32(length)
        return unit
