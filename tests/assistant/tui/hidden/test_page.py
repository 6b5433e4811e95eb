"""The page of what is hidden, over a real desk; the engine is a fake one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.tui.app import MatineeApp
from assistant.tui.chat.shown import Mark
from assistant.tui.hidden.page import HiddenPage
from assistant.types import Interaction, Signal, Video
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS
from tests.assistant.engine.support import until
from tests.assistant.tui.support import (
    answered,
    finished,
    focused_card,
    loaded,
    running,
    screen_text,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def declined(folder: Path, *given: tuple[Video, Signal]) -> None:
    """A library with videos that are hidden or disliked, the first first, an hour apart."""
    with Library.open(folder / "library.db") as library:
        library.put_videos(video for video, _ in given)
        library.add_interactions(
            Interaction(video_id=video.id, signal=signal, at=START + timedelta(hours=hours))
            for hours, (video, signal) in enumerate(given)
        )


def held(folder: Path) -> list[tuple[str, Signal]]:
    """The signals in the library."""
    with Library.open(folder / "library.db") as library:
        return [(one.video_id, one.signal) for one in library.interactions()]


async def opened(app: MatineeApp, pilot: Pilot[None]) -> HiddenPage:
    """Open the page, and wait for its list."""
    app.action_hidden()
    await pilot.pause()
    await finished(app, pilot)
    assert isinstance(app.screen, HiddenPage)
    return app.screen


@asynccontextmanager
async def on_page(
    folder: Path, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], HiddenPage]]:
    """The app with the page shown."""
    async with running(folder, size=size) as (app, pilot):
        await loaded(app)
        yield app, pilot, await opened(app, pilot)


async def press(app: MatineeApp, pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait for what they do, and return what is on the screen."""
    await pilot.press(*keys)
    await finished(app, pilot)
    return screen_text(app)


HOSTILE = Video(id="file:hostile", title="[b]x[/b] [@click=app.quit]", channel="[/]")
GIVEN = ((VIDEOS[0], Signal.HIDDEN), (HOSTILE, Signal.DISLIKED))


async def test_without_anything_it_says_what_would_be_there(tmp_path: Path) -> None:
    declined(tmp_path)
    async with on_page(tmp_path) as (app, _, _page):
        assert "Nothing is hidden." in screen_text(app)


async def test_what_is_declined_is_listed_letter_by_letter(tmp_path: Path) -> None:
    declined(tmp_path, *GIVEN)
    async with on_page(tmp_path) as (app, _, _page):
        text = screen_text(app)
        assert "✗ disliked  2026-03-01  [b]x[/b] [@click=app.quit]   video · [/]" in text
        assert "– hidden    2026-03-01  Spirited Away   2001 · 2 h 5 min · film" in text


async def test_a_video_that_is_gone_can_be_taken_back_all_the_same(tmp_path: Path) -> None:
    declined(tmp_path, *GIVEN)
    with Library.open(tmp_path / "library.db") as library:
        library.discard_videos([HOSTILE.id])
    async with on_page(tmp_path) as (app, pilot, page):
        assert "file:hostile   no longer in your library" in screen_text(app)
        app.engine.states = app.engine._all_waiting()  # as after a crash
        await press(app, pilot, "u")
        assert [row.video_id for row in page._rows] == [VIDEOS[0].id]


async def test_it_is_narrowed_as_one_types(tmp_path: Path) -> None:
    declined(tmp_path, *GIVEN)
    async with on_page(tmp_path) as (app, pilot, page):
        await pilot.press("slash", *"spirit")
        await until(lambda: len(page._rows) == 1, "one is left")
        assert "1 of 2" in screen_text(app)
        page.query_one(Input).value = "xyz"
        await until(lambda: not page._rows, "none is left")
        assert "Nothing fits." in await press(app, pilot)
        await press(app, pilot, "escape", "escape")
        assert len(page._rows) == 2
        await press(app, pilot, "escape")
        assert app.screen is app.chat


async def test_thousands_are_listed_in_part_and_found(tmp_path: Path) -> None:
    many = [(Video(id=f"a:{n}", title=f"Film {n}"), Signal.HIDDEN) for n in range(3000)]
    declined(tmp_path, *many)
    async with on_page(tmp_path) as (app, pilot, page):
        assert "200 of 3,000; / finds the others" in screen_text(app)
        await pilot.press("slash", *"film 17 ")
        await until(lambda: 0 < len(page._rows) < 200, "fewer are left")
        assert page.query_one(OptionList).option_count == len(page._rows)


async def test_what_was_hidden_in_the_chat_is_taken_back_there_too(tmp_path: Path) -> None:
    declined(tmp_path, *GIVEN)
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        card = await focused_card(app, pilot)
        await press(app, pilot, "l", "h")
        assert card.marks == [Mark(Signal.LIKED), Mark(Signal.HIDDEN)]
        await opened(app, pilot)
        text = await press(app, pilot, "down", "u")
        assert "“Spirited Away” is not hidden any more · h undoes that" in text
        assert card.marks == [Mark(Signal.LIKED)]


async def test_while_the_engine_is_away_the_desk_takes_it_back(tmp_path: Path) -> None:
    declined(tmp_path, *GIVEN)
    async with on_page(tmp_path) as (app, pilot, page):
        app.engine.states = app.engine._all_waiting()  # as after a crash
        text = await press(app, pilot, "enter")
        assert "is not disliked any more" in text
        assert held(tmp_path) == [(VIDEOS[0].id, Signal.HIDDEN)]
        assert [row.video_id for row in page._rows] == [VIDEOS[0].id]
        assert "The engine is still loading." in await press(app, pilot, "h")
