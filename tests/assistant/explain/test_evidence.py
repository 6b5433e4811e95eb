from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.explain import gather_evidence
from assistant.types import (
    Candidate,
    Constraints,
    EvidenceKind,
    Interest,
    Kind,
    NamedTitle,
    Part,
    Request,
    Taste,
    Video,
)

VIDEO = Video(
    id="a:1",
    title="Heat",
    kind=Kind.FILM,
    year=1995,
    duration_s=170 * 60,
    people=("Michael Mann", "Al Pacino"),
    channel="Classics",
    language="en",
    views=1_204_551,
)
TITLES = {"l:1": "Thief", "n:1": "The Sting"}
LIKED = Taste(liked_ids=("l:1",), said_liked_ids=frozenset({"l:1"}))
STING = NamedTitle(video_id="n:1", title="The Sting", mention="the sting", match=1.0)


def interest(name: str) -> Interest:
    import numpy as np

    return Interest(name, tuple(name.split(", ")), np.zeros(2, np.float32), 1.0, ("l:1",))


def gather(
    parts: Mapping[Part, float],
    *,
    cluster: str = "crime",
    request: Request | None = None,
    taste: Taste = LIKED,
    video: Video = VIDEO,
    **found: Any,
) -> dict[EvidenceKind, tuple[str, float]]:
    candidate = Candidate(video=video, score=sum(parts.values()), parts=parts, **found)
    request = request or Request(message="something")
    evidence = gather_evidence(candidate, cluster, request, taste, TITLES)
    assert [one.contribution for one in evidence] == sorted(
        (one.contribution for one in evidence), reverse=True
    )
    return {one.kind: (one.text, one.contribution) for one in evidence}


def test_a_liked_video_is_a_reason_where_taste_counts() -> None:
    near: dict[str, Any] = {"nearest_liked_id": "l:1"}
    assert gather({Part.TASTE: 0.4}, **near) == {EvidenceKind.LIKED_VIDEO: ("Thief", 0.4)}
    assert gather({Part.INTEREST: 0.3}, **near) == {EvidenceKind.LIKED_VIDEO: ("Thief", 0.3)}
    assert gather({Part.TASTE: -0.4}, **near) == {}
    assert gather({Part.REQUEST: 0.4}, **near) == {}


def test_liking_is_claimed_only_where_it_was_said() -> None:
    watched = Taste(liked_ids=("l:1",))
    found = gather({Part.TASTE: 0.4}, taste=watched, nearest_liked_id="l:1")
    assert found == {EvidenceKind.HISTORY_VIDEO: ("Thief", 0.4)}


def test_a_liked_video_whose_title_is_not_known_is_no_reason() -> None:
    assert gather({Part.TASTE: 0.4}, nearest_liked_id="l:2") == {}


def test_a_named_title_is_a_reason_unless_it_is_not_wanted() -> None:
    near: dict[str, Any] = {"nearest_named_id": "n:1"}
    wanted = Request(message="like The Sting", named=(STING,))
    assert gather({Part.NAMED: 0.6}, request=wanted, **near) == {
        EvidenceKind.NAMED_TITLE: ("The Sting", 0.6)
    }
    unwanted = Request(message="not The Sting", named=(STING.model_copy(update={"liking": -1}),))
    assert gather({Part.NAMED: 0.6}, request=unwanted, **near) == {}
    assert gather({Part.NAMED: -0.6}, request=wanted, **near) == {}
    assert gather({Part.NAMED: 0.6}, **near) == {}  # the request does not name it


def test_a_title_is_told_in_the_script_in_which_it_was_named() -> None:
    named = STING.model_copy(update={"mention": "骗中骗"})
    request = Request(message="像《骗中骗》的电影", language="zh", named=(named,))
    found = gather({Part.NAMED: 0.6}, request=request, nearest_named_id="n:1")
    assert found == {EvidenceKind.NAMED_TITLE: ("骗中骗", 0.6)}


def test_a_pick_that_is_pointed_at_counts_as_named() -> None:
    more = Request(message="more like the second one", references=("n:1",))
    found = gather({Part.NAMED: 0.6}, request=more, nearest_named_id="n:1")
    assert found == {EvidenceKind.NAMED_TITLE: ("The Sting", 0.6)}


def test_what_others_like_is_a_reason_where_it_counts() -> None:
    near: dict[str, Any] = {"nearest_community_id": "l:1"}
    assert gather({Part.COMMUNITY: 0.5}, **near) == {EvidenceKind.COMMUNITY: ("Thief", 0.5)}
    assert gather({Part.COMMUNITY: -0.5}, **near) == {}
    assert gather({Part.TASTE: 0.5}, **near) == {}
    assert gather({Part.COMMUNITY: 0.5}) == {}
    assert gather({Part.COMMUNITY: 0.5}, nearest_community_id="l:2") == {}


def test_what_others_like_is_told_of_a_title_as_it_was_named() -> None:
    named = STING.model_copy(update={"mention": "骗中骗"})
    request = Request(message="像《骗中骗》的电影", language="zh", named=(named,))
    found = gather({Part.COMMUNITY: 0.5}, request=request, nearest_community_id="n:1")
    assert found == {EvidenceKind.COMMUNITY: ("骗中骗", 0.5)}


def test_an_interest_is_a_reason_where_it_counts() -> None:
    assert gather({Part.INTEREST: 0.3}, interest="noir, heist") == {
        EvidenceKind.INTEREST: ("noir, heist", 0.3)
    }
    assert gather({Part.TASTE: 0.3}, interest="noir, heist") == {}


def test_words_come_before_meaning() -> None:
    request = Request(message="heist", wish="a heist in a big city")
    parts = {Part.REQUEST: 0.5, Part.WORDS: 0.2, Part.POPULARITY: -0.1}
    found = gather(parts, request=request, matched_words=("heist", "city", "big", "a"))
    assert found == {EvidenceKind.REQUEST_WORDS: ("heist, city, big", 0.5 + 0.2)}
    assert gather({Part.REQUEST: 0.5}, request=request) == {
        EvidenceKind.REQUEST_MEANING: ("a heist in a big city", 0.5)
    }
    assert gather({Part.REQUEST: -0.5}, request=request) == {}
    assert gather({Part.REQUEST: 0.5}) == {}  # there is no wish


def test_popularity_is_a_reason_where_it_counts_and_is_known() -> None:
    found = gather({Part.POPULARITY: 0.1})
    assert found == {EvidenceKind.POPULARITY: ("about 1.2 million views", 0.1)}
    unknown = VIDEO.model_copy(update={"views": None})
    assert gather({Part.POPULARITY: 0.1}, video=unknown) == {}
    assert gather({Part.POPULARITY: 0.0}) == {}


@pytest.mark.parametrize(
    ("limits", "language", "text"),
    [
        ({"max_duration_s": 10800}, "en", "170 minutes long, within the 180 minutes you asked for"),
        ({"min_duration_s": 5400}, "en", "170 minutes long, at least the 90 minutes you asked for"),
        (
            {"min_duration_s": 5400, "max_duration_s": 10800},
            "en",
            "170 minutes long, between 90 minutes and 180 minutes as you asked",
        ),
        ({"min_year": 1990}, "en", "from 1995, not before 1990, as you asked"),
        ({"max_year": 1999}, "en", "from 1995, not after 1999, as you asked"),
        (
            {"min_year": 1990, "max_year": 1999},
            "en",
            "from 1995, between 1990 and 1999, as you asked",
        ),
        ({"min_year": 1995, "max_year": 1995}, "en", "from 1995, as you asked"),
        ({"languages": ("en", "fr")}, "en", "in English, as you asked"),
        ({"kinds": (Kind.FILM,)}, "en", "a film, as you asked"),
        ({"channels": ("classics",)}, "en", "from “Classics”, as you asked"),
        ({"max_duration_s": 10800}, "zh", "时长170分钟，在你要的180分钟以内"),
        ({"languages": ("en",)}, "zh", "是英语的，正如你所要的"),
        ({"not_languages": ("fr",)}, "en", None),
        ({}, "en", None),
    ],
)
def test_a_limit_that_is_kept_is_said(
    limits: dict[str, Any], language: str, text: str | None
) -> None:
    request = Request(message="m", language=language, constraints=Constraints(**limits))
    found = gather({}, request=request)
    assert found == ({EvidenceKind.CONSTRAINT: (text, 0.0)} if text else {})


def test_a_length_is_never_rounded_over_its_limit() -> None:
    video = VIDEO.model_copy(update={"duration_s": 20 * 60 - 1})
    request = Request(message="m", constraints=Constraints(max_duration_s=20 * 60))
    text, _ = gather({}, video=video, request=request)[EvidenceKind.CONSTRAINT]
    assert text == "20 minutes long, within the 20 minutes you asked for"


@pytest.mark.parametrize(
    ("message", "person"),
    [
        ("something with al pacino", "Al Pacino"),
        ("有 Al Pacino 的电影", "Al Pacino"),
        ("something with Valal Pacinos", None),
        ("something with Pacino", None),
    ],
)
def test_a_person_is_a_reason_when_the_message_names_them(message: str, person: str | None) -> None:
    found = gather({}, request=Request(message=message))
    assert found == ({EvidenceKind.PERSON: (person, 0.0)} if person else {})


def test_a_step_off_the_known_is_one_only_where_no_interest_speaks_for_it() -> None:
    taste = Taste(liked_ids=("l:1",), interests=(interest("noir, heist"),))
    parts = {Part.REQUEST: 0.5, Part.TASTE: -0.2}
    assert gather(parts, cluster="opera, music", taste=taste) == {
        EvidenceKind.EXPLORATION: ("opera, music", 0.0)
    }
    assert gather(parts, cluster="opera, Heist", taste=taste) == {}
    assert gather(parts | {Part.TASTE: 0.1}, cluster="opera", taste=taste) == {}
    assert gather(parts, cluster="opera", taste=Taste()) == {}  # nothing is known of the viewer
    assert gather(parts, cluster="", taste=taste) == {}


def test_reasons_of_no_weight_come_last_in_their_order() -> None:
    request = Request(
        message="with Al Pacino", wish="heist", constraints=Constraints(min_year=1990)
    )
    found = gather({Part.REQUEST: 0.5, Part.POPULARITY: 0.6}, request=request)
    assert list(found) == [
        EvidenceKind.POPULARITY,
        EvidenceKind.REQUEST_MEANING,
        EvidenceKind.CONSTRAINT,
        EvidenceKind.PERSON,
    ]
