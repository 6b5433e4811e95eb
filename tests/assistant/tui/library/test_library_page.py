"""The library's page over a real desk; the engine is a fake one."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, OptionList

from assistant.listing import VideoFilter
from assistant.tui.chat.screen import ChatScreen
from assistant.tui.library.details import VideoPanel
from assistant.tui.library.filters import Filters
from assistant.tui.library.one import OneVideo
from assistant.tui.library.tags import Tags
from assistant.tui.question import Question
from assistant.types import Video
from store.library import Library
from tests.assistant.engine.support import until
from tests.assistant.tui.library.videos import (
    VIDEOS,
    fill,
    on_library,
    opened,
    said,
    settled,
    titles,
)
from tests.assistant.tui.support import loaded, running, screen_text

ALL = [
    "A run in the park",
    "[b]x[/b] [@click=app.quit] move",
    "Deep learning",
    "Élan vital",
    "Running a marathon",
    "千与千寻",
]


async def test_it_is_searched_as_one_types(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        assert titles(page) == ALL
        await pilot.press("slash", *"run")
        await until(lambda: page.table.total == 2, "what is found")
        assert titles(page) == ["A run in the park", "Running a marathon"]
        assert "2 of 6 videos" in screen_text(app)
        page.query_one("#search", Input).value = "千与"
        await until(lambda: titles(page) == ["千与千寻"], "Chinese is found")
        page.query_one("#search", Input).value = "xyz"
        await until(lambda: page.table.total == 0, "nothing is found")
        assert "Nothing fits." in screen_text(app)
        await pilot.press("escape")  # to the list
        assert app.focused is page.table
        await pilot.press("escape")
        assert isinstance(app.screen, ChatScreen)


async def test_only_the_last_answer_is_shown(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        for typed in ("r", "ru", "x", "deep"):
            page.query_one("#search", Input).value = typed
        await until(lambda: titles(page) == ["Deep learning"], "the last answer")
        await settled(app, pilot)
        assert titles(page) == ["Deep learning"]


async def test_titles_are_shown_as_they_are_written(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path), (120, 30)) as (app, pilot, page):
        assert "[b]x[/b] [@click=app.quit] move" in screen_text(app)
        page.table.cursor = 1
        await until(lambda: "[i]y" in screen_text(app), "its details")
        await pilot.press("l")
        await settled(app, pilot)
        assert app.is_running


async def test_filters_narrow_the_list(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        await pilot.press("f")
        await until(lambda: isinstance(app.screen, Filters), "the filters")
        choices = app.screen.query_one("#choices", OptionList)
        await until(lambda: choices.option_count > 10, "the counts")
        choices.highlighted = choices.get_option_index("kinds:film")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "[x] film" in screen_text(app)
        app.screen.query_one("#years", Input).value = "2001-2001"
        app.screen.query_one("#minutes", Input).value = "not a range"
        await until(lambda: "Type it like" in screen_text(app), "a range that is none is told")
        app.screen.query_one("#minutes", Input).value = "100-"
        await pilot.press("escape")
        await until(lambda: titles(page) == ["千与千寻"], "the list")
        assert "film · 2001 · from 100 min" in said(page, "#shown")
        await pilot.press("f")
        await until(lambda: isinstance(app.screen, Filters), "the filters")
        await pilot.press("ctrl+r", "escape")
        await until(lambda: len(titles(page)) == 6, "all again")
        assert page._filter == VideoFilter()


async def test_the_order_is_chosen_and_turned_round(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        for answer in ("length", "reverse:"):
            await pilot.press("s")
            await until(lambda: isinstance(app.screen, Question), "the orders")
            answers = app.screen.query_one(OptionList)
            answers.highlighted = answers.get_option_index(answer)
            await pilot.press("enter")
            await settled(app, pilot)
        assert titles(page)[0] == "千与千寻"
        assert "sorted by: longest" in said(page, "#shown")


async def test_a_video_is_shown_over_the_list_or_beside_it(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        page.table.cursor = 4
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, OneVideo), "one video")
        await until(lambda: "How one runs for four hours." in screen_text(app), "over it")
        await pilot.press("escape")
        assert app.screen is page
        await pilot.resize_terminal(130, 40)
        await until(lambda: "How one runs for four hours." in screen_text(app), "beside it")
        await pilot.press("enter")
        assert isinstance(app.focused, VideoPanel)


async def test_tags_are_edited_and_taken_back(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        page.table.cursor = 4
        await pilot.press("t")
        await until(lambda: isinstance(app.screen, Tags), "the tags")
        app.screen.query_one(Input).value = 'sport, "a, b", mine'
        await pilot.press("enter")
        with Library.open(tmp_path / "library.db") as library:
            await until(lambda: tags_of(library) == ("sport", "a, b", "mine"), "they are kept")
            await until(lambda: app.screen is page, "the list")
            await settled(app, pilot)
            await pilot.press("u")
            await until(lambda: tags_of(library) == VIDEOS[0].tags, "they are taken back")


def tags_of(library: Library) -> tuple[str, ...]:
    return library.get(["file:1"])["file:1"].tags


async def test_a_video_is_removed_and_brought_back(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        page.table.cursor = 2
        await pilot.press("x")
        await until(lambda: isinstance(app.screen, Question), "it is asked first")
        await until(lambda: "no import brings it" in screen_text(app), "what goes is said")
        await pilot.press("enter")  # the first answer keeps it
        await until(lambda: app.screen is page, "the list")
        assert len(titles(page)) == 6
        await pilot.press("x")
        await until(lambda: isinstance(app.screen, Question), "asked again")
        await pilot.press("down", "enter")
        await until(lambda: len(titles(page)) == 5, "it is gone")
        await settled(app, pilot)
        await pilot.press("u")
        await until(lambda: titles(page) == ALL, "it is back")


async def test_the_removed_are_listed_and_brought_back(tmp_path: Path) -> None:
    fill(tmp_path)
    with Library.open(tmp_path / "library.db") as library:
        library.discard_videos(["file:4"])
    async with on_library(tmp_path) as (app, pilot, page):
        page._filtered(VideoFilter.model_validate({"show": "removed"}))
        await until(lambda: titles(page) == ["千与千寻"], "the removed")
        await pilot.press("l")
        await until(lambda: "It is not in the library." in screen_text(app), "it is no pick")
        await pilot.press("x")
        await until(lambda: "You have removed nothing." in screen_text(app), "it is back")


async def test_what_is_said_of_a_video_goes_through_the_engine(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, _page):
        await pilot.press("h")
        await until(lambda: "hidden, [so to say]" in screen_text(app), "it is noted")
        await settled(app, pilot)
        await pilot.press("u")
        await until(lambda: "Taken back" in screen_text(app), "it is taken back")


async def test_more_like_it_is_put_into_the_prompt(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        page.table.cursor = 3
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, ChatScreen)
        assert app.prompt.value == "something like Élan vital"


async def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path, ()), (60, 20)) as (app, pilot, _page):
        assert "No videos yet. i brings your own." in screen_text(app)
        for key in ("enter", "t", "x", "l", "m", "o", "u", "down"):
            await pilot.press(key)
        await settled(app, pilot)
        assert app.is_running


async def test_what_another_changes_meanwhile_is_no_crash(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (app, pilot, page):
        with Library.open(tmp_path / "library.db") as other:
            other.remove_videos([video.id for video in VIDEOS])
        await pilot.press("t")
        await until(lambda: "no such video" in screen_text(app), "it is told in place")
        page.query_one("#search", Input).value = "r"
        await until(lambda: "No videos yet." in screen_text(app), "the list is as it is now")


async def test_a_long_list_is_paged(tmp_path: Path) -> None:
    many = [Video(id=f"file:{n}", title=f"Video {n:04}") for n in range(1_000)]
    async with running(fill(tmp_path, many), size=(80, 24)) as (app, pilot):
        await loaded(app)
        page = await opened(app, pilot)
        await pilot.press("end")
        await until(lambda: page.table.current is not None, "the last lines")
        assert page.table.current is not None
        assert page.table.current.title == "Video 0999"
        assert len(titles(page)) <= 200
