from __future__ import annotations

import pytest

from assistant.types import Relative, Years
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
        ("from the 00s", 2000, 2009),
        ("this year or last year", 2025, 2026),
        ("from this year or last year", 2025, 2026),
        ("since last year", 2025, None),
        ("今年或者去年的", 2025, 2026),
        ("去年以来的演讲", 2025, None),
        ("前年的电影", 2024, 2024),
        ("七八十年代的科幻电影", 1970, 1989),
        ("零几年的电影", 2000, 2009),
        ("九几年的", 1990, 1999),
        ("00年代的", 2000, 2009),
        ("零零年代的", 2000, 2009),
        ("一九九四年的电影", 1994, 1994),
        ("二〇一九年的", 2019, 2019),
        ("二十一世纪的电影", 2001, None),
        ("最近两年", 2024, None),
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
        ("再老一点", Relative.OLDER),
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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("not from the 80s", 1980, 1989),
        ("comedy, but not from the 80s", 1980, 1989),
        ("no 90s stuff", 1990, 1999),
        ("nothing from the 50s", 1950, 1959),
        ("no films from the seventies", 1970, 1979),
        ("anything but the 80s", 1980, 1989),
        ("not from 2005", 2005, 2005),
        ("not from the 80s or 90s", 1980, 1999),
        ("不要八十年代的", 1980, 1989),
        ("不要90年代的", 1990, 1999),
        ("不要2005年的", 2005, 2005),
        ("八十年代以外的", 1980, 1989),
    ],
)
def test_years_ruled_out(text: str, first: int, last: int) -> None:
    limits = read_years(text, TODAY).constraints

    assert limits.not_years == (Years(first=first, last=last),)
    assert (limits.min_year, limits.max_year) == (None, None)


def test_years_wanted_and_ruled_out() -> None:
    limits = read_years("films from 1970 to 1999 but not from the 80s", TODAY).constraints

    assert (limits.min_year, limits.max_year) == (1970, 1999)
    assert limits.not_years == (Years(first=1980, last=1989),)


def test_a_year_that_is_no_date_is_not_ruled_out() -> None:
    assert read_years("not 1984", TODAY).constraints.empty
