from __future__ import annotations

import pytest

from assistant.types import Kind
from assistant.understand.kinds import read_kinds

SERIES = (Kind.SERIES, Kind.EPISODE)
LECTURE = (Kind.LECTURE, Kind.COURSE)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("films about space", (Kind.FILM,)),
        ("a movie", (Kind.FILM,)),
        ("documentaries", (Kind.DOCUMENTARY,)),
        ("a documentary series", (Kind.DOCUMENTARY,)),
        ("a TED talk about happiness", (Kind.TALK,)),
        ("lectures on physics", LECTURE),
        ("a series of lectures", LECTURE),
        ("TV shows", SERIES),
        ("a show about dragons", SERIES),
        ("a mini-series", SERIES),
        ("stand-up comedy", (Kind.COMEDY,)),
        ("a concert", (Kind.MUSIC,)),
        ("some jazz music", (Kind.MUSIC,)),
        ("short films", (Kind.SHORT,)),
        ("animated shorts", (Kind.SHORT,)),
        ("only tutorials", (Kind.TUTORIAL,)),
        ("tutorials only", (Kind.TUTORIAL,)),
        ("films or series", (Kind.FILM, *SERIES)),
        ("movies or shows", (Kind.FILM, *SERIES)),
        ("a movie or tv", (Kind.FILM, *SERIES)),
        ("a film and a series", (Kind.FILM, *SERIES)),
        ("docs and talks", (Kind.DOCUMENTARY, Kind.TALK)),
        ("a doc about whales", (Kind.DOCUMENTARY,)),
        ("talks or docs", (Kind.TALK, Kind.DOCUMENTARY)),
        ("电影或者电视剧", (Kind.FILM, *SERIES)),
        ("a film about a talk show", (Kind.FILM,)),
        ("a documentary about film music", (Kind.DOCUMENTARY,)),
        ("电影", (Kind.FILM,)),
        ("纪录片", (Kind.DOCUMENTARY,)),
        ("关于电影的纪录片", (Kind.DOCUMENTARY,)),
        ("TED演讲", (Kind.TALK,)),
        ("动画短片", (Kind.SHORT,)),
        ("脱口秀", (Kind.COMEDY,)),
        ("只要教程", (Kind.TUTORIAL,)),
    ],
)
def test_wanted(text: str, kinds: tuple[Kind, ...]) -> None:
    limits = read_kinds(text).constraints

    assert limits.kinds == kinds
    assert limits.not_kinds == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("no series", SERIES),
        ("no series or documentaries", (*SERIES, Kind.DOCUMENTARY)),
        ("not a documentary", (Kind.DOCUMENTARY,)),
        ("I don't want documentaries", (Kind.DOCUMENTARY,)),
        ("no more talks", (Kind.TALK,)),
        ("no tutorials", (Kind.TUTORIAL,)),
        ("anything but a film", (Kind.FILM,)),
        ("不要电视剧", SERIES),
        ("不要纪录片和电视剧", (Kind.DOCUMENTARY, *SERIES)),
        ("不要课程", (Kind.COURSE,)),
    ],
)
def test_declined(text: str, kinds: tuple[Kind, ...]) -> None:
    limits = read_kinds(text).constraints

    assert limits.not_kinds == kinds
    assert limits.kinds == ()


def test_one_in_place_of_another() -> None:
    limits = read_kinds("instead of a film, a documentary").constraints

    assert limits.kinds == (Kind.DOCUMENTARY,)
    assert limits.not_kinds == (Kind.FILM,)


@pytest.mark.parametrize(
    "text",
    [
        "videos",
        "a tutorial on pandas",
        "a course on statistics",
        "人工智能入门教程",
        "短视频",
        "comedy",
        "no horror movies",
        "不要恐怖电影",
        "time series analysis",
        "Fourier series",
        "of course",
        "show me something",
        "film noir",
        "a movie night pick",
        "the making of films",
        "how to give a talk",
        "something to talk about",
        "people who talk too much",
        "concert hall architecture",
        "a daily stand-up meeting",
        "writing docs",
        "Python docs",
        "docs as code",
    ],
)
def test_no_limit(text: str) -> None:
    assert read_kinds(text).constraints.empty
