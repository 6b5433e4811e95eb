from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.evaluation.own_history import TooLittleHistory, own_task
from assistant.types import Interaction, Signal

START = datetime(2024, 1, 1, tzinfo=UTC)
KNOWN = frozenset(f"file:{number}" for number in range(200))


def signal(number: int, day: int, kind: Signal = Signal.LIKED) -> Interaction:
    return Interaction(video_id=f"file:{number}", signal=kind, at=START + timedelta(days=day))


def test_each_cut_knows_what_came_before_and_seeks_what_came_next() -> None:
    likes = [signal(number, number) for number in range(13)]
    task = own_task(list(reversed(likes)), KNOWN, leave_last=5)
    first, last = task.queries
    assert first.relevant == {f"file:{number}" for number in range(3, 8)}
    assert {one.video_id for one in first.history} == {"file:0", "file:1", "file:2"}
    assert last.relevant == {f"file:{number}" for number in range(8, 13)}
    assert last.exclude == {f"file:{number}" for number in range(8)}


def test_no_like_is_held_out_twice_and_most_are_held_out() -> None:
    task = own_task([signal(number, number) for number in range(60)], KNOWN)
    held_out = [id_ for query in task.queries for id_ in query.relevant]
    assert len(held_out) == len(set(held_out)) >= 50
    assert len(task.queries) >= 10


def test_nothing_of_what_is_to_be_found_is_known() -> None:
    """A video that was watched and saved before it was liked is no secret: it is taken out."""
    seen = [signal(number, 0, Signal.WATCHED) for number in range(20)]
    likes = [signal(number, 1 + number) for number in range(20)]
    for query in own_task([*seen, *likes], KNOWN).queries:
        assert not query.relevant & {one.video_id for one in query.history}
        assert not query.relevant & query.exclude


def test_what_happened_at_the_same_moment_is_told_apart() -> None:
    """An import may give all signals one moment: a cut among them keeps to their order."""
    task = own_task([signal(number, 0) for number in range(10)], KNOWN, leave_last=1)
    assert [len(query.history) for query in task.queries] == [3, 4, 5, 6, 7, 8, 9]


def test_later_signals_and_shown_videos_are_not_known() -> None:
    likes = [signal(number, number) for number in range(10)]
    shown = [signal(100, 0, Signal.SHOWN)]
    disliked_at_the_end = [signal(101, 50, Signal.DISLIKED)]
    for query in own_task([*likes, *shown, *disliked_at_the_end], KNOWN).queries:
        assert not {"file:100", "file:101"} & {one.video_id for one in query.history}


def test_of_who_never_said_what_they_like_it_is_what_they_watched() -> None:
    task = own_task([signal(number, number, Signal.WATCHED) for number in range(12)], KNOWN)
    assert task.queries


def test_a_bad_rating_is_nothing_to_be_found() -> None:
    rated = [
        Interaction(video_id=f"file:{number}", signal=Signal.RATED, at=START + timedelta(number),
                    rating=5.0 if number % 2 else 1.0)
        for number in range(30)
    ]  # fmt: skip
    for query in own_task(rated, KNOWN).queries:
        assert all(int(id_.removeprefix("file:")) % 2 for id_ in query.relevant)


@pytest.mark.parametrize(("likes", "told"), [(0, "0 likes"), (1, "1 like "), (7, "7 likes")])
def test_too_little_history_says_so(likes: int, told: str) -> None:
    with pytest.raises(TooLittleHistory) as error:
        own_task([signal(number, number) for number in range(likes)], KNOWN)
    assert told in error.value.detail
    assert "8 are needed" in error.value.detail


def test_likes_of_videos_that_are_not_there_do_not_count() -> None:
    with pytest.raises(TooLittleHistory):
        own_task([signal(1000 + number, number) for number in range(50)], KNOWN)
