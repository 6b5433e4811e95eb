from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineEvent, EngineRequest
from assistant.engine.protocol.hidden import DeclinedListed, ListDeclined, TakeBack
from assistant.narrator import Silent
from assistant.types import Interaction, Signal
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS
from tests.assistant.engine.support import fake_start

START = datetime(2026, 3, 1, 20, tzinfo=UTC)
GONE = "imdb:tt0000001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskCore]:
    """A desk over a library in which three videos are declined, one of them gone since."""
    start = fake_start(tmp_path)
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
        for hours, video_id in enumerate((VIDEOS[0].id, VIDEOS[1].id, GONE)):
            at = START + timedelta(hours=hours)
            signal = Signal.DISLIKED if video_id == GONE else Signal.HIDDEN
            library.add_interaction(Interaction(video_id=video_id, signal=signal, at=at))
    desk = DeskCore(start, Silent())
    yield desk
    desk.close()


def asked(desk: DeskCore, request: EngineRequest) -> EngineEvent:
    """The one event that answers `request`."""
    [event] = desk.answer(request, CancelToken())
    return event


def listed(desk: DeskCore, words: str = "", limit: int = 200) -> DeclinedListed:
    """What the desk lists."""
    event = asked(desk, ListDeclined(words=words, limit=limit))
    assert isinstance(event, DeclinedListed)
    return event


def test_all_of_it_is_listed_with_its_video_where_there_is_one(desk: DeskCore) -> None:
    event = listed(desk)
    assert [row.video_id for row in event.rows] == [GONE, VIDEOS[1].id, VIDEOS[0].id]
    assert [row.video for row in event.rows] == [None, VIDEOS[1], VIDEOS[0]]
    assert (event.found, event.total) == (3, 3)


@pytest.mark.parametrize(
    ("words", "found"),
    [("spirited AWAY", 1), ("千尋", 1), ("bar official", 1), ("tt0000001", 1), ("nothing", 0)],
)
def test_words_narrow_it_by_any_title_and_the_channel(
    desk: DeskCore, words: str, found: int
) -> None:
    event = listed(desk, words)
    assert (len(event.rows), event.found, event.total) == (found, found, 3)


def test_a_part_of_a_long_list_says_how_long_it_is(desk: DeskCore) -> None:
    event = listed(desk, limit=2)
    assert (len(event.rows), event.found) == (2, 3)


def test_a_signal_that_is_taken_back_is_gone(desk: DeskCore) -> None:
    asked(desk, TakeBack(video_id=VIDEOS[0].id, signals=(Signal.HIDDEN,)))
    assert listed(desk).total == 2
    assert all(one.video_id != VIDEOS[0].id for one in desk.library.interactions())
