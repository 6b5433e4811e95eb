from __future__ import annotations

import pytest

from assistant.retrieve.facts import closeness_in_time, popularity
from assistant.types import Video


def video(number: int, **fields: object) -> Video:
    return Video.model_validate({"id": f"v:{number}", "title": "A Talk"} | fields)


def test_popularity_is_relative_to_those_given() -> None:
    videos = [video(1, views=100), video(2, views=10_000), video(3), video(4, likes=5)]
    scores = popularity(videos)
    assert scores[1] > 0 > scores[0]
    assert scores[2] == 0
    assert scores[3] == pytest.approx(scores[0])  # five likes count as a hundred views


def test_small_differences_of_popularity_are_none() -> None:
    scores = popularity([video(1, views=1000), video(2, views=1010)])
    assert abs(scores[0] - scores[1]) < 0.1


def test_popularity_of_nothing_known_is_zero() -> None:
    assert popularity([video(1), video(2)]).tolist() == [0, 0]
    assert popularity([]).tolist() == []


def test_closeness_in_time_falls_with_the_years_between() -> None:
    videos = [video(1, year=1999), video(2, year=1990), video(3, year=1960), video(4)]
    scores = closeness_in_time(videos, [video(5, year=2000), video(6, year=1998), video(7)])
    assert scores[0] > scores[1] > scores[2]
    assert scores[0] > 0 > scores[2]
    assert scores[3] == 0


def test_no_years_no_closeness() -> None:
    assert closeness_in_time([video(1, year=2000)], [video(2)]).tolist() == [0]
    assert closeness_in_time([video(1)], [video(2, year=2000)]).tolist() == [0]
    assert closeness_in_time([], [video(2, year=2000)]).tolist() == []
