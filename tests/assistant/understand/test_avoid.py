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
        ("除了喜剧都行", ["喜剧"]),
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


@pytest.mark.parametrize(
    ("text", "term", "unless"),
    [
        ("no horror, except zombie comedies", "horror", ["zombie comedy"]),
        ("no horror except zombie comedies", "horror", ["zombie comedy"]),
        ("no horror (except for zombie comedies)", "horror", ["zombie comedy"]),
        ("no horror unless it's funny", "horror", ["funny"]),
        ("no sports unless it's climbing", "sport", ["climbing"]),
        ("no sports, unless it's about climbing or surfing", "sport", ["climbing", "surfing"]),
        ("no music unless it's jazz", "music", ["jazz"]),
        ("no animation, but Ghibli is fine", "animation", ["ghibli"]),
        ("no animation but Pixar films are ok", "animation", ["pixar"]),
        ("I hate musicals, except for La La Land", "musical", ["la la land"]),
        ("nothing violent, westerns are fine though", "violent", ["western"]),
        ("不要恐怖片，僵尸喜剧除外", "恐怖", ["僵尸喜剧"]),
        ("不要恐怖的，僵尸喜剧除外", "恐怖", ["僵尸喜剧"]),
        ("不要恐怖片，除非是僵尸喜剧", "恐怖", ["僵尸喜剧"]),
        ("不要恐怖片，除了僵尸喜剧", "恐怖", ["僵尸喜剧"]),
        ("除了僵尸喜剧，不要恐怖片", "恐怖", ["僵尸喜剧"]),
        ("不要动画，但吉卜力可以", "动画", ["吉卜力"]),
    ],
)
def test_exceptions(text: str, term: str, unless: list[str]) -> None:
    (declined,) = read_avoided(text)

    assert declined.term == term
    assert list(declined.unless) == unless
    assert declined.span[1] - declined.span[0] >= len(text) - 1 - text.startswith("I ")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("anything except superhero movies", ["superhero"]),
        ("comedies are fine", []),
        ("anything is fine", []),
        ("no horror, and under an hour", ["horror"]),
        ("no horror. Something in French is fine", ["horror"]),
        ("no horror. A comedy is great too", ["horror"]),
        ("喜剧可以", []),
    ],
)
def test_what_is_no_exception(text: str, terms: list[str]) -> None:
    found = read_avoided(text)

    assert [one.term for one in found] == terms
