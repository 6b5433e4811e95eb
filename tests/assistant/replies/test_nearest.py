from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.replies.nearest import nothing_meets
from assistant.types import Constraints, Kind, Request
from store.library import Library
from tests.assistant.replies.videos import ALIEN, ALL, ARRIVAL, BURNING, SHORT_KOREAN


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        opened.put_videos(ALL)
        yield opened


def asked(language: str = "en", **limits: object) -> Request:
    return Request(
        message="x", language=language, constraints=Constraints.model_validate(limits), wish="x"
    )


def test_the_shortest_that_there_are_are_offered(library: Library) -> None:
    request = asked(max_duration_s=300, languages=("ko",))
    reply = nothing_meets(request, library, ())
    assert reply is not None
    assert "at most 5 min; in Korean" in reply.text
    assert "without “at most 5 min”: 7 minutes (1)" in reply.text
    assert reply.offer is not None
    assert reply.offer.constraints == Constraints(max_duration_s=420, languages=("ko",))
    assert set(library.admitted_ids(reply.offer.constraints)) == {SHORT_KOREAN.id}


def test_a_language_that_is_not_there_is_said_with_those_that_are(library: Library) -> None:
    reply = nothing_meets(asked(languages=("sv",)), library, ())
    assert reply is not None
    assert "nothing that is in Swedish" in reply.text
    assert "English (3)" in reply.text
    assert "Korean (2)" in reply.text
    assert reply.offer is not None
    assert reply.offer.constraints.empty


def test_a_kind_that_is_not_there_is_said_with_those_that_are(library: Library) -> None:
    reply = nothing_meets(asked(kinds=(Kind.MUSIC,)), library, ())
    assert reply is not None
    assert "films (3)" in reply.text


def test_the_nearest_year_is_offered(library: Library) -> None:
    request = asked(min_year=2019, languages=("en",))
    reply = nothing_meets(request, library, ())
    assert reply is not None
    assert "2016" in reply.text
    assert reply.offer is not None
    assert library.admitted_ids(reply.offer.constraints) == [ARRIVAL.id]


def test_what_may_not_be_recommended_is_not_offered(library: Library) -> None:
    request = asked(max_duration_s=300, languages=("ko",))
    reply = nothing_meets(request, library, {SHORT_KOREAN.id})
    assert reply is not None
    assert "148 minutes" in reply.text
    assert reply.offer is not None
    assert BURNING.id in library.admitted_ids(reply.offer.constraints)


def test_all_of_it_has_been_shown(library: Library) -> None:
    reply = nothing_meets(asked(languages=("ko",)), library, {BURNING.id, SHORT_KOREAN.id})
    assert reply is not None
    assert reply.text == "You have been shown everything that fits in Korean."


def test_limits_are_not_blamed_where_they_can_be_met(library: Library) -> None:
    assert nothing_meets(asked(languages=("en",)), library, {ALIEN.id}) is None
    assert nothing_meets(asked(), library, ()) is None


def test_a_length_that_nothing_has_is_said_with_the_nearest(library: Library) -> None:
    reply = nothing_meets(asked(max_duration_s=120), library, ())
    assert reply is not None
    assert reply.text == (
        "Your library has nothing that is at most 2 min. The nearest: 4 minutes (1). "
        "Say “yes” to see those."
    )


def test_in_chinese(library: Library) -> None:
    reply = nothing_meets(asked("zh", max_duration_s=300, languages=("ko",)), library, ())
    assert reply is not None
    assert "最接近的是 7分钟" in reply.text
    assert "说“好”" in reply.text


def test_of_people_who_are_never_together_each_is_offered(library: Library) -> None:
    request = asked(people=("Sigourney Weaver", "Denis Villeneuve"), every_person=True)
    reply = nothing_meets(request, library, ())
    assert reply is not None
    assert "nothing that is with Sigourney Weaver and Denis Villeneuve" in reply.text
    assert "Sigourney Weaver (1)" in reply.text
    assert "Denis Villeneuve (1)" in reply.text
    assert reply.offer is not None
    assert set(library.admitted_ids(reply.offer.constraints)) == {ALIEN.id, ARRIVAL.id}
