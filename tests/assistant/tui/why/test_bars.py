from __future__ import annotations

import pytest

from assistant.accounts import ScorePart
from assistant.tui.why.bars import FULL, ZERO, Scale, bars
from assistant.types import Part


def part(value: float, name: str = "your taste", share: float = 0.5) -> ScorePart:
    return ScorePart(part=Part.TASTE, name=name, value=value, share=share)


def lines(*values: float, width: int = 60) -> list[str]:
    return bars([part(value) for value in values], width).plain.splitlines()


def test_the_zero_lines_stand_under_each_other() -> None:
    shown = lines(2.0, -0.5, 0.3, -0.01)
    assert len({line.index(ZERO) for line in shown}) == 1
    assert len({len(line) for line in shown}) == 1


def test_what_speaks_for_it_is_on_the_right_and_what_speaks_against_it_on_the_left() -> None:
    above, below = lines(1.0, -1.0)
    assert FULL not in above.split(ZERO)[0]
    assert FULL in above.split(ZERO)[1]
    assert FULL in below.split(ZERO)[0]
    assert FULL not in below.split(ZERO)[1]


def test_bars_are_as_long_as_their_values_are_large() -> None:
    lengths = [line.count(FULL) for line in lines(3.0, 1.5, -1.5, width=80)]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=1)
    assert lengths[1] == pytest.approx(lengths[2], abs=1)


def test_the_smallest_part_is_seen() -> None:
    assert lines(5.0, 0.01)[1].count(FULL) == 1
    assert lines(5.0, -0.01)[1].count(FULL) == 1


def test_the_figures_say_the_same_as_the_bars() -> None:
    positive, negative = lines(1.234, -0.166)
    assert positive.endswith(" +1.23   50%")
    assert negative.endswith(" −0.17   50%")


@pytest.mark.parametrize("width", [1, 20, 40, 60, 90, 200])
def test_any_width_has_room_for_a_bar(width: int) -> None:
    shown = lines(2.0, -2.0, width=width)
    assert all(FULL in line for line in shown)
    if width >= 40:
        assert all(len(line) <= width for line in shown)


def test_names_in_chinese_take_two_cells_each() -> None:
    shown = bars([part(1.0, "你的口味"), part(1.0, "request")], 60).plain.splitlines()
    assert shown[0].index(ZERO) == shown[1].index(ZERO) - 4


@pytest.mark.parametrize("values", [(), (0.0,), (1.0,), (-1.0,), (3.0, -0.001), (-3.0, 0.001)])
def test_no_bar_is_longer_than_its_side(values: tuple[float, ...]) -> None:
    scale = Scale.of(values, 31)
    assert scale.left + scale.right == 30
    for value in values:
        left, right = scale.bar(value)
        assert (len(left), len(right)) == (scale.left, scale.right)


def test_no_parts_make_no_lines() -> None:
    assert bars([], 60).plain == ""
