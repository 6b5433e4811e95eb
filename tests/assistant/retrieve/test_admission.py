from __future__ import annotations

import pytest

from assistant.retrieve.admission import Repeats
from assistant.types import Video


def video(number: int, title: str = "A Talk", **fields: object) -> Video:
    return Video.model_validate({"id": f"v:{number}", "title": title} | fields)


@pytest.mark.parametrize(
    ("one", "other", "repeated"),
    [
        ({"people": ("Ada",)}, {"people": ("ada", "Bob")}, True),
        ({"people": ("Ada",)}, {"people": ("Bob",)}, False),
        ({"people": ("Ada",)}, {"people": ("Ada",), "title": "a talk!"}, True),
        ({"people": ("Ada",)}, {"people": ("Ada",), "title": "Another Talk"}, False),
        ({"people": ("Ada",), "year": 2014}, {"people": ("Ada",), "year": 2016}, True),
        ({"people": ("Ada",), "year": 1934}, {"people": ("Ada",), "year": 1956}, False),
        ({"channel": "C"}, {"channel": "C"}, True),
        ({"channel": "C"}, {"channel": "D"}, False),
        ({"channel": "C", "people": ("Ada",)}, {"channel": "C"}, True),
        ({}, {}, False),
        ({"title": "!!!", "channel": "C"}, {"title": "???", "channel": "C"}, False),
    ],
)
def test_repeats(one: dict[str, object], other: dict[str, object], repeated: bool) -> None:
    repeats = Repeats([])
    assert repeats.is_new(video(1, **({"title": "A Talk"} | one)))  # type: ignore[arg-type]
    assert repeats.is_new(video(2, **({"title": "A Talk"} | other))) is not repeated  # type: ignore[arg-type]


def test_what_was_seen_before_is_not_new() -> None:
    seen = video(1, people=("Ada",))
    assert not Repeats([seen]).is_new(video(2, people=("Ada",)))
