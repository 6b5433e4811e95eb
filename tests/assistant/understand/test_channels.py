from __future__ import annotations

import pytest

from assistant.understand.channels import read_channels

CHANNELS = (
    "TED",
    "MIT",
    "MIT OpenCourseWare",
    "NPR Music",
    "Python",
    "BBC",
    "Netflix",
    "Veritasium",
    "Numberphile",
    "CCTV",
    "中国大学MOOC",
)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("from TED", "TED"),
        ("talks from ted about happiness", "TED"),
        ("lectures by MIT", "MIT"),
        ("by MIT OpenCourseWare", "MIT OpenCourseWare"),
        ("on NPR Music", "NPR Music"),
        ("TED talks", "TED"),
        ("the BBC's documentaries", "BBC"),
        ("videos from Python", "Python"),
        ("来自TED的演讲", "TED"),
        ("以内的TED演讲", "TED"),
        ("中国大学MOOC的课程", "中国大学MOOC"),
        ("stand-up on Netflix", "Netflix"),
        ("有没有 TED 上讲创造力的", "TED"),
        ("在TED上的演讲", "TED"),
    ],
)
def test_wanted(text: str, channel: str) -> None:
    assert read_channels(text, CHANNELS).constraints.channels == (channel,)


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("anything from Veritasium or Numberphile", ("Veritasium", "Numberphile")),
        ("TED and BBC talks", ("TED", "BBC")),
        ("来自TED或者BBC的", ("TED", "BBC")),
    ],
)
def test_several(text: str, channels: tuple[str, ...]) -> None:
    assert read_channels(text, CHANNELS).constraints.channels == channels


@pytest.mark.parametrize(
    ("text", "channels", "left"),
    [
        ("nothing from TED", ("TED",), ""),
        ("documentaries, but not from the BBC", ("BBC",), "documentaries, but "),
        ("no TED talks", ("TED",), " talks"),
        ("anything but TED", ("TED",), ""),
        ("nothing from TED or the BBC", ("TED", "BBC"), ""),
        ("no talks from TED", ("TED",), ""),
        ("不要CCTV的历史纪录片", ("CCTV",), "历史纪录片"),
        ("不要TED的", ("TED",), ""),
        ("TED以外的演讲", ("TED",), "演讲"),
    ],
)
def test_unwanted(text: str, channels: tuple[str, ...], left: str) -> None:
    reading = read_channels(text, CHANNELS)

    assert reading.constraints.not_channels == channels
    assert reading.constraints.channels == ()
    ((start, end),) = reading.spans
    assert text[:start] + text[end:] == left


@pytest.mark.parametrize(
    "text", ["talks on Python", "from TEDx", "python", "united by music", "ted", ""]
)
def test_no_channel(text: str) -> None:
    assert read_channels(text, CHANNELS).constraints.empty


def test_without_channels_there_is_none() -> None:
    assert read_channels("from TED", ()).constraints.empty
    assert read_channels("from TED", ("",)).constraints.empty
