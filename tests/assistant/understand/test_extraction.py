from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.models.scripted import ScriptedModel
from assistant.names import Names
from assistant.types import Avoided, Constraints, Kind, Request, Slot, Video
from assistant.understand.extraction import extract, schema_of
from store.library import Library

MESSAGE = "one with Tom Hanks, not a minute over 90, and please spare me the gore"
VIDEOS = (
    Video(id="v:1", title="Big", people=("Tom Hanks",), kind=Kind.FILM, language="en"),
    Video(id="v:2", title="Ran", kind=Kind.FILM, language="ja"),
)


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Names]:
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos(VIDEOS)
        yield Names(library)


def filled_in(names: Names, form: object, request: Request | None = None) -> Request:
    model = ScriptedModel(writings=[form if isinstance(form, str) else json.dumps(form)])
    return extract(request or Request(message=MESSAGE), names, model, CancelToken())


def test_what_the_rules_missed_is_added_and_marked(names: Names) -> None:
    form = {"max_minutes": 90, "people": ["tom hanks"], "not_about": ["gore"], "kinds": ["film"]}
    request = filled_in(names, form)
    assert request.constraints == Constraints(
        max_duration_s=5400, people=("Tom Hanks",), kinds=(Kind.FILM,)
    )
    assert request.avoid == (Avoided(term="gore"),)
    assert set(request.by_model) == {Slot.DURATION, Slot.PEOPLE, Slot.KIND, Slot.AVOID}


def test_what_the_rules_have_read_stands(names: Names) -> None:
    own = Request(message=MESSAGE, constraints=Constraints(max_duration_s=3600), avoid=("war",))
    request = filled_in(names, {"max_minutes": 90, "min_year": 1990, "not_about": ["gore"]}, own)
    assert request.constraints == Constraints(max_duration_s=3600, min_year=1990)
    assert request.avoid == own.avoid
    assert request.by_model == (Slot.YEAR,)


@pytest.mark.parametrize(
    "form",
    [
        {"people": ["Meg Ryan"]},  # not said
        {"people": ["Hanks Tom"]},
        {"languages": ["French"]},  # not in the library
        {"kinds": ["concert"]},
        {"not_about": ["violence"]},  # not said
        {"max_minutes": "90"},
        {"unknown": 1},
        {},
        [],
        '{"max_minutes": 90',  # cut off
    ],
)
def test_what_is_not_grounded_is_left_out(names: Names, form: object) -> None:
    request = filled_in(names, form)
    assert request.constraints.empty
    assert not request.avoid
    assert not request.by_model


def test_a_number_that_nobody_said_is_left_out(names: Names) -> None:
    request = Request(message="something short and sweet for tonight")
    assert filled_in(names, {"max_minutes": 20}, request) == request


def test_a_short_message_is_not_read_again(names: Names) -> None:
    model = ScriptedModel(writings=["{}"])
    extract(Request(message="something funny"), names, model, CancelToken())
    assert not model.asked


def test_the_form_is_made_of_the_library(names: Names) -> None:
    properties = schema_of(names)["properties"]
    assert properties["languages"]["items"] == {"enum": ["English", "Japanese"]}
    assert properties["kinds"]["items"] == {"enum": ["film"]}
