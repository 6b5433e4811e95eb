"""Vectors of length 1: the one way in which they are made."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Float = TypeVar("_Float", np.float32, np.float64)

LEAST_LENGTH = 1e-12


def unit(vectors: NDArray[_Float]) -> NDArray[_Float]:
    """A vector, or each row of a matrix, divided by its length; one of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[_Float] = vectors / np.maximum(lengths, LEAST_LENGTH).astype(vectors.dtype)
    return scaled
