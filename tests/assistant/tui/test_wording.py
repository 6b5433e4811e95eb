from __future__ import annotations

import pytest

from assistant.tui.wording import typed_lines, understood, videos
from assistant.types import Constraints, NamedTitle, Request, Understood


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("quiet films\r\nno horror\rshort", "quiet films\nno horror\nshort"),
        ("a\tb\u2028c", "a b\nc"),
        ("\n", "\n"),
        ("x\x1b[2J\x07y\u202ez", "x[2Jyz"),
        ("", ""),
    ],
)
def test_what_is_typed_keeps_its_lines_and_steers_no_terminal(text: str, typed: str) -> None:
    assert typed_lines(text) == typed


def test_what_was_understood_is_said_where_it_is_news() -> None:
    plain = Request(message="Quiet films", wish="quiet films")
    assert understood(Understood(request=plain), {}) == ""
    named = NamedTitle(video_id="a:b", title="Tokyo Story", mention="tokyo story", match=1.0)
    unwanted = named.model_copy(update={"title": "Saw", "liking": -1})
    request = Request(
        message="like tokyo story but shorter",
        wish="shorter",
        references=("c:d", "not:shown"),
        named=(named, unwanted),
        constraints=Constraints(max_duration_s=5400),
    )
    assert (
        understood(Understood(request=request), {"c:d": "Ran"})
        == "shorter · “Tokyo Story” · “Ran” · at most 90 min"
    )


def test_a_title_taken_out_of_several_is_told_with_its_year() -> None:
    it = NamedTitle(video_id="a:b", title="It", mention="It", match=1.0, year=2017, others=2)
    request = Request(message="like It", named=(it,))
    undated = request.model_copy(update={"named": (it.model_copy(update={"year": None}),)})

    assert understood(Understood(request=request), {}) == "“It” (2017, one of 3)"
    assert understood(Understood(request=undated), {}) == "“It” (one of 3)"
    chinese = request.model_copy(update={"language": "zh"})
    assert understood(Understood(request=chinese), {}) == "“It”（2017 年，3 部中的一部）"


def test_videos_are_counted() -> None:
    assert [videos(n) for n in (0, 1, 21715)] == ["0 videos", "1 video", "21,715 videos"]
