"""How the page looks. After a wanted change: pytest FILE --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.types import Signal, Video
from tests.assistant.engine.fake_core import VIDEOS
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.hidden.test_page import HOSTILE, declined, opened
from tests.assistant.tui.support import finished, loaded

Compare = Callable[..., bool]
SIZES = [(60, 20), (80, 24), (120, 40)]
LONG = VIDEOS[4]
CHINESE = Video(id="a:1", title="千与千寻", year=2001, language="zh")


async def shown(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Open the page over everything that is ready."""
    await loaded(app)
    await opened(app, pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_hidden(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    given = [(video, Signal.HIDDEN) for video in (*VIDEOS[:2], LONG, CHINESE)]
    declined(tmp_path, *given, (HOSTILE, Signal.DISLIKED))
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"

    async def before(pilot: Pilot[None]) -> None:
        await shown(app, pilot)
        await pilot.press("down")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_nothing_is_hidden(tmp_path: Path, snap_compare: Compare) -> None:
    declined(tmp_path)
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"

    async def before(pilot: Pilot[None]) -> None:
        await shown(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
