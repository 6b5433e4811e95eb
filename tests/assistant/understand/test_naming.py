from __future__ import annotations

import pytest

from tests.assistant.understand.dialogue import hear


@pytest.mark.parametrize(
    ("message", "liking"),
    [
        ("something like Spirited Away but shorter", {"film:spirited": 1}),
        ("similar to “The Matrix”", {"film:matrix": 1}),
        ("in the style of Blade Runner", {"film:blade": 1}),
        ("I loved Spirited Away and My Neighbor Totoro", {"film:spirited": 1, "film:totoro": 1}),
        ("I hated Titanic", {"film:titanic": -1}),
        ("I didn't like The Shining", {"film:shining": -1}),
        ("I hated Titanic and The Shining", {"film:titanic": -1, "film:shining": -1}),
        ("I loved The Matrix but hated Titanic", {"film:matrix": 1, "film:titanic": -1}),
        ("not like Titanic", {"film:titanic": -1}),
        ("The Matrix was boring", {"film:matrix": -1}),
        ("The Matrix was great", {"film:matrix": 1}),
        ("have you seen The Shining?", {"film:shining": 0}),
        ("The Babadook (2014)", {"film:babadook": 1}),
        ("a documentary about the making of Apocalypse Now", {"film:apocalypse": 0}),
        ("我喜欢《千与千寻》和《龙猫》", {"film:spirited": 1, "film:totoro": 1}),
        ("类似《千与千寻》的", {"film:spirited": 1}),
        ("不喜欢《闪灵》", {"film:shining": -1}),
        ("不要像《闪灵》那样的", {"film:shining": -1}),
        ("看过《闪灵》吗", {"film:shining": 0}),
    ],
)
def test_liking(message: str, liking: dict[str, int]) -> None:
    assert {title.video_id: title.liking for title in hear(message).named} == liking


def test_a_title_to_go_by_leaves_the_wish_and_a_title_as_subject_stays() -> None:
    assert hear("a film like Blade Runner with robots").wish == "robots"
    assert hear("the making of Apocalypse Now").wish == "making of Apocalypse Now"


def test_a_year_in_a_title_is_no_limit() -> None:
    for message in ("like Blade Runner 2049", "The Babadook (2014)", "I loved Titanic (1997)"):
        request = hear(message)

        assert len(request.named) == 1
        assert request.constraints.empty


def test_a_year_that_belongs_to_a_title_is_no_limit() -> None:
    request = hear("something like Alien from 1979")

    assert [title.mention for title in request.named] == ["Alien from 1979"]
    assert request.constraints.empty
    assert request.wish == ""


def test_another_year_beside_a_title_is_a_limit() -> None:
    request = hear("something like Alien from 1985")

    assert [title.mention for title in request.named] == ["Alien"]
    assert (request.constraints.min_year, request.constraints.max_year) == (1985, 1985)


def test_what_tells_a_title_from_others_is_kept() -> None:
    (title,) = hear("something like Blade Runner").named

    assert (title.year, title.others) == (1982, 0)
