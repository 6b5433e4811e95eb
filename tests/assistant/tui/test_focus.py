"""A field that a key leads to has the focus before the next key is looked at."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.tui.library.videos import fill, on_library


async def test_the_focus_moves_at_once(tmp_path: Path) -> None:
    async with on_library(fill(tmp_path)) as (_, _, page):
        assert page.focused is page.table
        page.action_search()
        assert page.focused is page.query_one("#search")
        page.action_back()
        assert page.focused is page.table
