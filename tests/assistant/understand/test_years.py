from __future__ import annotations

import pytest

from assistant.types import Relative
from assistant.understand.years import read_years
from tests.assistant.understand.dialogue import TODAY


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("something from the 90s", 1990, 1999),
        ("films from the 1990s", 1990, 1999),
        ("from the nineties", 1990, 1999),
        ("80s action movies", 1980, 1989),
        ("90s French films", 1990, 1999),
        ("80's horror", 1980, 1989),
        ("early 90s thrillers", 1990, 1993),
        ("from the 70s or 80s", 1970, 1989),
        ("before 2000", None, 1999),
        ("pre-1980 films", None, 1979),
        ("before the 90s", None, 1989),
        ("until 1970", None, 1970),
        ("nothing after 1990", None, 1990),
        ("after 2015", 2016, None),
        ("newer than 2010", 2011, None),
        ("since 2018", 2018, None),
        ("no older than 2010", 2010, None),
        ("nothing before 2000", 2000, None),
        ("from 2019", 2019, 2019),
        ("from 2019 onwards", 2019, None),
        ("films in 1994", 1994, 1994),
        ("films of 1994", 1994, 1994),
        ("made in 2003", 2003, 2003),
        ("between 1980 and 1989", 1980, 1989),
        ("1980-1989", 1980, 1989),
        ("from 1980 to 1989", 1980, 1989),
        ("21st century films", 2001, None),
        ("films from this year", 2026, 2026),
        ("last year's talks", 2025, 2025),
        ("the last 5 years", 2021, None),
        ("from the past decade", 2016, None),
        ("recent talks", 2023, None),
        ("something new", 2023, None),
        ("the latest documentaries", 2023, None),
        ("old films", None, 1979),
        ("classic French films", None, 1979),
        ("sci-fi classics", None, 1979),
        ("talks about AI after 2020", 2021, None),
        ("talks about Rust from the last three years", 2023, None),
        ("最近有什么新的科幻电影", 2023, None),
        ("90年代", 1990, 1999),
        ("八十年代的老歌", 1980, 1989),
        ("上世纪九十年代", 1990, 1999),
        ("2010年以后", 2010, None),
        ("2000年以前的片子", None, 1999),
        ("2019年的", 2019, 2019),
        ("1980到1989年的", 1980, 1989),
        ("今年上映的电影", 2026, 2026),
        ("去年的演讲", 2025, 2025),
        ("最近两年的纪录片", 2024, None),
        ("新电影", 2023, None),
        ("老电影", None, 1979),
    ],
)
def test_limits(text: str, low: int | None, high: int | None) -> None:
    limits = read_years(text, TODAY).constraints

    assert (limits.min_year, limits.max_year) == (low, high)


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("older", Relative.OLDER),
        ("something older", Relative.OLDER),
        ("newer please", Relative.NEWER),
        ("more recent", Relative.NEWER),
        ("更老的", Relative.OLDER),
        ("新一点的", Relative.NEWER),
    ],
)
def test_comparisons(text: str, relative: Relative) -> None:
    assert read_years(text, TODAY).relative is relative


@pytest.mark.parametrize(
    "text",
    [
        "a film about 1984",
        "a film set in 1994",
        "life in the 90s",
        "documentary about Germany after 1945",
        "history of the 1960s",
        "the summer of 1969",
        "PyCon 2018 talks",
        "Python in 2020",
        "people in their 30s",
        "$1990",
        "1990 km",
        "I want to learn something new",
        "New York documentaries",
        "French new wave",
        "classic rock concert",
        "classical music",
        "documentaries about older people",
        "an old man's story",
        "old age",
        "关于1937年南京的纪录片",
    ],
)
def test_no_limit(text: str) -> None:
    reading = read_years(text, TODAY)

    assert reading.constraints.empty
    assert reading.relative is None


def test_a_decade_declined_is_understood_but_no_limit() -> None:
    reading = read_years("not from the 80s", TODAY)

    assert reading.constraints.empty
    assert reading.spans == ((0, 16),)
