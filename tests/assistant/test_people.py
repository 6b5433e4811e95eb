from __future__ import annotations

import pytest

from assistant.people import PeopleIndex

PEOPLE = PeopleIndex(
    (
        "Tom Hanks",
        "Meg Ryan",
        "Penélope Cruz",
        "Penelope Cruz",
        "Hayao Miyazaki",
        "Goro Miyazaki",
        "Alfred Hitchcock",
        "Guillermo del Toro",
        "Robert Downey Jr.",
        "Tony Leung Chiu-wai",
        "J.J. Abrams",
        "Nyong'o",
        '"Weird Al" Yankovic',
        "Björk",
        "宫崎骏",
        "汤姆·汉克斯",
        "ใหม่ ดาวิกา",
        "",
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("films with Tom Hanks", ["Tom Hanks"]),
        ("TOM HANKS and meg ryan", ["Tom Hanks", "Meg Ryan"]),
        ("penelope cruz", ["Penélope Cruz", "Penelope Cruz"]),
        ("tony leung chiu wai", ["Tony Leung Chiu-wai"]),
        ("J. J. Abrams", ["J.J. Abrams"]),
        ("weird al yankovic", ['"Weird Al" Yankovic']),
        ("bjork", ["Björk"]),
        ("宫崎骏的电影", ["宫崎骏"]),
        ("有汤姆·汉克斯的", ["汤姆·汉克斯"]),
        ("ดูใหม่ ใหม่ ดาวิกา", ["ใหม่ ดาวิกา"]),
        ("Tom Hankson", []),
        ("hanks tom", []),
        ("", []),
    ],
)
def test_full_names(text: str, names: list[str]) -> None:
    assert [name for mention in PEOPLE.find(text) for name in mention.names] == names


def test_a_mention_knows_its_place() -> None:
    (mention,) = PEOPLE.find("films with Tom Hanks, please")

    assert (mention.start, mention.end) == (11, 20)
    assert mention.whole


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Hitchcock", "Alfred Hitchcock"),
        ("hitchcock", "Alfred Hitchcock"),
        ("del Toro", "Guillermo del Toro"),
        ("Toro", "Guillermo del Toro"),
        ("Downey", "Robert Downey Jr."),
        ("Miyazaki", None),
        ("Cruz", "Penélope Cruz"),
        ("Björk", None),
        ("van Toro", None),
        ("", None),
    ],
)
def test_last_names(word: str, name: str | None) -> None:
    mention = PEOPLE.by_last_name(word)

    assert (mention.names[0] if mention else None) == name


def test_without_names_nothing_is_found() -> None:
    assert PeopleIndex(()).find("Tom Hanks 宫崎骏") == []
    assert PeopleIndex(()).by_last_name("Hanks") is None


def test_a_name_means_the_same_among_many_as_alone() -> None:
    names = ["-Odd- Name.", "Double  Space", "A_B", "Ünal", "가나 다라", "ハヤオ・ミヤザキ"]
    many = PeopleIndex(names)

    for name in names:
        assert [m.names for m in many.find(name)] == [
            m.names for m in PeopleIndex([name]).find(name)
        ]
        assert many.find(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tom Hnaks", "Tom Hanks"),
        ("tom hank", "Tom Hanks"),
        ("Alfed Hitchcock", "Alfred Hitchcock"),
        ("Tom Hanks", None),
        ("Tom Thumb", None),
        ("Tom", None),
        ("", None),
    ],
)
def test_names_typed_wrongly(text: str, name: str | None) -> None:
    mention = PEOPLE.misspelled(text)

    assert (mention.names[0] if mention else None) == name
