from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from assistant.types import Interaction, Signal, Video
from store.library import Library

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def signal(video_id: str = "test:1", hours: int = 0, **fields: object) -> Interaction:
    return Interaction.model_validate(
        {"video_id": video_id, "signal": "liked", "at": NOON + timedelta(hours=hours), **fields}
    )


def test_signals_come_back_oldest_first_and_in_utc(library: Library) -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9))) - timedelta(hours=1)
    late, early = signal(hours=1), signal("test:2", at=tokyo, signal="rated", rating=4.5)
    library.add_interaction(late)
    library.add_interaction(early)
    assert library.interactions() == [early, late]
    assert all(item.at.tzinfo == UTC for item in library.interactions())


def test_a_moment_without_a_zone_is_taken_as_utc(library: Library) -> None:
    library.add_interaction(signal(at=NOON.replace(tzinfo=None)))
    assert library.interactions()[0].at == NOON


def test_the_same_signal_at_the_same_moment_is_stored_once(library: Library) -> None:
    first = library.add_interaction(signal(signal="rated", rating=2.0))
    again = library.add_interaction(signal(signal="rated", rating=3.0))
    assert first == again
    assert [item.rating for item in library.interactions()] == [3.0]
    known = signal(signal="rated", rating=3.0)
    assert library.add_interactions([known, signal(hours=2), signal(hours=2)]) == 1
    assert library.add_interactions([known, signal(hours=2)]) == 0


def test_a_signal_can_be_taken_back_and_its_row_is_never_given_again(library: Library) -> None:
    kept = library.add_interaction(signal())
    row = library.add_interaction(signal(hours=1))
    library.remove_interaction(row)
    assert library.interactions() == [signal()]
    assert library.add_interaction(signal(hours=2)) not in (kept, row)


def test_history_outlives_the_video(library: Library) -> None:
    library.put_videos([Video(id="test:1", title="A video")])
    library.add_interaction(signal())
    library.remove_videos(["test:1"])
    assert [item.signal for item in library.interactions()] == [Signal.LIKED]


def test_title_likelihoods_are_kept_by_model(library: Library) -> None:
    library.put_videos([Video(id="test:1", title="One"), Video(id="test:2", title="Two")])
    library.put_title_likelihoods("a", {"test:1": (-3.5, 2), "test:gone": (-1.0, 1)})
    library.put_title_likelihoods("b", {"test:1": (-4.5, 3)})
    library.put_title_likelihoods("a", {"test:2": (-5.0, 4), "test:1": (-3.0, 2)})
    wanted = ["test:1", "test:2", "test:gone"]
    assert library.title_likelihoods("a", wanted) == {"test:1": (-3.0, 2), "test:2": (-5.0, 4)}
    assert library.title_likelihoods("b", wanted) == {"test:1": (-4.5, 3)}
