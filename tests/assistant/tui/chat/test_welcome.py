from __future__ import annotations

from pathlib import Path

from assistant.listing import FacetCounts
from assistant.tui.chat.examples import _OF_KIND, DEFAULT, examples
from assistant.types import Kind, Video
from store.library import Library
from tests.assistant.engine.support import until
from tests.assistant.tui.support import loaded, running, screen_text


def counts(
    kinds: dict[str, int], languages: dict[str, int], years: tuple[int, int] | None = None
) -> FacetCounts:
    """What a library holds, the most first."""
    return FacetCounts(
        kinds=kinds, languages=languages, sources={}, shows={}, years=years, durations_s=None
    )


def test_examples_are_of_what_there_is_most_of() -> None:
    talks = counts({"talk": 90, "tutorial": 20, "film": 10}, {"en": 100, "de": 20})
    assert examples(talks) == (
        "a talk for beginners, at most 30 minutes",
        "a tutorial, under 20 minutes",
        "something in German",
    )
    assert examples(counts({"film": 9, "music": 9}, {"zh": 9}))[2].startswith("有意思")
    assert examples(counts({"film": 9, "music": 9}, {"en": 9}, (1990, 2020)))[2] == (
        "something from after 2015"
    )


def test_of_a_small_library_nothing_is_promised() -> None:
    assert examples(counts({}, {})) == DEFAULT
    assert examples(counts({"talk": 4, "film": 9}, {"en": 9})) == DEFAULT


def test_every_kind_that_says_something_has_an_example() -> None:
    assert set(_OF_KIND) == set(Kind) - {Kind.VIDEO}


async def test_a_newcomer_reads_what_the_own_library_holds(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos(
            Video(id=f"a:{n}", title=f"Talk {n}", kind=kind, language="de")
            for n, kind in enumerate([Kind.TALK] * 9 + [Kind.MUSIC] * 6)
        )
    async with running(tmp_path) as (app, _):
        await loaded(app)
        await until(lambda: "calm music to work to" in screen_text(app), "it is suggested")
        assert "something in German" in screen_text(app)
