"""Whole messages, and dialogues in which something stands."""

from __future__ import annotations

import pytest

from assistant.types import Constraints, DialogueState, Intent, Kind, Relative
from assistant.understand import understand
from tests.assistant.understand.dialogue import NAMES, avoided, hear, talk


def test_everything_in_one_message() -> None:
    request = hear(
        "I want three French films like The Matrix about robots from the 90s, under 2 hours, "
        "not too violent"
    )

    assert request.intent is Intent.RECOMMEND
    assert request.wish == "robots"
    assert request.constraints == Constraints(
        max_duration_s=7200, min_year=1990, max_year=1999, languages=("fr",), kinds=(Kind.FILM,)
    )
    assert request.less == ("violent",)
    assert [title.video_id for title in request.named] == ["film:matrix"]
    assert request.count == 3


def test_everything_in_one_message_in_chinese() -> None:
    request = hear("推荐三部类似《千与千寻》的法语电影，2010年以后的，不超过两小时，不要恐怖片")

    assert request.language == "zh"
    assert request.wish == ""
    assert request.constraints == Constraints(
        max_duration_s=7200, min_year=2010, languages=("fr",), kinds=(Kind.FILM,)
    )
    assert avoided(request) == ("恐怖",)
    assert [title.video_id for title in request.named] == ["film:spirited"]
    assert request.count == 3


def test_the_message_is_kept_as_it_was_written() -> None:
    message = "  films，under　２０ minutes’ "

    request = hear(message)

    assert request.message == message
    assert request.constraints.max_duration_s == 1200


def test_a_short_film_serves_who_wants_a_film_of_twenty_minutes() -> None:
    assert hear("films under 20 minutes").constraints.kinds == (Kind.FILM, Kind.SHORT)
    assert hear("films under 2 hours").constraints.kinds == (Kind.FILM,)


def test_the_clock_is_asked_for_this_year_alone() -> None:
    state = DialogueState()

    assert understand("films from this year", state, NAMES).constraints.min_year is not None


def test_limits_are_changed_one_by_one_while_the_wish_stands() -> None:
    requests = talk(
        "films about whales", "in French", "under an hour", "from the 90s", "in Spanish"
    )

    assert {request.wish for request in requests} == {"whales"}
    assert requests[-1].constraints == Constraints(
        max_duration_s=3600,
        min_year=1990,
        max_year=1999,
        languages=("es",),
        kinds=(Kind.FILM,),
    )


def test_a_wish_of_its_own_starts_afresh() -> None:
    request = talk("French films about whales, no sharks", "talks on testing")[-1]

    assert request.wish == "testing"
    assert request.constraints == Constraints(kinds=(Kind.TALK,))
    assert request.avoid == ()


def test_titles_to_go_by_start_afresh_and_titles_told_of_add_up() -> None:
    requests = talk("films about whales", "something like The Matrix", "I also loved Arrival")

    assert requests[1].wish == ""
    assert requests[1].constraints.empty
    assert [title.video_id for title in requests[2].named] == ["film:matrix", "film:arrival"]


def test_a_title_spoken_of_again_changes_its_liking() -> None:
    request = talk("something like The Matrix", "I hated The Matrix")[-1]

    assert [title.liking for title in request.named] == [-1]


def test_going_on_adds_to_the_wish() -> None:
    requests = talk("films about whales", "and funny", "but in French", "more action", "funnier")

    assert [request.wish for request in requests] == [
        "whales",
        "whales funny",
        "whales funny",
        "whales funny action",
        "whales funny action funnier",
    ]
    assert requests[-1].constraints == Constraints(languages=("fr",), kinds=(Kind.FILM,))


def test_a_title_to_go_by_starts_afresh_whatever_is_said_of_it() -> None:
    for message in ("like The Matrix but older", "something like The Matrix, but less violent"):
        request = talk("a funny film, nothing animated", message)[-1]

        assert request.wish == ""
        assert request.constraints.empty
        assert "animated" not in avoided(request)


def test_what_about_keeps_the_limits_alone() -> None:
    for message in ("what about dolphins?", "dolphins instead", "那海豚呢？"):
        request = talk("French films about whales like Alien, no sharks", message)[-1]

        assert request.wish in ("dolphins", "海豚")
        assert request.constraints == Constraints(languages=("fr",), kinds=(Kind.FILM,))
        assert avoided(request) == ("shark",)
        assert request.named == ()


def test_something_else_keeps_everything() -> None:
    requests = talk("French films about whales", "more like the second one", "something else")

    assert requests[-1].intent is Intent.SOMETHING_ELSE
    assert requests[-1].wish == "whales"
    assert requests[-1].references == ("b:2",)
    assert requests[-1].constraints == requests[0].constraints


def test_something_else_about_something_else_is_a_new_request() -> None:
    request = talk("French films about whales", "something else with robots")[-1]

    assert request.intent is Intent.RECOMMEND
    assert request.wish == "robots"
    assert request.constraints.empty


def test_thanks_and_why_lose_nothing() -> None:
    requests = talk("French films about whales", "why 2?", "thanks", "shorter")

    assert [request.intent for request in requests[1:3]] == [Intent.WHY, Intent.CHAT]
    assert requests[-1].wish == "whales"
    assert requests[-1].constraints == requests[0].constraints


def test_a_remark_does_not_replace_the_wish() -> None:
    requests = talk("a good thriller", "I haven't seen that one. Was it any fun?", "I think so too")

    assert [request.wish for request in requests] == ["thriller"] * 3


def test_declined_terms_add_up_until_they_are_wished_for() -> None:
    requests = talk("horror films", "no zombies", "no gore either", "and zombies after all")

    assert avoided(requests[2]) == ("zombie", "gore")
    assert talk("films", "no zombies", "and zombie comedies")[-1].avoid == ()


def test_declined_kinds_add_up_and_leave_the_others() -> None:
    request = talk("films or series about crime", "no series", "no documentaries")[-1]

    assert request.constraints.kinds == (Kind.FILM,)
    assert request.constraints.not_kinds == (Kind.SERIES, Kind.EPISODE, Kind.DOCUMENTARY)


def test_a_limit_can_be_lifted() -> None:
    for message in ("any length", "forget the length", "length doesn't matter", "任何长度都行"):
        request = talk("French films about whales under an hour", message)[-1]

        assert request.wish == "whales"
        assert request.constraints == Constraints(languages=("fr",), kinds=(Kind.FILM,))


def test_start_over_drops_everything() -> None:
    for message in ("start over", "forget everything", "重新开始"):
        request = talk("French films about whales", message)[-1]

        assert request.intent is Intent.RECOMMEND
        assert request.wish == ""
        assert request.constraints.empty


def test_start_over_with_a_wish() -> None:
    request = talk("French films about whales", "start over: talks about bees")[-1]

    assert request.wish == "bees"
    assert request.constraints == Constraints(kinds=(Kind.TALK,))


def test_a_whole_request_without_a_wish_starts_afresh() -> None:
    requests = talk("python tutorials", "show me French films")

    assert requests[-1].wish == ""
    assert requests[-1].constraints == Constraints(languages=("fr",), kinds=(Kind.FILM,))


def test_a_subject_given_later_stays_within_the_limits() -> None:
    request = talk("I want a documentary", "about octopuses", "under 20 minutes")[-1]

    assert request.wish == "octopuses"
    assert request.constraints == Constraints(max_duration_s=1200, kinds=(Kind.DOCUMENTARY,))


def test_count_and_dial_stand() -> None:
    requests = talk("surprise me", "just one", "next")

    assert requests[-1].count == 1
    assert requests[-1].dial == requests[0].dial


def test_comparisons_move_the_limit_that_stands() -> None:
    requests = talk("cooking under 30 minutes", "shorter", "longer", "longer")

    assert [(r.constraints.min_duration_s, r.constraints.max_duration_s) for r in requests] == [
        (None, 1800),
        (None, 1200),
        (1200, None),
        (1800, None),
    ]
    assert all(request.relative == () for request in requests)


def test_older_and_newer_move_the_years_that_stand() -> None:
    requests = talk("films from the 90s", "older", "newer", "newer")

    assert [(r.constraints.min_year, r.constraints.max_year) for r in requests] == [
        (1990, 1999),
        (None, 1989),
        (1990, None),
        (2000, None),
    ]


def test_a_comparison_with_nothing_that_stands_is_left_to_be_settled() -> None:
    assert hear("like The Matrix but shorter").relative == (Relative.SHORTER,)
    assert talk("films about whales", "older")[-1].relative == (Relative.OLDER,)


def test_a_dialogue_in_chinese() -> None:
    requests = talk(
        "想看关于海洋的纪录片",
        "短一点",
        "换一批",
        "再来点像第二个的",
        "要中文的",
        "不要恐怖的",
        "随便",
    )

    assert [request.wish for request in requests] == ["海洋"] * 6 + [""]
    assert [request.intent for request in requests[2:4]] == [
        Intent.SOMETHING_ELSE,
        Intent.MORE_LIKE,
    ]
    assert requests[5].references == ("b:2",)
    assert avoided(requests[5]) == ("恐怖",)
    assert requests[5].constraints == Constraints(languages=("zh",), kinds=(Kind.DOCUMENTARY,))
    assert requests[6].constraints.empty


@pytest.mark.parametrize(
    ("before", "message", "languages", "wish"),
    [
        ("a romantic film in French", "actually make it Italian", ("it",), "romantic"),
        ("a romantic film", "oh nice. hmm, but could you make it not in English", (), "romantic"),
        ("something about war", "forget that, I'd rather watch something about tea", (), "tea"),
    ],
)
def test_talkative_changes(
    before: str, message: str, languages: tuple[str, ...], wish: str
) -> None:
    request = talk(before, message)[-1]
    assert (request.constraints.languages, request.wish) == (languages, wish)


def test_who_does_not_matter() -> None:
    request = talk("something sad with Jim Carrey", "anybody, but no French")[-1]
    assert not request.constraints.people
    assert request.wish == "sad"


def test_a_title_that_was_loved_is_what_the_next_ones_are_like() -> None:
    request = talk("I loved Alien", "something like it, but newer")[-1]
    assert request.intent is Intent.MORE_LIKE
    assert request.references == ("film:alien",)


def test_any_kind_of_video_lifts_the_kind_alone() -> None:
    request = talk("a talk under an hour", "any kind of video is fine")[-1]
    assert request.constraints == Constraints(max_duration_s=3600)


@pytest.mark.parametrize("message", ["three of them", "three about trains", "三个关于火车的视频"])
def test_a_number_alone_is_a_count(message: str) -> None:
    request = talk("something funny", message)[-1]
    assert (request.count, request.references) == (3, ())


def test_titles_in_marks_are_asked_about() -> None:
    request = hear("比较一下《黑客帝国》和《千与千寻》")
    assert request.intent is Intent.COMPARE
    assert request.references == ("film:matrix", "film:spirited")
