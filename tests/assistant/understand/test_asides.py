"""Messages that ask for no picks: about videos, and about the conversation itself."""

from __future__ import annotations

import pytest

from assistant.types import Constraints, Facet, Intent, Kind, Request
from tests.assistant.understand.dialogue import PICKS, hear, talk

STANDING = Request(
    message="films about whales", wish="whales", constraints=Constraints(kinds=(Kind.FILM,))
)


@pytest.mark.parametrize(
    ("message", "ids", "facets"),
    [
        ("what is 2 about, how long?", ("b:2",), (Facet.SUBJECT, Facet.LENGTH)),
        ("what's the second one about?", ("b:2",), (Facet.SUBJECT,)),
        ("how long are the first two?", ("film:totoro", "b:2"), (Facet.LENGTH,)),
        ("who's in 3", ("c:3",), (Facet.PEOPLE,)),
        ("who directed 3 and when was it made?", ("c:3",), (Facet.YEAR, Facet.PEOPLE)),
        ("is 2 in English?", ("b:2",), (Facet.LANGUAGE,)),
        ("where can I watch the first one?", ("film:totoro",), (Facet.LINK,)),
        ("how many views does 2 have?", ("b:2",), (Facet.POPULARITY,)),
        ("what channel is 3 from", ("c:3",), (Facet.CHANNEL,)),
        ("is the third one a concert or an interview?", ("c:3",), (Facet.KIND,)),
        ("tell me more about the second", ("b:2",), ()),
        ("is 2 any good?", ("b:2",), ()),
        ("great, thanks! what is 2 about?", ("b:2",), (Facet.SUBJECT,)),
        ("what is Alien about?", ("film:alien",), (Facet.SUBJECT,)),
        ("how long is blade runner", ("film:blade",), (Facet.LENGTH,)),
        ("第二个讲什么", ("b:2",), (Facet.SUBJECT,)),
        ("第三部是谁导演的，多长？", ("c:3",), (Facet.LENGTH, Facet.PEOPLE)),
        ("异形是谁演的", ("film:alien",), (Facet.PEOPLE,)),
    ],
)
def test_about(message: str, ids: tuple[str, ...], facets: tuple[Facet, ...]) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.ABOUT
    assert request.references == ids
    assert set(request.facets) == set(facets)
    assert (request.wish, request.constraints) == ("whales", STANDING.constraints)


def test_questions_go_on_with_what_was_asked_about() -> None:
    requests = talk("films about whales", "what is 2 about?", "who's in it?", "and how long?")

    assert [request.intent for request in requests[1:]] == [Intent.ABOUT] * 3
    assert {request.references for request in requests[1:]} == {("b:2",)}


def test_about_a_title_that_the_library_does_not_hold() -> None:
    request = hear("what is Dune about?", STANDING)

    assert (request.intent, request.references, request.subject) == (Intent.ABOUT, (), "Dune")


@pytest.mark.parametrize(
    "message",
    [
        "what is machine learning about",
        "a film about who built the pyramids",
        "how long can you hold your breath",
        "what about Alien?",
        "tell me about whales",
    ],
)
def test_a_question_about_no_video_is_a_wish(message: str) -> None:
    assert hear(message, STANDING).intent.recommends


@pytest.mark.parametrize(
    ("message", "ids", "facets"),
    [
        ("compare 1 and 3", ("film:totoro", "c:3"), ()),
        ("compare the first two", ("film:totoro", "b:2"), ()),
        ("what's the difference between 2 and 4?", ("b:2", "d:4"), ()),
        ("which one is shorter, 1 or 2", ("film:totoro", "b:2"), (Facet.LENGTH,)),
        ("is the second or the fifth more popular?", ("b:2", "e:5"), (Facet.POPULARITY,)),
        ("is 1 longer than 3?", ("film:totoro", "c:3"), (Facet.LENGTH,)),
        ("which of them is the newest?", PICKS, (Facet.YEAR,)),
        ("which is the shortest?", (), (Facet.LENGTH,)),
        ("compare alien with arrival", ("film:alien", "film:arrival"), ()),
        ("比较一下1和3", ("film:totoro", "c:3"), ()),
        ("1和2哪个更短？", ("film:totoro", "b:2"), (Facet.LENGTH,)),
        ("前两个有什么区别", ("film:totoro", "b:2"), ()),
    ],
)
def test_compare(message: str, ids: tuple[str, ...], facets: tuple[Facet, ...]) -> None:
    request = hear(message, STANDING)

    assert (request.intent, request.references) == (Intent.COMPARE, ids)
    assert request.facets == facets


def test_compare_with_a_title_that_the_library_does_not_hold() -> None:
    request = hear("compare Alien and Dune", STANDING)

    assert (request.references, request.subject) == (("film:alien",), "Dune")


@pytest.mark.parametrize(
    ("message", "ids", "subject"),
    [
        ("why not Dune?", (), "Dune"),
        ("why not Arrival?", ("film:arrival",), ""),
        ("why not arrival", ("film:arrival",), ""),
        ("why didn't you show me Arrival", ("film:arrival",), ""),
        ("why isn't Dune in the list?", (), "Dune"),
        ("what about Arrival, why is it not there?", ("film:arrival",), ""),
        ("为什么没有沙丘？", (), "沙丘"),
        ("怎么没有推荐异形", ("film:alien",), ""),
        ("为什么没有《异形》", ("film:alien",), ""),
    ],
)
def test_why_not(message: str, ids: tuple[str, ...], subject: str) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.WHY_NOT
    assert (request.references, request.subject) == (ids, subject)


def test_why_not_alone_agrees_and_before_a_kind_proposes() -> None:
    proposed = hear("why not a documentary?", STANDING)

    assert hear("why not", STANDING).intent is Intent.CHAT
    assert proposed.intent is Intent.RECOMMEND
    assert proposed.constraints.kinds == (Kind.DOCUMENTARY,)


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("what did you show me before?", Intent.RECALL),
        ("what did you recommend at first?", Intent.RECALL),
        ("wat did u show me b4", Intent.RECALL),
        ("go back to the first list", Intent.RECALL),
        ("刚才推荐了什么", Intent.RECALL),
        ("之前给我看过哪些？", Intent.RECALL),
        ("undo", Intent.UNDO),
        ("oops, take that back", Intent.UNDO),
        ("撤销", Intent.UNDO),
        ("撤销刚才的操作", Intent.UNDO),
        ("what do you know about me?", Intent.MEMORY),
        ("what did you note about me?", Intent.MEMORY),
        ("你记得我什么", Intent.MEMORY),
        ("help", Intent.HELP),
        ("what can you do?", Intent.HELP),
        ("how do I use this thing", Intent.HELP),
        ("帮助", Intent.HELP),
        ("你能做什么？", Intent.HELP),
    ],
)
def test_about_the_conversation(message: str, intent: Intent) -> None:
    request = hear(message, STANDING)

    assert request.intent is intent
    assert (request.wish, request.constraints) == ("whales", STANDING.constraints)
    assert (request.references, request.changed) == ((), ())


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("forget that I love Ghibli", "I love Ghibli"),
        ("please forget everything about horror", "horror"),
        ("forget what I said about horror", "horror"),
        ("forget everything you know about me", "everything"),
        ("忘掉我喜欢吉卜力这件事", "我喜欢吉卜力"),
    ],
)
def test_forget(message: str, subject: str) -> None:
    request = hear(message, STANDING)

    assert (request.intent, request.subject) == (Intent.FORGET, subject)


@pytest.mark.parametrize("message", ["forget the length", "forget it", "forget me not"])
def test_not_everything_is_forgotten(message: str) -> None:
    assert hear(message, STANDING).intent is Intent.RECOMMEND


def test_asides_leave_what_stands_and_point_where_they_ask() -> None:
    requests = talk("films like Alien, no gore", "more like 3", "what is 2 about?", "shorter")

    assert requests[2].references == ("b:2",)
    assert requests[3].references == ("c:3",)
    assert requests[3].named == requests[0].named
    assert requests[3].avoid == requests[0].avoid
