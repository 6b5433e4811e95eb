from __future__ import annotations

import pytest

from assistant.people import PeopleIndex
from assistant.understand.people import read_people
from assistant.understand.reading import MASK

PEOPLE = PeopleIndex(
    (
        "Tom Hanks",
        "Meg Ryan",
        "Bill Murray",
        "Jim Carrey",
        "Adam Sandler",
        "Brandon Rhodes",
        "Raymond Hettinger",
        "Alfred Hitchcock",
        "Hayao Miyazaki",
        "Quentin Tarantino",
        "Tony Leung Chiu-wai",
        "Martin Short",
        "Mica Paris",
        "Madonna",
        "宫崎骏",
        "周星驰",
        "Python",
        "Artel Great",
        "Eric Christmas",
        "Nguyen Hong An",
        "Robert Patrick",
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("films with Tom Hanks", ["Tom Hanks"]),
        ("something with tom hanks in it", ["Tom Hanks"]),
        ("a talk by Brandon Rhodes", ["Brandon Rhodes"]),
        ("talks about testing by brandon rhodes", ["Brandon Rhodes"]),
        ("directed by Hitchcock", ["Alfred Hitchcock"]),
        ("directed by hitchcock", ["Alfred Hitchcock"]),
        ("starring Meg Ryan and Tom Hanks", ["Meg Ryan", "Tom Hanks"]),
        ("talks by Raymond Hettinger", ["Raymond Hettinger"]),
        ("something from Miyazaki", ["Hayao Miyazaki"]),
        ("Bill Murray or Jim Carrey comedies", ["Bill Murray", "Jim Carrey"]),
        ("Hitchcock films", ["Alfred Hitchcock"]),
        ("Tarantino's films", ["Quentin Tarantino"]),
        ("best of Hitchcock", ["Alfred Hitchcock"]),
        ("Tom Hanks", ["Tom Hanks"]),
        ("a film with Tom Hnaks", ["Tom Hanks"]),
        ("directed by Alfed Hitchcock", ["Alfred Hitchcock"]),
        ("tom hanks please", ["Tom Hanks"]),
        ("films with Tony Leung Chiu-wai from the 90s", ["Tony Leung Chiu-wai"]),
        ("concerts by Madonna", ["Madonna"]),
        ("宫崎骏的电影", ["宫崎骏"]),
        ("由周星驰主演", ["周星驰"]),
        ("周星驰主演的喜剧", ["周星驰"]),
        ("想看周星驰的喜剧片", ["周星驰"]),
    ],
)
def test_wanted(text: str, names: list[str]) -> None:
    limits = read_people(text, PEOPLE).constraints

    assert list(limits.people) == names
    assert limits.not_people == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("not by Hitchcock", ["Alfred Hitchcock"]),
        ("anything but Adam Sandler", ["Adam Sandler"]),
        ("without Bill Murray", ["Bill Murray"]),
        ("nothing with Jim Carrey or Adam Sandler", ["Jim Carrey", "Adam Sandler"]),
        ("no Adam Sandler", ["Adam Sandler"]),
        ("no Adam Sandler movies", ["Adam Sandler"]),
        ("thrillers, not by Alfred Hitchcock", ["Alfred Hitchcock"]),
        ("I don't want Adam Sandler", ["Adam Sandler"]),
        ("不要周星驰的", ["周星驰"]),
        ("不是宫崎骏导演的", ["宫崎骏"]),
    ],
)
def test_unwanted(text: str, names: list[str]) -> None:
    limits = read_people(text, PEOPLE).constraints

    assert list(limits.not_people) == names
    assert limits.people == ()


@pytest.mark.parametrize(
    "text",
    [
        "a documentary about Tom Hanks",
        "a film about tom hanks and meg ryan",
        "关于宫崎骏的纪录片",
        "films from Paris",
        "short films",
        "Short films",
        "something with python",
        "by hanks",
        "like a madonna",
        "Great movie!",
        "Christmas films",
        "An adventure film",
        "with Patrick Bateman",
        "Is that the one with Tom Hanks?",
        "That is with Tom Hanks, right?",
        f"I loved {MASK * 3} with Tom Hanks",
        "I met Tom Hanks yesterday",
        "with somebody else",
        "",
    ],
)
def test_nobody(text: str) -> None:
    reading = read_people(text, PEOPLE)

    assert reading.constraints.empty
    assert reading.spans == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("films with Tom Hanks about space", "films  about space"),
        ("Hitchcock's films", " films"),
        ("something directed by Hitchcock", "something "),
        ("周星驰主演的喜剧", "喜剧"),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    ((start, end),) = read_people(text, PEOPLE).spans

    assert text[:start] + text[end:] == left


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("a film with Bill Murray and Jim Carrey", True),
        ("starring Bill Murray & Jim Carrey", True),
        ("with Bill Murray, Jim Carrey and Hayao Miyazaki", True),
        ("with Bill Murray, directed by Hayao Miyazaki", True),
        ("有宫崎骏和比尔·默里的电影", True),
        ("宫崎骏和比尔·默里主演的电影", True),
        ("a film with Bill Murray or Jim Carrey", False),
        ("with Bill Murray, Jim Carrey or Hayao Miyazaki", False),
        ("Bill Murray or Jim Carrey comedies", False),
        ("films by Bill Murray and Hayao Miyazaki", False),
        ("directed by Bill Murray and Hayao Miyazaki", False),
        ("something with Bill Murray, or with Jim Carrey", False),
        ("something with Bill Murray or something by Hayao Miyazaki", False),
        ("有宫崎骏或者比尔·默里的电影", False),
        ("宫崎骏和比尔·默里导演的电影", False),
        ("with Bill Murray", False),
        ("without Bill Murray and Jim Carrey", False),
    ],
)
def test_who_is_wanted_together(text: str, together: bool) -> None:
    people = PeopleIndex(("Bill Murray", "Jim Carrey", "Hayao Miyazaki", "宫崎骏", "比尔·默里"))
    limits = read_people(text, people).constraints
    assert limits.every_person is together, limits
    assert len(limits.people) >= (2 if together else 0)
