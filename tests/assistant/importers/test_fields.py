from __future__ import annotations

import math
from datetime import date

import pytest

from assistant.importers import fields


@pytest.mark.parametrize("value", [None, True, "7", -1, math.nan, math.inf, 10**400, [7]])
def test_what_is_no_count_says_nothing(value: object) -> None:
    assert fields.whole(value) is None


def test_durations_are_rounded_and_not_zero() -> None:
    assert fields.seconds(61.6) == 62
    assert fields.seconds(0) is None
    assert fields.seconds(10**9) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-05-31", date(2024, 5, 31)),
        ("2024-05-31T10:00:00+02:00", date(2024, 5, 31)),
        ("20240531", date(2024, 5, 31)),
        ("2024-02-31", None),
        ("0001-01-01", None),
        ("May 2024", None),
        (20240531, None),
    ],
)
def test_days(value: object, day: date | None) -> None:
    assert fields.day(value) == day


@pytest.mark.parametrize("value", [10**15, -5, "1700000000", None])
def test_impossible_timestamps_say_nothing(value: object) -> None:
    assert fields.day_of_timestamp(value) is None


def test_names_are_clean_and_come_once() -> None:
    assert fields.names(["Ada \x1b[1m", "ada", "", None, 3], "not a list", ["Bob"]) == (
        "Ada",
        "Bob",
    )


def test_no_more_of_a_long_list_is_looked_at_than_is_kept() -> None:
    many = [f"tag {number}" for number in range(fields.MAX_LOOKED_AT)]
    assert fields.names(many) == tuple(many[: fields.MAX_NAMES])
    assert fields.names([""] * fields.MAX_LOOKED_AT + ["late"]) == ()
    assert fields.names([1, None, {}] * 100 + ["in time"]) == ("in time",)
