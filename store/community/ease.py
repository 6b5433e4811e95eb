"""EASE: the linear model in which an item is predicted from all others, solved at once.

For a matrix X (people × items) it minimises ‖X − XB‖² + λ‖B‖² with a zero diagonal; with
P = (XᵀX + λI)⁻¹ the answer is B_ij = −P_ij / P_jj (Steck, "Embarrassingly Shallow Autoencoders
for Sparse Data", 2019, section 3.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Block = tuple[int, NDArray[np.float32]]
    """The first of some rows of B, and these rows, shape (rows, items)."""

Precision = TypeVar("Precision", np.float16, np.float32)
BLOCK = 512
"""Rows at a time: they need a few megabytes."""


def rows(likes: csr_array, ridge: float) -> Iterator[Block]:
    """Yield the rows of B, block by block, by whichever of two inversions costs less.

    Args:
        likes: X, shape (people, items).
        ridge: λ.
    """
    by_people, by_items = _costs(*likes.shape)
    return (_by_people if by_people < by_items else _by_items)(likes, ridge)


def cost(people: int, items: int) -> float:
    """Floating-point operations that `rows` takes, about."""
    return min(_costs(people, items))


def _costs(people: int, items: int) -> tuple[float, float]:
    """Of inverting the matrix of the people, and that of the items."""
    return float(people**3 + people * items * (people + items)), float(items**3)


def _by_items(likes: csr_array, ridge: float) -> Iterator[Block]:
    """P itself, in the place of XᵀX: 4 bytes · items², and once more for a moment at most."""
    gram = co_occurrence(likes, np.float32)
    gram[np.diag_indices_from(gram)] += ridge
    inverse = _inverted(gram)
    diagonal = inverse.diagonal().copy()
    for start in range(0, len(inverse), BLOCK):
        yield start, _weights(inverse[start : start + BLOCK], diagonal, start)


def _by_people(likes: csr_array, ridge: float) -> Iterator[Block]:
    """P = (I − Xᵀ K X) / λ with K = (XXᵀ + λI)⁻¹ (Woodbury): where people are fewer than items."""
    dense = likes.toarray()
    gram = dense @ dense.T
    gram[np.diag_indices_from(gram)] += ridge
    carried = _inverted(gram) @ dense
    diagonal = 1.0 - np.einsum("ui,ui->i", dense, carried)
    for start in range(0, dense.shape[1], BLOCK):
        block = -(dense[:, start : start + BLOCK].T @ carried)
        yield start, _weights(block, diagonal, start)


def _weights(
    inverse: NDArray[np.float32], diagonal: NDArray[np.float32], start: int
) -> NDArray[np.float32]:
    """Rows of B from rows of P."""
    block = inverse / -diagonal[None]
    block[np.arange(len(block)), np.arange(start, start + len(block))] = 0.0
    return block


def co_occurrence(likes: csr_array, precision: type[Precision]) -> NDArray[Precision]:
    """XᵀX, made a block of rows at a time, shape (items, items)."""
    items = likes.shape[1]
    transposed = likes.T.tocsr()
    gram = np.empty((items, items), precision)
    for start in range(0, items, BLOCK):
        gram[start : start + BLOCK] = (transposed[start : start + BLOCK] @ likes).toarray()
    return gram


def _inverted(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """The inverse of a symmetric positive definite matrix, in its place (Cholesky)."""
    from scipy.linalg import lapack

    # LAPACK counts by columns: of a symmetric matrix, the transpose is the same without a copy.
    factor, failed = lapack.spotrf(matrix.T, lower=1, clean=0, overwrite_a=1)
    inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ArithmeticError("a matrix of likes that cannot be inverted")
    result: NDArray[np.float32] = inverse.T
    _mirror(result)
    return result


def _mirror(matrix: NDArray[np.float32]) -> None:
    """Fill the lower triangle with what the upper one holds, block by block."""
    for start in range(0, len(matrix), BLOCK):
        end = start + BLOCK
        matrix[end:, start:end] = matrix[start:end, end:].T
        square = matrix[start:end, start:end]
        upper = np.triu(square)
        square[...] = upper + np.triu(square, 1).T
