"""What a message that only tells of the person is answered with picks for."""

from __future__ import annotations

import pytest

from assistant.types import Company, Constraints, DialogueState, Intent, Kind, Request, Slot
from assistant.understand import follow, understand
from assistant.understand.implied import implied
from tests.assistant.understand.dialogue import NAMES, PICKS, TODAY, talk


def told(message: str, *before: str) -> Request | None:
    """What lies in `message`, after others that were answered."""
    state = DialogueState()
    for request in talk(*before):
        state = follow(state, request, PICKS if request.intent.recommends else ())
    return implied(understand(message, state, NAMES, today=TODAY), state, NAMES)


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("Hi, I like comedies", "comedies"),
        ("I love Ghibli", "Ghibli"),
        ("I like jazz and westerns", "jazz, westerns"),
        ("我喜欢喜剧", "喜剧"),
        ("你好，我喜欢喜剧", "喜剧"),
        ("嗨我喜欢喜剧", "喜剧"),
        ("I like comedies. What do you recommend?", "comedies"),
        ("I love jazz, what should I watch tonight?", "jazz"),
        ("我喜欢喜剧，推荐点什么吧", "喜剧"),
    ],
)
def test_a_liking_asks_for_what_is_liked(message: str, wish: str) -> None:
    asked = told(message)
    assert asked is not None
    assert (asked.intent, asked.wish, asked.message) == (Intent.RECOMMEND, wish, message)
    assert len(asked.noted) == 1
    assert asked.changed == (Slot.WISH,)


def test_what_is_liked_is_read_as_a_request_is() -> None:
    asked = told("I love documentaries")
    assert asked is not None
    assert asked.constraints == Constraints(kinds=(Kind.DOCUMENTARY,))
    asked = told("I'm a big fan of Bill Murray")
    assert asked is not None
    assert asked.constraints == Constraints(people=("Bill Murray",))


def test_limits_that_hold_for_anything_stand_and_what_was_wanted_does_not() -> None:
    asked = told("I love westerns", "two documentaries about whales under 90 minutes, no sharks")
    assert asked is not None
    assert (asked.wish, asked.count) == ("westerns", 2)
    assert asked.constraints == Constraints(max_duration_s=5400)
    assert [one.term for one in asked.avoid] == ["shark"]


@pytest.mark.parametrize(
    "message",
    [
        "I never watch horror",
        "my kids are with me",
        "my kids love cartoons",
        "when the kids are here, nothing over 90 minutes",
        "remember that I love westerns",
        "我从来不看恐怖片",
    ],
)
def test_a_fact_alone_asks_for_nothing(message: str) -> None:
    assert told(message) is None


def test_a_fact_is_answered_with_what_stands() -> None:
    asked = told("I never watch horror", "a film about trains")
    assert asked is not None
    assert (asked.intent, asked.wish) == (Intent.RECOMMEND, "trains")
    assert asked.constraints == Constraints(kinds=(Kind.FILM,))
    assert (len(asked.noted), asked.changed) == (1, ())
    asked = told("my kids are with me", "a film about trains")
    assert asked is not None
    assert (asked.company, asked.changed) == (Company.KIDS, (Slot.COMPANY,))


def test_what_is_asked_for_beside_a_liking_limits_it_or_stands_for_itself() -> None:
    asked = told("I love jazz, anything under an hour?")
    assert asked is not None
    assert asked.wish == "jazz"
    assert asked.constraints == Constraints(max_duration_s=3600)
    assert told("I love jazz, but show me a film about whales") is None
    assert told("I love jazz, surprise me") is None
    assert told("what should I watch?") is None


def test_what_does_not_hold_now_changes_nothing() -> None:
    assert told("when the kids are here, nothing over 90 minutes", "a film about trains") is None
