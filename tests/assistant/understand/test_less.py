from __future__ import annotations

import pytest

from assistant.understand.less import read_less


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("less technical", ["technical"]),
        ("something a bit less technical", ["technical"]),
        ("less violent please", ["violent"]),
        ("less talking", ["talking"]),
        ("less of the singing", []),
        ("less car chases", ["car chase"]),
        ("not so violent", ["violent"]),
        ("not too serious", ["serious"]),
        ("a thriller that's not too scary", ["scary"]),
        ("nothing too scary", ["scary"]),
        ("nothing too sad or heavy", ["sad", "heavy"]),
        ("not too violent either", ["violent"]),
        ("funny but not too silly, under an hour", ["silly"]),
        ("without too much violence", ["violence"]),
        ("not much violence", ["violence"]),
        ("I don't want anything too heavy", ["heavy"]),
        ("too technical", ["technical"]),
        ("that's too scary for me", ["scary"]),
        ("these are a bit too slow", []),
        ("go easy on the gore", ["gore"]),
        ("讲讲量子物理，别太专业", ["专业"]),
        ("没那么专业的", ["专业"]),
        ("不要太血腥", ["血腥"]),
        ("不要太暴力的", ["暴力"]),
        ("不那么严肃的电影", ["严肃"]),
        ("少一点技术", ["技术"]),
        ("少点说教的", ["说教"]),
        ("技术少一点", ["技术"]),
        ("太吓人了", ["吓人"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert [less.term for less in read_less(text)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "no horror",
        "not violent",
        "less than an hour",
        "less like 2",
        "more or less the same",
        "I couldn't care less about it",
        "not so long",
        "not too old",
        "not that one",
        "not so sure",
        "I'm not particularly interested in them",
        "I'm not too picky",
        "not very good",
        "a film about a man who talks too much",
        "how to spend less money",
        "too long",
        "不要恐怖片",
        "不要太长",
        "太好了",
        "太好看了",
        "少年的故事",
        "多少一点",
        "",
    ],
)
def test_nothing(text: str) -> None:
    assert read_less(text) == []


def test_what_is_left() -> None:
    text = "a thriller that's not too scary"
    ((_, (start, end)),) = read_less(text)

    assert text[:start] + text[end:] == "a thriller "
