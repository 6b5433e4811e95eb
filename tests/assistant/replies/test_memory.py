from __future__ import annotations

import pytest

from assistant.replies.memory import (
    find,
    forgotten_text,
    list_memory,
    meaning,
    noted_text,
    suspended_text,
)
from assistant.types import Avoided, Company, Constraints, Preference, Scope

NO_HORROR = Preference(said="I never watch horror", avoid=(Avoided(term="horror"),))
GHIBLI = Preference(said="I love Ghibli", likes=("Ghibli",))
SHORT = Preference(
    said="nothing over 90 minutes", scope=Scope.KIDS, constraints=Constraints(max_duration_s=5400)
)
LEEDS = Preference(said="I live in Leeds")
JAZZ = Preference(said="我喜欢爵士乐", likes=("爵士乐",))
ALL = (NO_HORROR, GHIBLI, SHORT, LEEDS, JAZZ)


def test_the_list_numbers_what_was_said_with_what_it_means_and_when_it_holds() -> None:
    assert list_memory(ALL[:4], "en").splitlines() == [
        "What you told me:",
        "1. always: “I never watch horror” (no horror)",
        "2. always: “I love Ghibli” (more of Ghibli)",
        "3. with the kids: “nothing over 90 minutes” (at most 90 min)",
        "4. always: “I live in Leeds” (kept as a note; it changes no picks)",
    ]
    assert list_memory([JAZZ], "zh").splitlines()[1] == "1. 一直: “我喜欢爵士乐”（多推荐爵士乐）"


def test_with_nothing_remembered_it_says_how_one_tells() -> None:
    assert "I never watch horror" in list_memory([], "en")
    assert "恐怖片" in list_memory([], "zh")


def test_what_is_noted_is_said_with_how_to_take_it_back() -> None:
    said = noted_text([NO_HORROR], None, "en")
    assert said == (
        "Noted, always: “I never watch horror” (no horror). “undo” takes it back; /memory lists it "
        "all."
    )
    assert "撤销" in noted_text([JAZZ], None, "zh")
    assert noted_text([], None, "en") == ""


def test_with_the_kids_it_says_what_is_left_out() -> None:
    assert "horror" in noted_text([], Company.KIDS, "en")
    assert noted_text([], Company.PARTNER, "en") == (
        "Noted: you watch with your partner, until you say otherwise."
    )
    assert "恐怖" in noted_text([], Company.KIDS, "zh")


def test_all_that_it_means_is_told() -> None:
    both = Preference(
        said="x",
        constraints=Constraints(languages=("en",)),
        avoid=(Avoided(term="gore"),),
        dislikes=("sports", "news"),
    )
    assert meaning(both, "en") == "in English, no gore, less of sports, news"


def test_what_does_not_hold_for_once_is_said() -> None:
    assert suspended_text([NO_HORROR], "en") == (
        "You told me “I never watch horror”; this time you asked for something else."
    )
    assert suspended_text([], "en") == ""


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("2", [GHIBLI]),
        ("number 2", [GHIBLI]),
        ("第2条", [GHIBLI]),
        ("0", []),
        ("9", []),
        ("that I love Ghibli", [GHIBLI]),
        ("ghibli", [GHIBLI]),
        ("horrors", [NO_HORROR]),
        ("the 90 minutes", [SHORT]),
        ("爵士乐", [JAZZ]),
        ("everything", list(ALL)),
        ("cooking", []),
        ("", []),
        ("the", []),
    ],
)
def test_what_a_person_means_is_found(subject: str, found: list[Preference]) -> None:
    assert list(find(subject, ALL)) == found


def test_what_is_forgotten_is_said() -> None:
    assert forgotten_text([GHIBLI], "ghibli", "en") == "Forgotten: “I love Ghibli”."
    assert "cooking" in forgotten_text([], "cooking", "en")
