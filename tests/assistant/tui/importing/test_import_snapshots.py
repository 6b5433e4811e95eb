"""How the import looks. After a wanted change: pytest … --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.commands import Place
from assistant.tui.importing.path import PathField
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.library.videos import fill
from tests.assistant.tui.support import loaded, screen_text

Compare = Callable[..., bool]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
def test_the_import_page(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = MatineeApp(fake_start(fill(tmp_path)))
    app.animation_level = "none"

    async def before(pilot: Pilot[None]) -> None:
        await loaded(app)
        app.open_page(Place.IMPORT)
        await until(lambda: "6 videos so far" in screen_text(app), "the desk is there")
        app.screen.query_one(PathField).field.cursor_blink = False
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=before)
