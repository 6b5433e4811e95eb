from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.relevance.opinions import opinions
from assistant.types import Interaction, Signal

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def given(
    signal: Signal, hour: int = 0, video_id: str = "a:1", rating: float | None = None
) -> Interaction:
    return Interaction(
        video_id=video_id, signal=signal, at=DAY + timedelta(hours=hour), rating=rating
    )


@pytest.mark.parametrize(
    ("signals", "relevant"),
    [
        ([Signal.LIKED], True),
        ([Signal.WATCHED], True),
        ([Signal.SAVED], True),
        ([Signal.DISLIKED], False),
        ([Signal.HIDDEN], False),
        ([Signal.LIKED, Signal.DISLIKED], False),
        ([Signal.DISLIKED, Signal.WATCHED], False),
        ([Signal.HIDDEN, Signal.LIKED], True),
    ],
)
def test_the_last_thing_said_counts_and_watching_takes_nothing_back(
    signals: list[Signal], relevant: bool
) -> None:
    found = opinions([given(signal, hour) for hour, signal in enumerate(signals)])
    assert [one.relevant for one in found] == [relevant]


def test_what_is_stronger_weighs_more() -> None:
    def strength(signal: Signal) -> float:
        [found] = opinions([given(signal)])
        return found.strength

    assert strength(Signal.LIKED) > strength(Signal.WATCHED) > strength(Signal.SAVED) > 0
    assert strength(Signal.DISLIKED) > strength(Signal.HIDDEN) > 0
    [watched] = opinions([given(Signal.SAVED), given(Signal.WATCHED, 1)])
    assert watched.strength == strength(Signal.WATCHED)


def test_being_shown_says_nothing() -> None:
    assert opinions([given(Signal.SHOWN)]) == []
    [liked] = opinions([given(Signal.LIKED), given(Signal.SHOWN, 1)])
    assert liked.relevant


def test_a_rating_is_compared_with_the_viewers_mean() -> None:
    strict = [given(Signal.RATED, n, f"a:{n}", 1.0) for n in range(8)]
    strict.append(given(Signal.RATED, 9, "a:9", 3.0))
    mild = [given(Signal.RATED, n, f"a:{n}", 5.0) for n in range(8)]
    mild.append(given(Signal.RATED, 9, "a:9", 3.0))
    assert next(one for one in opinions(strict) if one.video_id == "a:9").relevant
    assert not next(one for one in opinions(mild) if one.video_id == "a:9").relevant


def test_a_rating_a_little_below_the_mean_says_nothing() -> None:
    ratings = (4.0, 4.0, 4.0, 3.5)
    rated = [given(Signal.RATED, n, f"a:{n}", rating) for n, rating in enumerate(ratings)]
    assert [one.video_id for one in opinions(rated)] == ["a:0", "a:1", "a:2"]


def test_opinions_come_in_the_order_of_time() -> None:
    later, earlier = given(Signal.LIKED, 5, "a:1"), given(Signal.DISLIKED, 1, "a:2")
    assert [one.video_id for one in opinions([later, earlier])] == ["a:2", "a:1"]
