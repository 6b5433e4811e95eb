from __future__ import annotations

import pytest

from assistant.types import Kind, Video
from assistant.wording import duration, facts


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (60, "1 min"), (3570, "1 h"), (3600, "1 h"), (7500, "2 h 5 min")],
)
def test_a_length_is_said_as_a_person_would(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_only_what_is_known_is_said() -> None:
    assert facts(Video(id="a:b", title="x")) == "video"
    video = Video(
        id="a:b", title="x", year=1953, duration_s=8160, kind=Kind.FILM, language="ja", channel="S"
    )
    assert facts(video) == "1953 · 2 h 16 min · film · Japanese · S"
