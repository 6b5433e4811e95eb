"""Dialogues: what accumulates, what is corrected and taken back, and what each message changed."""

from __future__ import annotations

import pytest

from assistant.titles import TitleIndex
from assistant.types import (
    Avoided,
    Constraints,
    Dial,
    DialogueState,
    Intent,
    Kind,
    Relative,
    Request,
    Slot,
    Video,
)
from assistant.understand import follow, understand
from store.library import TitleRow
from tests.assistant.understand.dialogue import NAMES, PICKS, TODAY, Toy, avoided, hear, talk


def test_a_conversation_accumulates() -> None:
    requests = talk(
        "something funny",
        "shorter",
        "not animated",
        "in French or Spanish",
        "like the third, but older",
        "forget the length",
        "surprise me",
        "what did you show me before?",
    )
    third, sixth, seventh, last = requests[4], requests[5], requests[6], requests[7]

    assert [request.changed for request in requests[:4]] == [
        (Slot.WISH,),
        (Slot.DURATION,),
        (Slot.AVOID,),
        (Slot.LANGUAGE,),
    ]
    assert (third.intent, third.references) == (Intent.MORE_LIKE, ("c:3",))
    assert set(third.changed) == {Slot.YEAR, Slot.REFERENCES}
    assert (sixth.wish, avoided(sixth)) == ("funny", ("animated",))
    assert sixth.constraints.languages == ("fr", "es")
    assert sixth.references == ("c:3",)
    assert (seventh.wish, seventh.constraints, seventh.avoid) == ("", Constraints(), ())
    assert (seventh.dial, seventh.references) == (Dial.EXPLORE, ())
    assert (last.intent, last.changed, last.dial) == (Intent.RECALL, (), Dial.EXPLORE)


def test_the_same_in_chinese() -> None:
    requests = talk("想看搞笑的", "一小时以内", "不要动画", "法语或西班牙语的", "除了时长都保留")

    assert requests[-1].changed == (Slot.DURATION,)
    assert (requests[-1].wish, avoided(requests[-1])) == ("搞笑", ("动画",))
    assert requests[-1].constraints == Constraints(languages=("fr", "es"))


def test_comparisons_that_are_not_settled_have_changed_their_slot() -> None:
    request = talk("something funny", "older")[-1]

    assert (request.relative, request.changed) == ((Relative.OLDER,), (Slot.YEAR,))


@pytest.mark.parametrize(
    "message",
    ["no, I meant a series", "not the film, the series", "I meant series, not films", "no, series"],
)
def test_a_kind_is_corrected_in_place(message: str) -> None:
    request = talk("a film about dragons under 2 hours", message)[-1]

    assert request.wish == "dragons"
    assert request.constraints == Constraints(
        max_duration_s=7200, kinds=(Kind.SERIES, Kind.EPISODE)
    )
    assert request.changed == (Slot.KIND,)


@pytest.mark.parametrize("message", ["我是说电视剧", "不对，我说的是电视剧", "不是电影，是电视剧"])
def test_a_kind_is_corrected_in_chinese(message: str) -> None:
    request = talk("关于龙的电影", message)[-1]

    assert request.wish == "龙"
    assert request.constraints == Constraints(kinds=(Kind.SERIES, Kind.EPISODE))


@pytest.mark.parametrize(
    "message", ["no, French", "not Spanish, French", "I said French, not Spanish", "in French"]
)
def test_a_language_is_corrected_in_place(message: str) -> None:
    request = talk("talks about bees in Spanish", message)[-1]

    assert request.wish == "bees"
    assert request.constraints == Constraints(languages=("fr",), kinds=(Kind.TALK,))


def test_a_length_is_corrected_in_place() -> None:
    assert talk("talks under 2 hours", "actually, under an hour")[-1].constraints == Constraints(
        max_duration_s=3600, kinds=(Kind.TALK,)
    )
    assert talk("20分钟以内的喜剧", "说错了，是30分钟以内")[-1].constraints == Constraints(
        max_duration_s=1800
    )


def test_a_wish_is_corrected_in_place() -> None:
    request = talk("talks about bees in Spanish", "no, I meant wasps")[-1]

    assert request.wish == "wasps"
    assert request.constraints == Constraints(languages=("es",), kinds=(Kind.TALK,))


FARGO = Toy(
    titles=TitleIndex(
        TitleRow(f"v:{key}", "Fargo", (), year) for key, year in (("film", 1996), ("series", 2014))
    ),
    known=(
        Video(id="v:film", title="Fargo", kind=Kind.FILM, year=1996),
        Video(id="v:series", title="Fargo", kind=Kind.SERIES, year=2014),
    ),
)


@pytest.mark.parametrize(
    ("first", "message", "meant"),
    [
        ("something like Fargo (1996)", "no, I meant the series", "v:series"),
        ("something like Fargo (2014)", "I meant the film", "v:film"),
        ("something like Fargo (2014)", "I meant the 1996 one", "v:film"),
    ],
)
def test_a_title_is_corrected_by_what_tells_it_from_others(
    first: str, message: str, meant: str
) -> None:
    before, request = talk(first, message, names=FARGO)

    assert [one.video_id for one in request.named] == [meant]
    assert [one.video_id for one in before.named] != [meant]
    assert request.constraints.empty
    assert request.changed == (Slot.NAMED,)


@pytest.mark.parametrize(
    ("first", "message", "left"),
    [
        ("comedies in French", "drop the French thing", Constraints()),
        ("comedies in French or Spanish", "drop French", Constraints(languages=("es",))),
        ("comedies in French", "it doesn't have to be in French", Constraints()),
        ("comedies in French", "any language is fine", Constraints()),
        ("comedies in French", "German is fine too", Constraints(languages=("fr", "de"))),
        ("comedies from the 90s", "never mind the 90s", Constraints()),
        ("comedies from TED", "doesn't have to be TED", Constraints()),
        ("comedies under an hour", "不用管时长", Constraints()),
        ("comedies in French", "不一定要法语", Constraints()),
    ],
)
def test_limits_are_taken_back(first: str, message: str, left: Constraints) -> None:
    request = talk(first, message)[-1]

    assert request.constraints == left


@pytest.mark.parametrize(
    "message", ["horror is fine after all", "I don't mind horror", "恐怖的也可以"]
)
def test_what_was_avoided_is_allowed(message: str) -> None:
    declined = "不要恐怖" if message.endswith("可以") else "no horror"
    request = talk("comedies", declined, message)[-1]

    assert (request.wish, request.avoid, request.changed) == ("comedies", (), (Slot.AVOID,))


def test_a_part_of_the_wish_is_taken_back() -> None:
    assert (
        talk("comedies about robots and magic", "drop the robots")[-1].wish
        == "comedies about magic"
    )


def test_what_is_ruled_out_leaves_what_is_wanted() -> None:
    request = talk("talks in French or Spanish", "not in French")[-1]

    assert request.constraints.languages == ("es",)
    assert request.constraints.not_languages == ("fr",)


# --- offers ------------------------------------------------------------------------------------

OFFER = Request(message="whales", wish="whales", constraints=Constraints(max_duration_s=420))
OFFERED = DialogueState(
    standing=Request(message="whales", wish="whales", constraints=Constraints(max_duration_s=300)),
    offer=OFFER,
)


@pytest.mark.parametrize("message", ["yes", "ok", "Sure!", "why not", "yes please", "好", "好的"])
def test_yes_takes_an_offer(message: str) -> None:
    request = understand(message, OFFERED, NAMES, today=TODAY)

    assert request.intent is Intent.RECOMMEND
    assert (request.wish, request.constraints) == ("whales", OFFER.constraints)
    assert (request.message, request.changed) == (message, (Slot.DURATION,))


@pytest.mark.parametrize("message", ["no", "thanks"])
def test_an_offer_is_left(message: str) -> None:
    request = understand(message, OFFERED, NAMES, today=TODAY)

    assert request.intent is Intent.CHAT
    assert request.constraints.max_duration_s == 300


def test_yes_to_nothing_is_small_talk() -> None:
    assert hear("yes", OFFER).intent is Intent.CHAT


# --- the state that follows --------------------------------------------------------------------


def test_only_requests_for_picks_stand() -> None:
    state = follow(DialogueState(), OFFER, PICKS)
    asked = follow(
        state.model_copy(update={"offer": OFFER}),
        OFFER.model_copy(update={"intent": Intent.ABOUT, "references": ("b:2",)}),
    )

    assert (state.standing, state.last_pick_ids, state.shown_ids) == (OFFER, PICKS, PICKS)
    assert (asked.standing, asked.focus_ids, asked.offer) == (OFFER, ("b:2",), None)
    assert follow(asked, OFFER, ("f:6",)).focus_ids == ()
    assert follow(asked, OFFER, ("f:6",)).shown_ids == (*PICKS, "f:6")


def test_small_talk_does_not_change_what_is_spoken_of() -> None:
    state = DialogueState(focus_ids=("b:2",))

    assert follow(state, Request(message="ok", intent=Intent.CHAT)).focus_ids == ("b:2",)


def test_exceptions_stay_with_what_is_avoided() -> None:
    standing = Request(message="x", avoid=(Avoided(term="horror", unless=("zombie comedies",)),))

    assert hear("shorter", standing).avoid == standing.avoid
