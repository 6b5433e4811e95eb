from __future__ import annotations

import re

import pytest

from assistant.explain import summarise
from assistant.types import Kind, Pick, Request, Video


def picks(*videos: Video, clusters: tuple[str, ...] = ()) -> list[Pick]:
    names = clusters or ("",) * len(videos)
    return [
        Pick(video=video, rank=rank, score=1.0, parts={}, cluster=cluster)
        for rank, (video, cluster) in enumerate(zip(videos, names, strict=True), 1)
    ]


def video(number: int, kind: Kind = Kind.TALK, **known: object) -> Video:
    return Video.model_validate({"id": f"a:{number}", "title": f"T{number}", "kind": kind} | known)


def told(some: list[Pick], language: str = "en", tries: int = 30) -> set[str]:
    """What may be said of them: another message, another wording."""
    return {
        summarise(some, Request(message=str(number), language=language)) for number in range(tries)
    }


SPREAD = picks(
    video(1, duration_s=12 * 60, year=2014),
    video(2, duration_s=48 * 60 + 10, year=2021),
    video(3, duration_s=30 * 60, year=2016),
    video(4, Kind.TUTORIAL, duration_s=40 * 60, year=2019),
    clusters=("testing", "web", "testing", "data"),
)


def test_kinds_lengths_years_and_groups() -> None:
    true = (
        re.compile("12 (to|and) 48 minutes"),
        re.compile(r"2014\D+2021"),
        re.compile("“testing”, “web” and “data”"),
    )
    for line in told(SPREAD):
        assert "hree talks and one tutorial" in line
        assert sum(one.search(line) is not None for one in true) >= 1  # as there is room
        assert not set(re.findall(r"\d+", line)) - {"12", "48", "2014", "2021"}
        assert len(line) <= 100
    assert all(any(one.search(line) for line in told(SPREAD)) for one in true)
    assert len(told(SPREAD)) > 10


def test_chinese() -> None:
    for line in told(SPREAD, "zh"):
        assert "三个演讲和一个教程" in line
        assert "12到48分钟" in line
        assert "“testing”、“web”和“data”" in line


def test_what_one_lacks_is_not_said() -> None:
    some = picks(video(1, duration_s=600, year=2000), video(2, year=2000))
    for line in told(some):
        assert "minute" not in line
        assert "all from 2000" in line


def test_nothing_is_known_but_the_kind() -> None:
    assert told(picks(video(1), video(2))) == {"Two talks."}


def test_fewer_than_two_need_no_summary() -> None:
    assert told(picks(video(1))) == told([]) == {""}


def test_languages_that_are_not_the_one_spoken() -> None:
    french = [video(n, language="fr") for n in (1, 2)]
    assert all("all in French" in line for line in told(picks(*french)))
    mixed = picks(*french, video(3, language="en"))
    assert all("two in French and one in English" in line for line in told(mixed))
    english = picks(*(video(n, language="en") for n in (1, 2)))
    assert not any("English" in line for line in told(english))


def test_seconds_are_said_as_such() -> None:
    short = picks(video(1, duration_s=45), video(2, duration_s=600))
    assert all("45 seconds" in line and "10 minutes" in line for line in told(short))


@pytest.mark.parametrize("name", ["say “hi”", "“", "x" * 300, "a\nb"])
def test_names_of_groups_stay_between_their_marks(name: str) -> None:
    some = picks(video(1), video(2), clusters=(name, "web"))
    for line in told(some):
        assert len(line) <= 100
        assert "\n" not in line
        assert "“" not in re.sub("“[^“”]*”", "", line)


def test_more_groups_than_a_line_has_room_for() -> None:
    some = picks(*(video(n) for n in range(5)), clusters=("a", "b", "c", "d", "e"))
    assert all("“a”, “b”, “c” and two more" in line for line in told(some))
