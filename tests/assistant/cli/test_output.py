from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.cli.output import as_text, json_line
from assistant.types import (
    Answered,
    Constraints,
    ExplanationChunk,
    NamedTitle,
    Pick,
    Ranked,
    Request,
    TurnEvent,
    Understood,
    Video,
)
from benchmarks.bad_input.judge import unfit
from benchmarks.bad_input.texts import HAND_MADE


def events(text: str) -> Iterator[TurnEvent]:
    """A turn in which everything says `text`, as if nothing had cleaned it."""
    text = text.encode("utf-8", "replace").decode()  # half a character cannot be in a value
    video = Video(id="file:x", title=f"x{text}", channel=text, people=(text,))
    request = Request(message=text, wish=text, constraints=Constraints(channels=(text,)))
    yield Understood(request=request)
    yield Ranked(picks=(Pick(video=video, rank=1, score=1.0, parts={}, cluster=text),))
    yield ExplanationChunk(video_id="file:x", text=text)
    yield Answered(text=text)


@pytest.mark.parametrize("text", HAND_MADE, ids=ascii)
def test_a_turn_steers_no_terminal_whatever_it_is_about(text: str) -> None:
    for piece in as_text(events(text)):
        assert not list(unfit(piece))


@pytest.mark.parametrize("text", HAND_MADE, ids=ascii)
def test_json_steers_no_terminal_and_says_the_same(text: str) -> None:
    line = json_line({"a": text, text: [text]})
    assert not list(unfit(line, heaps=False))
    assert "\n" not in line
    assert json.loads(line) == {"a": text, text: [text]}


def test_json_keeps_letters_as_they_are() -> None:
    assert (
        json_line(["千と千尋", "naïve", "می\u200cخواهم"])
        == '["千と千尋", "naïve", "می\u200cخواهم"]'
    )


def test_a_title_taken_out_of_several_is_told_before_the_limits() -> None:
    it = NamedTitle(video_id="a:b", title="It", mention="It", match=1.0, year=2017, others=2)
    sole = it.model_copy(update={"title": "Ran", "others": 0})
    limits = Constraints(max_duration_s=5400)
    request = Request(message="x", named=(it, sole), constraints=limits)

    assert list(as_text([Understood(request=request)])) == [
        "(“It” (2017, one of 3), at most 90 min)\n"
    ]
    assert list(as_text([Understood(request=Request(message="x", named=(sole,)))])) == []
