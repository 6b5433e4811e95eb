from __future__ import annotations

import pytest

from assistant.understand.channels import read_channels

CHANNELS = ("TED", "MIT", "MIT OpenCourseWare", "NPR Music", "Python", "BBC", "中国大学MOOC")


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
    ],
)
def test_wanted(text: str, channel: str) -> None:
    assert read_channels(text, CHANNELS).constraints.channels == (channel,)


@pytest.mark.parametrize(
    "text", ["talks on Python", "from TEDx", "python", "united by music", "ted", ""]
)
def test_no_channel(text: str) -> None:
    assert read_channels(text, CHANNELS).constraints.empty


def test_without_channels_there_is_none() -> None:
    assert read_channels("from TED", ()).constraints.empty
    assert read_channels("from TED", ("",)).constraints.empty
