"""The list alone, with as many lines as there may be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from assistant.listing import VideoLine
from assistant.tui.library.table import PAGE, VideoTable

TOTAL = 100_000


def lines(offset: int, count: int = PAGE) -> list[VideoLine]:
    last = min(offset + count, TOTAL)
    return [VideoLine(id=f"t:{n}", title=f"Video {n} [b]x[/b]") for n in range(offset, last)]


class TableApp(App[None]):
    """The list, given what it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.moved: list[str | None] = []
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield VideoTable()

    def on_video_table_lacking(self) -> None:
        table = self.query_one(VideoTable)
        while (offset := table.lacking()) is not None:
            self.asked.append(offset)
            table.put(offset, lines(offset))

    def on_video_table_moved(self, event: VideoTable.Moved) -> None:
        self.moved.append(event.line.title if event.line else None)

    def on_video_table_chosen(self, event: VideoTable.Chosen) -> None:
        self.chosen.append(event.line.id)


@asynccontextmanager
async def table_of(total: int = TOTAL) -> AsyncIterator[tuple[TableApp, Pilot[None], VideoTable]]:
    app = TableApp()
    async with app.run_test(size=(60, 20)) as pilot:
        table = app.query_one(VideoTable)
        table.show(total, lines(0)[:total])
        table.focus()
        await pilot.pause()
        yield app, pilot, table


def drawn(table: VideoTable, y: int) -> str:
    return table.render_line(y).text.rstrip()


async def test_of_a_hundred_thousand_only_what_is_looked_at_is_asked_for() -> None:
    async with table_of() as (app, pilot, table):
        assert drawn(table, 1).startswith("▸ Video 0 [b]x[/b]")
        await pilot.press("end")
        await pilot.pause()
        assert app.asked == [TOTAL - PAGE]
        assert table.current is not None
        assert table.current.id == f"t:{TOTAL - 1}"
        assert drawn(table, 19).startswith(f"▸ Video {TOTAL - 1}")
        assert len(table._pages) == 2


async def test_the_pointer_stays_in_sight() -> None:
    async with table_of() as (_, pilot, table):
        for _press in range(25):
            await pilot.press("j")
        await pilot.pause()
        assert table.cursor == 25
        assert drawn(table, 19).startswith("▸ Video 25")
        await pilot.press("g")
        await pilot.pause()
        assert drawn(table, 1).startswith("▸ Video 0")


async def test_lines_that_are_not_there_yet_are_drawn_as_such() -> None:
    async with table_of() as (_, _pilot, table):
        table.renew(TOTAL)
        assert drawn(table, 1) == "▸ ·"
        assert table.lacking() == 0
        assert table.current is None
        table.put(0, lines(0))
        assert drawn(table, 1).startswith("▸ Video 0")


async def test_a_page_that_is_shorter_than_it_should_be_ends_there() -> None:
    async with table_of(150) as (_, pilot, table):
        table.put(PAGE, [])
        await pilot.press("end")
        assert table.current is None
        assert table.lacking() is None


async def test_it_says_where_the_pointer_is_and_what_is_chosen() -> None:
    async with table_of(3) as (app, pilot, _table):
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert app.moved[-1] == "Video 2 [b]x[/b]"
        assert app.chosen == ["t:2"]
        await pilot.click(VideoTable, offset=(5, 2))
        await pilot.pause()
        assert app.moved[-1] == "Video 1 [b]x[/b]"


@pytest.mark.parametrize("total", [0, 1])
async def test_a_list_of_nothing_says_something_instead(total: int) -> None:
    async with table_of(total) as (app, pilot, table):
        table.instead = "Nothing fits."
        await pilot.press("down", "end", "pagedown", "enter")
        assert ("Nothing fits." in drawn(table, 2)) is (total == 0)
        assert len(app.chosen) == total
