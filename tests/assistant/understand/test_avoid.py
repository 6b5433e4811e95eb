from __future__ import annotations

import pytest

from assistant.understand.avoid import read_avoided, singular


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("no horror", ["horror"]),
        ("no violence please", ["violence"]),
        ("no sad endings", ["sad ending"]),
        ("no kids stuff", ["kid"]),
        ("without zombies", ["zombie"]),
        ("without zombies, vampires and ghosts", ["zombie", "vampire", "ghost"]),
        ("without too much violence", ["violence"]),
        ("nothing with Python 2", ["python 2"]),
        ("nothing too scary", ["scary"]),
        ("not too violent", ["violent"]),
        ("not animated", ["animated"]),
        ("that's not animated", ["animated"]),
        ("not scary but funny", ["scary"]),
        ("less violent", ["violent"]),
        ("I don't want subtitles", ["subtitle"]),
        ("I don't want anything about politics", ["politics"]),
        ("I'm not in the mood for comedy", ["comedy"]),
        ("not interested in sports", ["sport"]),
        ("no more Django", ["django"]),
        ("I hate musicals", ["musical"]),
        ("anything but horror", ["horror"]),
        ("anything except superhero movies", ["superhero"]),
        ("no horror, except zombie comedies", ["horror"]),
        ("no horror or gore", ["horror", "gore"]),
        ("no gore and no jump scares", ["gore", "jump scare"]),
        ("no horror and funny", ["horror"]),
        ("no romance, no musicals", ["romance", "musical"]),
        ("tired of superheroes", ["superhero"]),
        ("nothing violent, nothing sad", ["violent", "sad"]),
        ("sci-fi but not set in space", ["space"]),
        ("no subtitles needed", ["subtitle"]),
        ("不要恐怖片", ["恐怖"]),
        ("别推荐动画片", ["动画"]),
        ("不要太暴力的", ["暴力"]),
        ("没有僵尸的", ["僵尸"]),
        ("不想看恐怖和血腥的", ["恐怖", "血腥"]),
        ("除了恐怖片以外", ["恐怖"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert [avoided.term for avoided in read_avoided(text)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "nothing in particular",
        "no idea",
        "no problem",
        "no rush",
        "no, something else",
        "no time limit",
        "no-code tools",
        "not really",
        "I'm not sure",
        "why not",
        "how not to fail",
        "a film about a man who is not himself",
        "有没有好看的",
        "要不要看",
        "别的",
        "特别好看的",
        "不要紧",
        "没有关系",
    ],
)
def test_not_meant(text: str) -> None:
    assert read_avoided(text) == []


@pytest.mark.parametrize(
    ("plural", "term"),
    [
        ("zombies", "zombie"),
        ("comedies", "comedy"),
        ("witches", "witch"),
        ("heroes", "hero"),
        ("boss fights", "boss fight"),
        ("physics", "physics"),
        ("series", "series"),
        ("virus", "virus"),
        ("chess", "chess"),
        ("gas", "gas"),
    ],
)
def test_singular(plural: str, term: str) -> None:
    assert singular(plural) == term
