from __future__ import annotations

import pytest

from assistant.types import Intent, Request, SaidSignal, Signal
from assistant.understand import understand
from tests.assistant.understand.dialogue import NAMES, PICKS, TODAY, hear, looking_at, talk

STANDING = Request(message="whales", wish="whales")


def said(place: int, signal: Signal, rating: float | None = None) -> SaidSignal:
    return SaidSignal(video_id=PICKS[place - 1], signal=signal, rating=rating)


@pytest.mark.parametrize(
    ("message", "signals"),
    [
        ("I've seen 2", [said(2, Signal.WATCHED)]),
        ("I've seen the second one already", [said(2, Signal.WATCHED)]),
        ("already watched the first two", [said(1, Signal.WATCHED), said(2, Signal.WATCHED)]),
        ("mark 4 as watched", [said(4, Signal.WATCHED)]),
        ("finished the last one yesterday", [said(5, Signal.FINISHED)]),
        ("save 3", [said(3, Signal.SAVED)]),
        ("add the second to my watchlist", [said(2, Signal.SAVED)]),
        ("2 was great", [said(2, Signal.LIKED)]),
        ("I loved the third one", [said(3, Signal.LIKED)]),
        ("the first one was boring", [said(1, Signal.DISLIKED)]),
        ("didn't like 4 at all", [said(4, Signal.DISLIKED)]),
        ("not interested in 4", [said(4, Signal.HIDDEN)]),
        ("hide the last", [said(5, Signal.HIDDEN)]),
        ("never show me number 5 again", [said(5, Signal.HIDDEN)]),
        ("I don't want 3", [said(3, Signal.HIDDEN)]),
        ("看过第二个", [said(2, Signal.WATCHED)]),
        ("第一个和第三个我都看过了", [said(1, Signal.WATCHED), said(3, Signal.WATCHED)]),
        ("收藏第三个", [said(3, Signal.SAVED)]),
        ("第二个很好看", [said(2, Signal.LIKED)]),
        ("不喜欢第三个", [said(3, Signal.DISLIKED)]),
        ("对第四个不感兴趣", [said(4, Signal.HIDDEN)]),
        ("别再给我看第五个了", [said(5, Signal.HIDDEN)]),
        (
            "1 was great, 3 was boring, and I've seen 5",
            [said(1, Signal.LIKED), said(3, Signal.DISLIKED), said(5, Signal.WATCHED)],
        ),
    ],
)
def test_what_was_done_with_picks(message: str, signals: list[SaidSignal]) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.SIGNAL
    assert list(request.signals) == signals
    assert (request.wish, request.references, request.changed) == ("whales", (), ())


@pytest.mark.parametrize(
    ("message", "rating"),
    [
        ("rate 2 four stars", 4.0),
        ("rate 2 4/5", 4.0),
        ("rate 2 4 out of 5", 4.0),
        ("rate 2 8/10", 4.0),
        ("I give 2 a 9 out of 10", 4.5),
        ("give 2 seven", 3.5),
        ("2: 5 stars", 5.0),
        ("3 and a half stars for 2", 3.5),
        ("给第二个打四星", 4.0),
        ("给第二个打四星半", 4.5),
        ("给第二个打8分", 4.0),
    ],
)
def test_ratings_of_five_and_of_ten(message: str, rating: float) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.SIGNAL
    assert request.signals == (said(2, Signal.RATED, rating),)


@pytest.mark.parametrize(
    "message",
    [
        "I haven't seen 2",
        "have you seen the second one?",
        "save the whales",
        "hide and seek",
        "rate my professor",
        "seen from space",
        "I've seen the second world war films",
        "没看过第二个",
    ],
)
def test_nothing_was_done(message: str) -> None:
    assert hear(message, STANDING).signals == ()


def test_a_signal_with_a_request_is_a_request() -> None:
    other = hear("I've seen 2, something else shorter", STANDING)
    more = hear("I loved the third one, more like that", STANDING)
    less = hear("3 was boring, less like that", STANDING)
    similar = hear("give number 2 five stars and show me something similar", STANDING)

    assert other.intent is Intent.SOMETHING_ELSE
    assert other.signals == (said(2, Signal.WATCHED),)
    assert (more.intent, more.references) == (Intent.MORE_LIKE, ("c:3",))
    assert (less.intent, less.references) == (Intent.LESS_LIKE, ("c:3",))
    assert (similar.intent, similar.references) == (Intent.MORE_LIKE, ("b:2",))
    assert similar.signals == (said(2, Signal.RATED, 5.0),)


def test_a_signal_with_a_question_is_a_question() -> None:
    request = hear("I loved 2, what is 3 about?", STANDING)

    assert (request.intent, request.references) == (Intent.ABOUT, ("c:3",))
    assert request.signals == (said(2, Signal.LIKED),)


def test_a_title_that_was_loved_is_wanted_too() -> None:
    for message, signal, liking in (
        ("I loved Alien", Signal.LIKED, 1),
        ("I hated Alien", Signal.DISLIKED, -1),
        ("I watched Alien and hated it", Signal.DISLIKED, -1),
    ):
        request = hear(message)

        assert request.intent is Intent.RECOMMEND
        assert SaidSignal(video_id="film:alien", signal=signal) in request.signals
        assert [(one.video_id, one.liking) for one in request.named] == [("film:alien", liking)]


def test_a_title_that_was_only_seen_is_not() -> None:
    request = hear("I've seen Alien")

    assert request.intent is Intent.SIGNAL
    assert request.signals == (SaidSignal(video_id="film:alien", signal=Signal.WATCHED),)
    assert request.named == ()


def test_it_is_what_was_spoken_of_last() -> None:
    asked, seen = talk("films about whales", "what is 2 about?", "seen it")[1:]

    assert asked.intent is Intent.ABOUT
    assert seen.signals == (said(2, Signal.WATCHED),)


def test_it_is_the_only_pick_there_is() -> None:
    state = looking_at(("b:2",))

    assert understand("seen it", state, NAMES, today=TODAY).signals == (said(2, Signal.WATCHED),)


def test_it_is_not_clear() -> None:
    request = hear("seen it", STANDING)

    assert request.intent is Intent.SIGNAL
    assert request.signals == ()
