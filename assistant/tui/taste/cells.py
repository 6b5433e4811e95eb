"""Points of a plane in the cells of a terminal: which one each shows, which is near, or beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float32]
    """Shape (n, 2)."""

REACH = 3.0
"""Cells: a video farther from the pointer is not meant."""
LEAST_STEP = 0.75
"""Cells that a step goes at least; what lies nearer is reached by looking closer."""
ASIDE = 2.0
"""A cell off the direction counts as so many along it."""
ASPECT = 2.0
"""A cell is so many times as high as wide."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells lie: the point in the middle of the first, and from one to the next."""

    x: float
    y: float
    dx: float
    dy: float
    width: int
    height: int

    def places(self, points: Points) -> NDArray[np.float64]:
        """Points in cells, shape (n, 2): column and row, 0 the middle of the first."""
        return np.column_stack(
            [(points[:, 0] - self.x) / self.dx, (points[:, 1] - self.y) / self.dy]
        ).astype(np.float64)

    def inside(self, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of them are on the grid."""
        found = np.rint(places)
        size = np.array([self.width, self.height])
        return np.asarray(((found >= 0) & (found < size)).all(axis=1))


def winners(
    grid: Grid, points: Points, labels: NDArray[np.int8], first: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The points to be shown, one for each cell, so that no more are drawn than there are cells.

    Of those of one cell it is one of those that come `first`, if there is any; then one of the
    label that most of them have; then the one that stands before the others.
    """
    places = grid.places(points)
    rows = np.flatnonzero(grid.inside(places))
    cells = np.rint(places[rows]).astype(np.int64)
    number = cells[:, 1] * grid.width + cells[:, 0]
    together = number * (int(np.iinfo(np.int8).max) + 2) + labels[rows] + 1
    _, which, counts = np.unique(together, return_inverse=True, return_counts=True)
    order = np.lexsort((rows, -counts[which], ~first[rows], number))
    _, best = np.unique(number[order], return_index=True)
    return rows[order[best]]


def nearest(grid: Grid, points: Points, column: float, row: float) -> int | None:
    """The point nearest to a cell; None where none is within `REACH`."""
    if not len(points):
        return None
    apart = grid.places(points) - (column, row)
    distance = np.hypot(apart[:, 0], apart[:, 1] * ASPECT)
    best = int(distance.argmin())
    return best if distance[best] <= REACH else None


def beside(grid: Grid, points: Points, here: int, direction: tuple[int, int]) -> int | None:
    """The next point in a direction, of those that are on the grid; None where there is none.

    Args:
        grid: the cells.
        points: all of them.
        here: the point that one is at.
        direction: in columns and rows: (1, 0) is to the right, (0, 1) is down.
    """
    places = grid.places(points)
    apart = (places - places[here]) * (1.0, ASPECT)
    along = apart @ np.array(direction, np.float64)
    off = np.abs(apart @ np.array(direction[::-1], np.float64))
    meant = (along >= LEAST_STEP) & (off <= along) & grid.inside(places)
    if not meant.any():
        return None
    cost = np.where(meant, along + ASIDE * off, np.inf)
    return int(cost.argmin())
