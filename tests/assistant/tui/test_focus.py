"""A field that a key leads to has the focus before the next key is looked at."""

from __future__ import annotations

from pathlib import Path

from assistant.tui.commands import Place
from assistant.tui.settings.editing import LineInput
from tests.assistant.engine.support import until
from tests.assistant.tui.library.videos import fill, on_library
from tests.assistant.tui.support import finished, loaded, running


async def test_the_focus_moves_at_once(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (_, _, page):
        assert page.focused is page.table
        page.action_search()
        assert page.focused is page.query_one("#search")
        page.action_back()
        assert page.focused is page.table


async def test_what_is_about_to_appear_has_it_when_it_has(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        app.open_page(Place.SETTINGS)
        await finished(app, pilot)
        await pilot.press("slash")
        await until(lambda: isinstance(app.focused, LineInput), "one can type")
