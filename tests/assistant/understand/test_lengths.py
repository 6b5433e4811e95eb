from __future__ import annotations

import pytest

from assistant.types import Relative
from assistant.understand.amounts import amounts_in
from assistant.understand.lengths import read_lengths

MINUTE = 60
HOUR = 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 minutes", 90 * MINUTE),
        ("1h30", 90 * MINUTE),
        ("1h 30m", 90 * MINUTE),
        ("1 hour 20 minutes", 80 * MINUTE),
        ("an hour and a half", 90 * MINUTE),
        ("one and a half hours", 90 * MINUTE),
        ("1.5 hours", 90 * MINUTE),
        ("half an hour", 30 * MINUTE),
        ("three quarters of an hour", 45 * MINUTE),
        ("a quarter of an hour", 15 * MINUTE),
        ("forty-five minutes", 45 * MINUTE),
        ("a couple of hours", 2 * HOUR),
        ("30 seconds", 30),
        ("半小时", 30 * MINUTE),
        ("一个半小时", 90 * MINUTE),
        ("两个小时", 2 * HOUR),
        ("1小时20分钟", 80 * MINUTE),
        ("一百二十分钟", 120 * MINUTE),
        ("三刻钟", 45 * MINUTE),
        ("1小时半", 90 * MINUTE),
        ("forty-two minutes", 42 * MINUTE),
        ("one hundred and twenty minutes", 120 * MINUTE),
        ("a hundred minutes", 100 * MINUTE),
        ("eighteen minutes", 18 * MINUTE),
    ],
)
def test_an_amount_of_time(text: str, seconds: int) -> None:
    (amount,) = amounts_in(text)

    assert amount.seconds == seconds
    assert text[amount.start : amount.end] == text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("something under 20 minutes", None, 20),
        ("less than an hour", None, 60),
        ("shorter than 1h30", None, 90),
        ("no longer than 40 minutes", None, 40),
        ("not more than 2 hours", None, 120),
        ("nothing over an hour", None, 60),
        ("90 min or less", None, 90),
        ("an hour and a half max", None, 90),
        ("up to 15m", None, 15),
        ("< 30 min", None, 30),
        ("I only have 20 minutes", None, 20),
        ("explain black holes in under 5 minutes", None, 5),
        ("at least 2 hours", 120, None),
        ("2 hours or more", 120, None),
        ("nothing under 2 hours", 120, None),
        ("between 10 and 20 min", 10, 20),
        ("10-20 minutes", 10, 20),
        ("between 30 minutes and 1 hour", 30, 60),
        ("from 1 to 2 hours", 60, 120),
        ("about half an hour", 22.5, 37.5),
        ("around 40 minutes long", 30, 50),
        ("a 20-minute talk", 15, 25),
        ("20 minutes", 15, 25),
        ("food, Japan, 1 hour", 45, 75),
        ("不超过20分钟", None, 20),
        ("半小时以内", None, 30),
        ("半小时以内的TED演讲", None, 30),
        ("少于一个小时", None, 60),
        ("我只有20分钟", None, 20),
        ("90分钟以上", 90, None),
        ("至少两小时", 120, None),
        ("一个小时左右", 45, 75),
        ("20分钟的视频", 15, 25),
        ("10到20分钟", 10, 20),
        ("make it under 20", None, 20),
        ("under 20", None, 20),
        ("under 20 please", None, 20),
        ("talks under 30", None, 30),
        ("keep it under ninety", None, 90),
        ("over 40", 40, None),
        ("less than two hours but more than one", 60, 120),
        ("at least an hour but under 90", 60, 90),
        ("over an hour but no more than two", 60, 120),
        ("20-30 min", 20, 30),
        ("half an hour tops", None, 30),
        ("a sub-20-minute talk", None, 20),
        ("an hour-long talk", 45, 75),
        ("one hour of piano", 45, 75),
        ("over two hours, no, under 20 minutes", None, 20),
        ("under 20 minutes, no, at least an hour", 60, None),
        ("a short talk, at most 30 minutes", None, 30),
        ("不低于5分钟的韩语音乐", 5, None),
        ("不少于半小时", 30, None),
        ("不要太长，一小时以内", None, 60),
    ],
)
def test_limits_in_minutes(text: str, low: float | None, high: float | None) -> None:
    limits = read_lengths(text).constraints

    assert limits.min_duration_s == (None if low is None else low * MINUTE)
    assert limits.max_duration_s == (None if high is None else high * MINUTE)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a short one", None, 15),
        ("something quick", None, 15),
        ("a quick talk on testing", None, 15),
        ("keep it short", None, 15),
        ("简短的", None, 15),
        ("短视频", None, 15),
        ("a long film", 150, None),
        ("something long", 60, None),
        ("a feature-length documentary", 60, None),
    ],
)
def test_limits_in_words(text: str, low: int | None, high: int | None) -> None:
    limits = read_lengths(text).constraints

    assert limits.min_duration_s == (None if low is None else low * MINUTE)
    assert limits.max_duration_s == (None if high is None else high * MINUTE)


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("shorter", Relative.SHORTER),
        ("a bit shorter please", Relative.SHORTER),
        ("that's too long", Relative.SHORTER),
        ("nothing too long", Relative.SHORTER),
        ("短一点", Relative.SHORTER),
        ("太长了", Relative.SHORTER),
        ("longer", Relative.LONGER),
        ("too short", Relative.LONGER),
        ("长一点的", Relative.LONGER),
    ],
)
def test_comparisons(text: str, relative: Relative) -> None:
    assert read_lengths(text).relative is relative


@pytest.mark.parametrize(
    "text",
    [
        "cook dinner in under 30 minutes",
        "dinner recipes ready in 20 minutes",
        "learn guitar in 30 minutes",
        "24 hours in Tokyo",
        "the last 5 minutes of a match",
        "a short history of nearly everything",
        "short stories",
        "short hair",
        "a long way home",
        "no longer available",
        "longer lives",
        "成长的故事",
        "top 20 goals",
        "films for people over 40",
        "under 3",
        "a team of under 20 players",
        "24 hours of racing",
        "Ah! I like him",
        "a second one",
        "I saw it not too long ago",
        "the first 20 minutes of a match",
        "under 2000",
    ],
)
def test_no_limit(text: str) -> None:
    reading = read_lengths(text)

    assert reading.constraints.empty
    assert reading.relative is None
    assert reading.spans == ()


def test_too_long_beside_a_figure_is_understood() -> None:
    text = "nothing too long, under an hour"
    spans = read_lengths(text).spans

    assert {text[start:end] for start, end in spans} == {"nothing too long", "under an hour"}


def test_the_kind_is_left_beside_a_mere_figure() -> None:
    assert read_lengths("talks under 30").spans == ((6, 14),)
