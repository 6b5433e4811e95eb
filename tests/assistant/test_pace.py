from __future__ import annotations

import pytest

from assistant.pace import Pace, duration


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_nothing_is_known_at_first(clock: Clock) -> None:
    pace = Pace(clock)
    assert (pace.per_second, pace.left_s(10)) == (None, None)
    pace.reached(5)
    assert (pace.per_second, pace.left_s(10)) == (None, None)


def test_what_was_there_before_is_no_speed(clock: Clock) -> None:
    pace = Pace(clock)
    pace.reached(400)  # resumed
    clock.now += 2
    pace.reached(420)
    assert (pace.per_second, pace.left_s(500)) == (10.0, 8.0)


def test_only_the_last_seconds_count(clock: Clock) -> None:
    pace = Pace(clock)
    for second in range(60):
        pace.reached(min(second, 30) * 100 + max(second - 30, 0))
        clock.now += 1
    assert pace.per_second is not None
    assert 0.5 < pace.per_second < 1.5


def test_what_stands_still_gets_slower(clock: Clock) -> None:
    pace = Pace(clock)
    pace.reached(0)
    clock.now += 1
    pace.reached(10)
    clock.now += 9
    assert pace.per_second == 1.0


def test_work_that_begins_anew_has_no_speed_yet(clock: Clock) -> None:
    pace = Pace(clock)
    pace.reached(100)
    clock.now += 5
    pace.reached(0)
    clock.now += 1
    pace.reached(3)
    assert pace.per_second == 3.0
    assert pace.left_s(3) == 0.0
    assert pace.left_s(1) == 0.0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (89, "1 min"),
        (3599, "60 min"),
        (3900, "1 h 05 min"),
    ],
)
def test_times_are_said_as_exactly_as_they_are_known(seconds: float, said: str) -> None:
    assert duration(seconds) == said
