"""The linear layer over two frozen vectors, as it is used: NumPy alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import MatineeError
from assistant.importers.reading import open_file, read_capped
from assistant.retrieve.query import build_query
from assistant.types import Request, Taste

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve import RetrievalStore
    from assistant.types import Matrix

FORMAT = "matinee-pair-model-1"
MAX_BYTES = 16 * 1024 * 1024
_PAGE = 4096


def pair_features(viewers: Matrix, videos: Matrix) -> Matrix:
    """|u − v|, u∘v and u·v of each pair of unit vectors, shape (n, 2·dimension + 1).

    Scaled by √dimension, so that each is of the order of 1 whatever the encoder.
    """
    scale = np.float32(np.sqrt(viewers.shape[1]))
    product = viewers * videos
    cosine = product.sum(axis=1, keepdims=True)
    return np.hstack([scale * np.abs(viewers - videos), scale * product, cosine])


@dataclass(frozen=True, slots=True)
class PairModel:
    """A trained layer."""

    embedder: str
    """The key of the encoder whose vectors it reads."""
    weights: tuple[float, ...]
    bias: float

    def probabilities(self, viewers: Matrix, videos: Matrix) -> NDArray[np.float64]:
        """P(relevant) of each pair of unit vectors, shape (n,)."""
        logits = pair_features(viewers, videos) @ np.array(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-logits)))

    def check(self, embedder_key: str) -> None:
        """Make sure that it reads the vectors of an encoder.

        Raises:
            MatineeError: it reads those of another one.
        """
        if self.embedder != embedder_key:
            raise MatineeError(
                "The model was trained over another embedding model.",
                f"{self.embedder}, and the settings have {embedder_key}.",
                "Train it again, or change the settings.",
            )

    def save(self, path: Path) -> None:
        """Write it to a file, as JSON.

        Raises:
            MatineeError: it cannot be written.
        """
        values = {
            "format": FORMAT,
            "embedder": self.embedder,
            "weights": self.weights,
            "bias": self.bias,
        }
        try:
            path.write_text(json.dumps(values, allow_nan=False), "utf-8")
        except OSError as error:
            raise MatineeError(
                "The model cannot be saved.", f"{path}: {error.strerror}", "Name another file."
            ) from error

    @classmethod
    def load(cls, path: Path) -> PairModel:
        """Read it from a file that `save` wrote.

        Raises:
            MatineeError: there is none, or it is another sort of file.
        """
        try:
            with open_file(path) as file:
                values = json.loads(read_capped(file, MAX_BYTES))
            if values["format"] != FORMAT:
                raise ValueError(values["format"])
            return cls(
                str(values["embedder"]),
                tuple(float(weight) for weight in values["weights"]),
                float(values["bias"]),
            )
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise MatineeError(
                "This is no saved model.", str(path), "Make one: matinee train FILE --output MODEL"
            ) from error


def is_saved_model(path: Path) -> bool:
    """Whether a file begins as `PairModel.save` has it."""
    with open_file(path) as file:
        return file.read(64).lstrip().startswith(f'{{"format": "{FORMAT}"'.encode())


def recommend_videos(
    model: PairModel, text: str, k: int, store: RetrievalStore
) -> list[tuple[str, float]]:
    """The `k` videos of the library that the model finds most relevant to a text.

    A text in a script that the encoder has not learnt is read as `retrieve` reads a wish: by the
    videos that carry its words.

    Args:
        model: trained on pairs of texts like these.
        text: what the viewer says: 人工智能入门教程.
        k: how many.
        store: the library and its vectors.

    Returns:
        Ids with P(relevant), the likeliest first; none where nothing tells what the text means.

    Raises:
        MatineeError: the model reads the vectors of another encoder.
    """
    model.check(store.embedder.key)
    viewer = build_query(Request(message=text, wish=text), Taste(), store, ()).wish_vector
    if viewer is None:
        return []
    found: list[tuple[str, float]] = []
    ids = store.library.vector_ids(store.embedder.key)
    for start in range(0, len(ids), _PAGE):
        present, vectors = store.library.vectors(store.embedder.key, ids[start : start + _PAGE])
        same = np.broadcast_to(viewer, vectors.shape)
        judged = model.probabilities(np.asarray(same), vectors)
        found += zip(present, judged.tolist(), strict=True)
        found = sorted(found, key=lambda one: -one[1])[:k]
    return found
