"""Variables are filled in wherever a text stands, and numbers stay numbers."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.scripts.format import Scalar
from assistant.scripts.variables import UnknownVariable, built_in, fill, parsed

VARIABLES: dict[str, Scalar] = {
    "title": "Up",
    "minutes": 90,
    "half": 0.5,
    "wish": "like ${title}",
    "here": "${there}",
    "there": "${here}",
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("like ${title}, under ${minutes} min", "like Up, under 90 min"),
        ("${minutes}", 90),
        ("${ minutes * 60 }", 5400),
        ("${minutes+1} to ${minutes-1}", "91 to 89"),
        ("${half*4}", 2.0),
        ("${wish}!", "like Up!"),
        ("$${title}", "${title}"),
        ("$title costs $5 {a}", "$title costs $5 {a}"),
        (["${title}", {"in": "${minutes}"}], ["Up", {"in": 90}]),
        (7, 7),
        (None, None),
    ],
)
def test_a_text_is_filled_in(text: object, filled: object) -> None:
    assert fill(text, VARIABLES) == filled


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("${titel}", "no variable titel; there are: half, here"),
        ("${}", "neither a variable nor"),
        ("${minutes/2}", "neither a variable nor"),
        ("${title*2}", "title is 'Up', which is no number"),
        ("${here}", "no variable here"),
    ],
)
def test_what_cannot_be_filled_in_says_why(text: str, complaint: str) -> None:
    with pytest.raises(UnknownVariable, match=complaint.replace("*", r"\*")):
        fill(text, VARIABLES)


@pytest.mark.parametrize(("text", "value"), [("5", 5), ("0.5", 0.5), ("no", "no"), ("", "")])
def test_values_of_the_command_line(text: str, value: Scalar) -> None:
    assert parsed(text) == value


def test_this_year_is_known_everywhere() -> None:
    assert fill("${this_year-2}", built_in()) == date.today().year - 2
