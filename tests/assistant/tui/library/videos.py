"""A small library for the screens, and the page over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import MatineeApp
from assistant.tui.library.page import LibraryPage
from assistant.types import Kind, Video
from store.library import Library
from tests.assistant.engine.support import until
from tests.assistant.tui.support import loaded, running

VIDEOS = (
    Video(id="file:1", title="Running a marathon", year=2019, duration_s=600, kind=Kind.TALK,
          language="en", tags=("sport", "running"), description="How one runs for four hours."),
    Video(id="file:2", title="Élan vital", year=2001, duration_s=5400, kind=Kind.FILM,
          language="fr", people=("Jeanne Dupont",)),
    Video(id="file:3", title="A run in the park", duration_s=60, language="en"),
    Video(id="file:4", title="千与千寻", other_titles=("Spirited Away",), year=2001, language="zh",
          kind=Kind.FILM, duration_s=7500, people=("宫崎骏",)),
    Video(id="file:5", title="[b]x[/b] [@click=app.quit] move", tags=("chess", "[i]y")),
    Video(id="file:6", title="Deep learning", description="Machine learning with C.", year=2019,
          kind=Kind.LECTURE, duration_s=3000, language="en", url="https://example.org/6"),
)  # fmt: skip


def fill(folder: Path, videos: Sequence[Video] = VIDEOS) -> Path:
    """A data folder with a library of these videos."""
    with Library.open(folder / "library.db") as library:
        library.put_videos(videos)
        library.put_keywords({video.id: () for video in videos})
    return folder


@asynccontextmanager
async def on_library(
    folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], LibraryPage]]:
    """The page of a library that `fill` made."""
    async with running(folder, size=size) as (app, pilot):
        await loaded(app)
        yield app, pilot, await opened(app, pilot)


async def opened(app: MatineeApp, pilot: Pilot[None]) -> LibraryPage:
    """Go to the library and wait for the list."""
    await pilot.press("f4")
    page = app.screen
    assert isinstance(page, LibraryPage)
    await until(lambda: page._library is not None, "the list is there")
    await settled(app, pilot)
    return page


async def settled(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is being asked, and all is drawn."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


def titles(page: LibraryPage) -> list[str]:
    """The titles that the list has, in their order."""
    table = page.table
    lines = [table.line(place) for place in range(table.total)]
    return [line.title for line in lines if line]


def said(page: LibraryPage, place: str) -> str:
    """What a line of text says."""
    return str(page.query_one(place, Static).content)
