from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.explain import Known, gather_evidence
from assistant.falls import Fall, Source, SourceKind
from assistant.types import (
    Candidate,
    Constraints,
    Evidence,
    EvidenceKind,
    Interest,
    Kind,
    NamedTitle,
    Part,
    Request,
    Slot,
    Taste,
    Video,
)

VIDEO = Video(
    id="a:1",
    title="Heat",
    description="A heist in a big city; the musicians play on.",
    kind=Kind.FILM,
    year=1995,
    duration_s=170 * 60,
    people=("Michael Mann", "Al Pacino"),
    channel="Classics",
    language="en",
    views=1_204_551,
)
KNOWN = Known({"l:1": "Thief", "n:1": "The Sting"}, ratings={"a:1": 815})
LIKED = Taste(liked_ids=("l:1",), said_liked_ids=frozenset({"l:1"}))
STING = NamedTitle(video_id="n:1", title="The Sting", mention="the sting", match=1.0)


def interest(name: str) -> Interest:
    import numpy as np

    return Interest(name, tuple(name.split(", ")), np.zeros(2, np.float32), 1.0, ("l:1",))


def gather(
    *falls: Fall,
    parts: Mapping[Part, float] | None = None,
    cluster: str = "crime",
    request: Request | None = None,
    taste: Taste = LIKED,
    video: Video = VIDEO,
    known: Known = KNOWN,
    **found: Any,
) -> list[Evidence]:
    candidate = Candidate(video=video, score=0.0, parts=parts or {}, **found)
    request = request or Request(message="something")
    return list(gather_evidence(candidate, cluster, request, taste, falls, known))


def told(*falls: Fall, **given: Any) -> dict[EvidenceKind, str]:
    return {one.kind: one.text for one in gather(*falls, **given)}


def fall(kind: SourceKind, key: str = "", places: int = 1, *, near: bool = True) -> Fall:
    return Fall(Source(kind, key), places, 0.5, near)


# --- what moved it -------------------------------------------------------------------------------


def test_a_reason_holds_what_it_is_worth() -> None:
    (one,) = gather(Fall(Source(SourceKind.LIKED, "l:1"), 7, 0.4))
    assert (one.fall, one.contribution, one.video_id) == (7, 0.4, "l:1")


def test_reasons_come_in_the_order_of_the_falls_and_no_more_than_the_strongest() -> None:
    falls = [
        fall(SourceKind.WORDS, places=9),
        fall(SourceKind.VIEWS, places=4),
        fall(SourceKind.LIKED, "l:1", places=3),
        fall(SourceKind.MEANING, places=2),
    ]
    request = Request(message="heist", wish="heist")
    found = gather(*falls, request=request, matched_words=("heist",))
    assert [one.kind for one in found] == [
        EvidenceKind.REQUEST_WORDS,
        EvidenceKind.POPULARITY,
        EvidenceKind.LIKED_VIDEO,
    ]


def test_what_cannot_be_told_gives_its_place_to_nothing() -> None:
    falls = [fall(SourceKind.PROMINENCE), fall(SourceKind.RELEVANCE), fall(SourceKind.MODEL)]
    assert gather(*falls, fall(SourceKind.VIEWS)) == []
    assert [one.kind for one in gather(*falls[:2], fall(SourceKind.VIEWS))] == [
        EvidenceKind.POPULARITY
    ]


def test_a_liked_video_is_told_where_it_is_close() -> None:
    assert told(fall(SourceKind.LIKED, "l:1")) == {EvidenceKind.LIKED_VIDEO: "Thief"}
    assert told(fall(SourceKind.LIKED, "l:1", near=False)) == {}


def test_liking_is_claimed_only_where_it_was_said() -> None:
    watched = Taste(liked_ids=("l:1",))
    found = told(fall(SourceKind.LIKED, "l:1"), taste=watched)
    assert found == {EvidenceKind.HISTORY_VIDEO: "Thief"}


def test_a_liked_video_whose_title_is_not_known_is_no_reason() -> None:
    assert told(fall(SourceKind.LIKED, "l:2")) == {}


def test_a_named_title_is_a_reason_unless_it_is_not_wanted() -> None:
    one = fall(SourceKind.NAMED, "n:1")
    wanted = Request(message="like The Sting", named=(STING,))
    assert told(one, request=wanted) == {EvidenceKind.NAMED_TITLE: "The Sting"}
    unwanted = Request(message="not The Sting", named=(STING.model_copy(update={"liking": -1}),))
    assert told(one, request=unwanted) == {}
    assert told(one) == {}  # the request does not name it
    assert told(fall(SourceKind.NAMED, "n:1", near=False), request=wanted) == {}


def test_a_title_is_told_in_the_script_in_which_it_was_named() -> None:
    named = STING.model_copy(update={"mention": "骗中骗"})
    request = Request(message="像《骗中骗》的电影", language="zh", named=(named,))
    found = told(fall(SourceKind.NAMED, "n:1"), request=request)
    assert found == {EvidenceKind.NAMED_TITLE: "骗中骗"}
    found = told(fall(SourceKind.COMMUNITY), request=request, nearest_community_id="n:1")
    assert found == {EvidenceKind.COMMUNITY: "骗中骗"}


def test_a_pick_that_is_pointed_at_counts_as_named() -> None:
    more = Request(message="more like the second one", references=("n:1",))
    found = told(fall(SourceKind.NAMED, "n:1"), request=more)
    assert found == {EvidenceKind.NAMED_TITLE: "The Sting"}


def test_what_others_like_is_told_of_the_video_that_it_speaks_through() -> None:
    others = fall(SourceKind.COMMUNITY)
    assert told(others, nearest_community_id="l:1") == {EvidenceKind.COMMUNITY: "Thief"}
    assert told(others) == {}
    assert told(others, nearest_community_id="l:2") == {}


def test_an_interest_is_a_reason_for_what_lies_nearest_to_it() -> None:
    one = fall(SourceKind.INTEREST, "noir, heist")
    assert told(one, interest="noir, heist") == {EvidenceKind.INTEREST: "noir, heist"}
    far = fall(SourceKind.INTEREST, "noir, heist", near=False)
    assert not told(far, interest="noir, heist")
    assert told(one, interest="opera") == {}


@pytest.mark.parametrize(
    ("said", "matched", "told_of"),
    [
        ("heist", "Heist", "Heist"),
        ("heists", "heists", "heist"),  # what the viewer and the record have in common
        ("a musician", "musician", "musician"),
        ("citified", "citified", None),  # the record has another form alone
        ("a robbery", "heist", None),  # the search added it: the viewer did not say so
    ],
)
def test_only_words_that_were_said_and_are_written_are_told(
    said: str, matched: str, told_of: str | None
) -> None:
    request = Request(message=said, wish=said)
    found = told(fall(SourceKind.WORDS), request=request, matched_words=(matched,))
    assert found.get(EvidenceKind.REQUEST_WORDS) == told_of
    assert EvidenceKind.REQUEST_MEANING not in found  # what it means did not move it
    meant = fall(SourceKind.MEANING, places=0)
    found = told(fall(SourceKind.WORDS), meant, request=request, matched_words=(matched,))
    assert EvidenceKind.REQUEST_MEANING in found


def test_words_and_meaning_are_reasons_of_their_own() -> None:
    request = Request(message="heist", wish="a heist in a big city")
    falls = (fall(SourceKind.WORDS), fall(SourceKind.MEANING))
    found = told(*falls, request=request, matched_words=("heist", "city", "big", "a"))
    assert found == {
        EvidenceKind.REQUEST_WORDS: "heist, city, big",
        EvidenceKind.REQUEST_MEANING: "a heist in a big city",
    }
    assert told(*falls, request=request) == {EvidenceKind.REQUEST_MEANING: "a heist in a big city"}
    assert told(*falls) == {}  # there is no wish


def test_popularity_is_told_as_what_it_is_known_by() -> None:
    assert told(fall(SourceKind.VIEWS)) == {EvidenceKind.POPULARITY: "about 1.2 million views"}
    unknown = VIDEO.model_copy(update={"views": None})
    assert told(fall(SourceKind.VIEWS), video=unknown) == {}
    assert told(fall(SourceKind.RATERS)) == {EvidenceKind.POPULARITY: "815 ratings"}
    assert told(fall(SourceKind.RATERS), known=Known()) == {}


def test_something_remembered_is_told_in_the_words_of_the_person() -> None:
    assert told(fall(SourceKind.MEMORY, "I love heists")) == {EvidenceKind.MEMORY: "I love heists"}


# --- limits ------------------------------------------------------------------------------------


def test_a_limit_that_moved_it_says_how_far() -> None:
    request = Request(message="m", constraints=Constraints(max_duration_s=10800))
    limit = fall(SourceKind.LIMIT, Slot.DURATION, places=40)
    (one,) = gather(limit, request=request)
    assert (one.kind, one.fall) == (EvidenceKind.CONSTRAINT, 40)
    stronger = [fall(SourceKind.VIEWS, places=places) for places in (60, 50, 45)]
    *_, last = gather(*stronger, limit, request=request)
    assert (last.kind, last.fall) == (EvidenceKind.CONSTRAINT, 40)


def test_a_limit_that_is_remembered_is_a_reason_where_it_decides() -> None:
    request = Request(message="m", constraints=Constraints(max_duration_s=10800))
    known = Known(remembered={Slot.DURATION: "never over three hours"})
    limit = fall(SourceKind.LIMIT, Slot.DURATION)
    found = told(limit, request=request, known=known)
    assert found == {EvidenceKind.MEMORY: "never over three hours"}
    assert told(request=request, known=known) == {}


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
    found = told(request=request)
    assert found == ({EvidenceKind.CONSTRAINT: text} if text else {})


def test_a_length_is_never_rounded_over_its_limit() -> None:
    video = VIDEO.model_copy(update={"duration_s": 20 * 60 - 1})
    request = Request(message="m", constraints=Constraints(max_duration_s=20 * 60))
    text = told(video=video, request=request)[EvidenceKind.CONSTRAINT]
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
    found = told(request=Request(message=message))
    assert found == ({EvidenceKind.PERSON: person} if person else {})


def test_a_step_off_the_known_is_one_only_where_no_interest_speaks_for_it() -> None:
    taste = Taste(liked_ids=("l:1",), interests=(interest("noir, heist"),))
    parts = {Part.REQUEST: 0.5, Part.TASTE: -0.2}
    assert told(parts=parts, cluster="opera, music", taste=taste) == {
        EvidenceKind.EXPLORATION: "opera, music"
    }
    assert told(parts=parts, cluster="opera, Heist", taste=taste) == {}
    assert told(parts=parts | {Part.TASTE: 0.1}, cluster="opera", taste=taste) == {}
    assert told(parts=parts, cluster="opera", taste=Taste()) == {}  # nothing is known
    assert told(parts=parts, cluster="", taste=taste) == {}


def test_facts_come_last_in_their_order() -> None:
    request = Request(
        message="with Al Pacino", wish="heist", constraints=Constraints(min_year=1990)
    )
    found = gather(fall(SourceKind.MEANING), request=request)
    assert [(one.kind, one.fall) for one in found] == [
        (EvidenceKind.REQUEST_MEANING, 1),
        (EvidenceKind.CONSTRAINT, 0),
        (EvidenceKind.PERSON, 0),
    ]
