from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from assistant.types import Constraints, DialogueState, NamedTitle, Relative, Request, Video
from assistant.understand import settle

VIDEOS = {
    video.id: video
    for video in (
        Video(id="v:long", title="Long", duration_s=7200, year=1990),
        Video(id="v:mid", title="Mid", duration_s=3600, year=2000),
        Video(id="v:short", title="Short", duration_s=600, year=2020),
        Video(id="v:unknown", title="Unknown"),
    )
}
SHOWN = DialogueState(last_pick_ids=("v:long", "v:mid", "v:short", "v:unknown"))


def get(ids: Iterable[str]) -> Mapping[str, Video]:
    return {video_id: VIDEOS[video_id] for video_id in ids if video_id in VIDEOS}


def named(video_id: str, liking: int) -> NamedTitle:
    return NamedTitle.model_validate(
        {"video_id": video_id, "title": "x", "mention": "x", "match": 1, "liking": liking}
    )


@pytest.mark.parametrize(
    ("relative", "limits"),
    [
        (Relative.SHORTER, Constraints(max_duration_s=3599)),
        (Relative.LONGER, Constraints(min_duration_s=3601)),
        (Relative.OLDER, Constraints(max_year=1999)),
        (Relative.NEWER, Constraints(min_year=2001)),
    ],
)
def test_a_pick_that_is_pointed_at_is_the_measure(relative: Relative, limits: Constraints) -> None:
    request = Request(message="", relative=(relative,), references=("v:mid",))

    settled = settle(request, SHOWN, get)

    assert settled.constraints == limits
    assert settled.relative == ()


def test_without_one_half_of_what_was_shown_is() -> None:
    request = Request(message="", relative=(Relative.SHORTER, Relative.NEWER))

    assert settle(request, SHOWN, get).constraints == Constraints(
        max_duration_s=3599, min_year=2001
    )


def test_titles_that_are_declined_are_no_measure() -> None:
    request = Request(
        message="",
        relative=(Relative.SHORTER,),
        named=(named("v:short", -1), named("v:long", 1)),
    )

    assert settle(request, SHOWN, get).constraints == Constraints(max_duration_s=7199)


def test_the_other_limits_stay() -> None:
    request = Request(
        message="",
        constraints=Constraints(min_duration_s=4000, languages=("fr",)),
        relative=(Relative.SHORTER,),
        references=("v:mid",),
    )

    assert settle(request, SHOWN, get).constraints == Constraints(
        max_duration_s=3599, languages=("fr",)
    )


def test_videos_of_unknown_length_say_nothing() -> None:
    request = Request(message="", relative=(Relative.SHORTER,), references=("v:unknown",))

    assert settle(request, SHOWN, get).constraints.empty
    assert settle(request, DialogueState(), get).relative == ()


def test_nothing_to_settle_looks_nothing_up() -> None:
    def fail(ids: Iterable[str]) -> Mapping[str, Video]:
        raise AssertionError(ids)

    request = Request(message="whales")

    assert settle(request, SHOWN, fail) is request
