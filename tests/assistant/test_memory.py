"""What is remembered is put into what is asked, and never over it."""

from __future__ import annotations

import pytest

from assistant.company import for_company, left_out
from assistant.memory import apply, in_force
from assistant.types import (
    Avoided,
    Company,
    Constraints,
    Kind,
    Preference,
    Request,
    Scope,
    Slot,
    Years,
)

ENGLISH = Preference(said="I only watch in English", constraints=Constraints(languages=("en",)))
NO_FRENCH = Preference(said="I don't speak French", constraints=Constraints(not_languages=("fr",)))
NO_GERMAN = Preference(said="I don't speak German", constraints=Constraints(not_languages=("de",)))
TWO_HOURS = Preference(
    said="I never watch films over two hours", constraints=Constraints(max_duration_s=7200)
)
NO_HORROR = Preference(
    said="I never watch horror", avoid=(Avoided(term="horror", unless=("zombie comedy",)),)
)
GHIBLI = Preference(said="I love Ghibli", likes=("Ghibli",))
KIDS = Preference(said="my kids hate clowns", scope=Scope.KIDS, avoid=(Avoided(term="clown"),))
TONIGHT = Preference(
    said="only French films today", scope=Scope.SESSION, constraints=Constraints(languages=("fr",))
)


def ask(wish: str = "", **limits: object) -> Request:
    return Request(message=wish, wish=wish, constraints=Constraints.model_validate(limits))


# --- what is in force ----------------------------------------------------------------------------


def test_what_is_in_force_depends_on_who_watches() -> None:
    stored = [KIDS, NO_HORROR]
    assert in_force(stored, [TONIGHT], None) == (NO_HORROR, TONIGHT)
    assert in_force(stored, [], Company.KIDS) == (NO_HORROR, KIDS)
    assert in_force(stored, [], Company.FRIENDS) == (NO_HORROR,)


def test_what_is_said_for_the_session_counts_for_more_than_what_always_holds() -> None:
    found = apply(ask(), in_force([ENGLISH], [TONIGHT], None))
    assert found.request.constraints.languages == ("fr",)
    assert found.limits == {Slot.LANGUAGE: TONIGHT}


# --- limits --------------------------------------------------------------------------------------


def test_limits_are_merged_and_told_from_those_of_the_message() -> None:
    found = apply(ask("whales", min_year=1990), [TWO_HOURS, NO_HORROR, GHIBLI])
    assert found.request.constraints == Constraints(min_year=1990, max_duration_s=7200)
    assert found.request.avoid == NO_HORROR.avoid
    assert found.limits == {Slot.DURATION: TWO_HOURS}
    assert found.avoided == {"horror": NO_HORROR}
    assert found.suspended == ()
    assert found.preferences == (TWO_HOURS, NO_HORROR, GHIBLI)
    assert found.limits_in_words("en") == ("at most 120 min", "no horror (except zombie comedy)")


def test_the_message_wins_in_its_own_dimension() -> None:
    found = apply(ask(languages=("fr",)), [ENGLISH, TWO_HOURS])
    assert found.request.constraints == Constraints(languages=("fr",), max_duration_s=7200)
    assert found.limits == {Slot.DURATION: TWO_HOURS}
    assert found.suspended == (ENGLISH,)


def test_what_the_message_rules_out_is_ruled_out_beside_what_is_remembered() -> None:
    found = apply(ask(not_languages=("de",)), [NO_FRENCH])
    assert found.request.constraints.not_languages == ("fr", "de")
    found = apply(ask(not_languages=("de",)), [ENGLISH])
    assert found.request.constraints == Constraints(languages=("en",), not_languages=("de",))
    assert found.suspended == ()


def test_what_is_ruled_out_adds_up() -> None:
    found = apply(ask(), [NO_FRENCH, NO_GERMAN])
    assert found.request.constraints.not_languages == ("fr", "de")


@pytest.mark.parametrize(
    ("earlier", "later", "both"),
    [
        ({"max_year": 1999}, {"min_year": 1990}, {"min_year": 1990, "max_year": 1999}),
        ({"max_duration_s": 600}, {"min_duration_s": 1200}, {"min_duration_s": 1200}),
        ({"min_year": 2000}, {"max_year": 1980}, {"max_year": 1980}),
        ({"max_duration_s": 7200}, {"max_duration_s": 3600}, {"max_duration_s": 3600}),
        ({"not_languages": ("fr",)}, {"languages": ("fr", "en")}, {"languages": ("fr", "en")}),
        ({"kinds": (Kind.FILM,)}, {"kinds": (Kind.TALK,)}, {"kinds": (Kind.TALK,)}),
        (
            {"not_years": (Years(first=1980, last=1989),)},
            {"min_year": 1970},
            {"not_years": (Years(first=1980, last=1989),), "min_year": 1970},
        ),
    ],
)  # fmt: skip
def test_of_two_that_contradict_each_other_the_later_counts(
    earlier: dict[str, object], later: dict[str, object], both: dict[str, object]
) -> None:
    known = [
        Preference(said=said, constraints=Constraints.model_validate(limits))
        for said, limits in (("one", earlier), ("two", later))
    ]
    found = apply(ask(), known)
    assert found.request.constraints == Constraints.model_validate(both)


# --- what is avoided -----------------------------------------------------------------------------


@pytest.mark.parametrize("wish", ["a horror film tonight", "horror", "Horrors from Japan"])
def test_a_wish_for_what_is_left_out_lets_it_in(wish: str) -> None:
    found = apply(ask(wish), [NO_HORROR])
    assert found.request.avoid == ()
    assert found.suspended == (NO_HORROR,)


def test_a_word_that_only_contains_the_term_does_not() -> None:
    no_war = Preference(said="I hate war films", avoid=(Avoided(term="war"),))
    assert apply(ask("software"), [no_war]).request.avoid == no_war.avoid


def test_chinese_terms() -> None:
    no_horror = Preference(said="我讨厌恐怖片", avoid=(Avoided(term="恐怖"),))
    assert apply(ask("恐怖片"), [no_horror]).request.avoid == ()
    assert apply(ask("喜剧"), [no_horror]).request.avoid == no_horror.avoid


def test_what_the_message_declines_itself_stays_its_own() -> None:
    request = ask().model_copy(update={"avoid": (Avoided(term="horror"),)})
    found = apply(request, [NO_HORROR])
    assert found.request.avoid == (Avoided(term="horror"),)
    assert found.avoided == {}


def test_what_is_liked_later_is_left_out_no_more() -> None:
    loves = Preference(said="I love horror now", likes=("horror",))
    assert apply(ask(), [NO_HORROR, loves]).request.avoid == ()
    assert apply(ask(), [loves, NO_HORROR]).request.avoid == NO_HORROR.avoid


def test_nothing_remembered_changes_nothing() -> None:
    request = ask("whales", max_duration_s=600)
    assert apply(request, []).request == request


# --- company -------------------------------------------------------------------------------------


def test_with_children_there_some_things_are_left_out() -> None:
    request = ask("a film").model_copy(update={"company": Company.KIDS})
    terms = {one.term for one in left_out(request)}
    assert {"horror", "gore", "slasher", "erotic", "serial killer", "恐怖片", "色情"} <= terms
    for company in (None, Company.PARTNER, Company.FRIENDS):
        assert left_out(request.model_copy(update={"company": company})) == ()


def test_what_is_wished_for_is_let_in() -> None:
    request = ask("horror for the little ones").model_copy(update={"company": Company.KIDS})
    terms = {one.term for one in for_company(request)}
    assert "horror" not in terms
    assert "gore" in terms


def test_what_the_message_declines_comes_first() -> None:
    request = ask().model_copy(update={"company": Company.KIDS, "avoid": (Avoided(term="clown"),)})
    assert left_out(request)[0] == Avoided(term="clown")


def test_no_term_is_there_twice() -> None:
    terms = [one.term for one in for_company(Request(message="", company=Company.KIDS))]
    assert len(terms) == len(set(terms))
