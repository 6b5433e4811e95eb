from __future__ import annotations

import pytest

from assistant.constraints import describe, slots_of
from assistant.types import Constraints, Kind, Request, Video


@pytest.mark.parametrize(
    ("constraints", "english", "chinese"),
    [
        ({}, [], []),
        ({"max_duration_s": 1200}, ["at most 20 min"], ["不超过 20 分钟"]),
        ({"max_duration_s": 3599}, ["at most 60 min"], ["不超过 60 分钟"]),
        ({"min_duration_s": 5400}, ["at least 90 min"], ["至少 90 分钟"]),
        ({"min_duration_s": 600, "max_duration_s": 1200}, ["10–20 min"], ["10–20 分钟"]),
        ({"min_year": 1990, "max_year": 1999}, ["1990–1999"], ["1990–1999 年"]),
        ({"min_year": 1994, "max_year": 1994}, ["1994"], ["1994"]),
        ({"max_year": 1979}, ["until 1979"], ["1979 年以前"]),
        ({"languages": ("fr", "es")}, ["in French or Spanish"], ["法语或西班牙语"]),
        ({"not_languages": ("en",)}, ["not in English"], ["非英语"]),
        ({"kinds": (Kind.FILM,)}, ["films"], ["电影"]),
        ({"not_kinds": (Kind.SERIES,)}, ["no series"], ["不要剧集"]),
        ({"people": ("A B", "C D")}, ["with A B or C D"], ["有 A B或C D"]),
        (
            {"people": ("A B", "Á b", "C D"), "every_person": True},
            ["with A B and C D"],
            ["有 A B和C D"],
        ),
        ({"channels": ("TED",)}, ["by TED"], ["来自 TED"]),
    ],
)
def test_a_limit_is_a_short_phrase(
    constraints: dict[str, object], english: list[str], chinese: list[str]
) -> None:
    request = Request(message="", constraints=Constraints.model_validate(constraints))
    assert describe(request) == english
    assert describe(request, "zh") == chinese


def test_of_people_one_is_enough_or_each_is_wanted_in_whichever_spelling() -> None:
    def admitted(*credited: str, every_person: bool) -> bool:
        wanted = Constraints(people=("Zoë Fox", "Zoe Fox", "Bo"), every_person=every_person)
        return wanted.admits(Video(id="t:1", title="T", people=credited))

    assert admitted("bo", every_person=False)
    assert not admitted("bo", every_person=True)
    assert admitted("Bo", "zoe fox", every_person=True)
    assert admitted("Zoë Fox", "Bo", "Somebody", every_person=True)
    assert not admitted("Zoë Fox", "Zoe Fox", every_person=True)


def test_how_people_are_wanted_limits_nothing_without_people() -> None:
    nobody = Constraints(every_person=True)
    assert nobody.empty
    assert slots_of(nobody) == ()
    assert describe(Request(message="", constraints=nobody)) == []


def test_what_is_avoided_is_a_limit_too() -> None:
    assert describe(Request(message="", avoid=("horror", "war"))) == ["no horror", "no war"]


def test_an_unknown_language_is_described_in_english() -> None:
    request = Request(message="", constraints=Constraints(max_year=1979))
    assert describe(request, "fr") == ["until 1979"]
