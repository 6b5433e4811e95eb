from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.importers.stored import StoredRows
from assistant.types import Interaction, Signal, Video
from store.starter import videos as starter_videos
from tests.store import rows

GATE = StoredRows()


@pytest.mark.parametrize("seed", range(5))
def test_what_an_importer_has_made_comes_back_as_it_is(seed: int) -> None:
    chance = random.Random(seed)
    videos = list(rows.videos(chance, 100))
    assert [GATE.video(video) for video in videos] == videos
    signals = list(rows.interactions(chance, ["a:b"], 100))
    assert [GATE.interaction(signal) for signal in signals] == signals
    turn = rows.turn("  two  blanks,\n\n\n\nfour lines", *videos[:5])
    assert GATE.turn(turn) == turn
    assert GATE.turn(turn).model_dump_json() == turn.model_dump_json()


def test_the_starter_library_comes_back_as_it_is() -> None:
    videos = list(starter_videos())
    assert [GATE.video(video) for video in videos] == videos


def test_texts_are_cleaned_and_links_are_safe() -> None:
    video = Video(
        id="a:b\x1b[2J",
        title="\x1b]0;x\x07T",
        other_titles=("\x00", "o\u202e"),
        description="a\nb",
        tags=("x\u200b",),
        channel="\x07",
        language="\x1b[2J",
        url="javascript:alert(1)",
    )
    assert GATE.video(video) == Video(
        id="a:b", title="T", other_titles=("o",), description="a b", tags=("x",)
    )


@pytest.mark.parametrize(
    "video",
    [
        Video(id="a:\u200b", title="T"),
        Video(id="a:b", title="\x1b[2J"),
    ],
)
def test_a_video_of_which_nothing_is_left_cannot_enter(video: Video) -> None:
    with pytest.raises(ValueError, match=r".+"):
        GATE.video(video)


def test_moments_are_in_utc_and_can_have_been() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    signal = Interaction(video_id="a:b", signal=Signal.LIKED, at=noon)
    assert GATE.interaction(signal).at.tzinfo is UTC
    assert GATE.interaction(signal).at == noon
    naive = signal.model_copy(update={"at": datetime(2026, 1, 1, 12)})
    assert GATE.interaction(naive).at == datetime(2026, 1, 1, 12, tzinfo=UTC)
    for changes in ({"at": datetime(1066, 10, 14, tzinfo=UTC)}, {"video_id": "b"}):
        with pytest.raises(ValueError, match="is not a"):
            GATE.interaction(signal.model_copy(update=changes))


def test_a_message_is_as_it_was_typed_unless_it_steers_the_terminal() -> None:
    assert GATE.turn(rows.turn("e\u0301  x\n")).message == "e\u0301  x\n"
    assert GATE.turn(rows.turn("a\x1b[2J  b\tc")).message == "a b c"
    assert GATE.turn(rows.turn("a\r\nb")).message == "a\nb"
