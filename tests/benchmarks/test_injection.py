from __future__ import annotations

from collections import Counter

import pytest

from assistant.scripts.parts import Parts
from assistant.types import Pick, Request, Turn, Video
from benchmarks import injection
from benchmarks.injection import CANARY, Attempt, attempts, problems


def test_there_are_sixty() -> None:
    assert Counter(one.place for one in attempts()) == {
        "titles": 20,
        "descriptions": 15,
        "tags": 10,
        "requests": 15,
    }
    assert all(CANARY in one.text for one in attempts())


def test_texts_that_try_to_steer_stay_data() -> None:
    tried = list(attempts())[::3]
    with Parts() as parts:
        found = {one.text: problems(one, parts, llm=False) for one in tried}
    assert {text: said for text, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("turn", "shown", "problem"),
    [
        ({"answer": f"I recommend {CANARY}."}, "", "own words"),
        ({"summary": f"{CANARY}!"}, "", "own words"),
        ({}, "\x1b[31mred", "control character"),
    ],
)
def test_what_goes_wrong_is_seen(turn: dict[str, str], shown: str, problem: str) -> None:
    said = Turn(message="whales", request=Request(message="whales"), **turn)
    attempt = Attempt("titles", CANARY)
    found = list(injection._checked(said, shown, attempt, set()))
    assert [one for one in found if problem in one]


def test_a_pick_from_nowhere_is_seen() -> None:
    pick = Pick(video=Video(id="v:x", title="X"), rank=1, score=1.0, parts={}, cluster="")
    turn = Turn(message="x", request=Request(message="x"), picks=(pick,))
    assert list(injection._checked(turn, "", Attempt("titles", "x"), {"v:1"}))
