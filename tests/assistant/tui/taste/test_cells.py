from __future__ import annotations

import numpy as np
import pytest

from assistant.tui.taste.cells import Grid, beside, nearest, winners

GRID = Grid(x=0.0, y=0.0, dx=1.0, dy=-1.0, width=10, height=10)
"""The first cell has the point (0, 0) in its middle; the rows go down."""


def points(*places: tuple[float, float]) -> np.ndarray:
    """Points by column and row."""
    return np.array([(x, -y) for x, y in places], np.float32)


def shown(places: np.ndarray, labels: list[int], first: list[bool] | None = None) -> list[int]:
    seen = np.array(first if first is not None else [False] * len(labels))
    return [int(row) for row in winners(GRID, places, np.array(labels, np.int8), seen)]


def test_one_point_is_shown_in_each_cell() -> None:
    places = points((0, 0), (0.2, 0.1), (1, 0), (1, 3))
    assert sorted(shown(places, [0, 0, 0, 0])) == [0, 2, 3]


def test_what_is_off_the_grid_is_not_shown() -> None:
    places = points((-1, 0), (0, -1), (9.4, 9.4), (9.6, 0), (0, 9.6))
    assert shown(places, [0] * 5) == [2]


def test_most_of_a_cell_decide_unless_something_comes_first() -> None:
    places = points((0, 0), (0, 0.1), (0.1, 0), (0.1, 0.1))
    assert shown(places, [-1, 2, 2, 5]) == [1]
    assert shown(places, [-1, 2, 2, 5], [False, False, False, True]) == [3]
    assert shown(places, [-1, -1, -1, 5]) == [0]


def test_the_labels_of_other_cells_do_not_count() -> None:
    places = points((0, 0), (0, 0), (1, 0), (1, 0), (1, 0))
    assert shown(places, [-1, 3, 3, 3, -1]) == [0, 2]


def test_the_nearest_point_within_reach_is_meant() -> None:
    places = points((2, 2), (5, 5))
    assert nearest(GRID, places, 2.6, 2.0) == 0
    assert nearest(GRID, places, 4.0, 5.0) == 1
    assert nearest(GRID, places, 9.0, 0.0) is None
    assert nearest(GRID, places[:0], 0.0, 0.0) is None


def test_a_row_is_farther_than_a_column() -> None:
    places = points((4, 2), (2, 3.5))
    assert nearest(GRID, places, 2.0, 2.0) == 0


@pytest.mark.parametrize(
    ("direction", "expected"), [((1, 0), 1), ((-1, 0), 2), ((0, 1), 3), ((0, -1), 4)]
)
def test_a_step_goes_to_the_next_point_in_its_direction(
    direction: tuple[int, int], expected: int
) -> None:
    places = points((5, 5), (7, 5.4), (3, 5), (5.5, 7), (5, 3), (9, 5), (7, 9))
    assert beside(GRID, places, 0, direction) == expected


def test_a_step_over_the_edge_or_to_where_nothing_is_goes_nowhere() -> None:
    assert beside(GRID, points((5, 5), (12, 5)), 0, (1, 0)) is None
    assert beside(GRID, points((5, 5), (5.3, 5)), 0, (1, 0)) is None
    assert beside(GRID, points((5, 5)), 0, (0, 1)) is None
