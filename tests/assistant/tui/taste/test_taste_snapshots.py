"""How the page looks. After a wanted change: pytest tests/assistant/tui/taste --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.taste.support import fill, opened, settled

Compare = Callable[..., bool]


def still(folder: Path) -> MatineeApp:
    app = MatineeApp(fake_start(folder))
    app.animation_level = "none"
    return app


def pressing(app: MatineeApp, *keys: str) -> Callable[[Pilot[None]], object]:
    async def before(pilot: Pilot[None]) -> None:
        page = await opened(app, pilot)
        for key in keys:
            await pilot.press(key)
            await settled(page, pilot)

    return before


def test_all_of_it(tmp_path: Path, snap_compare: Compare) -> None:
    fill(tmp_path)
    app = still(tmp_path)
    before = pressing(app, "down", "right_square_bracket", "down", "space", "3", "left", "up")
    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


@pytest.mark.parametrize("part", ["1", "2", "3"])
def test_a_part_on_a_small_terminal(tmp_path: Path, part: str, snap_compare: Compare) -> None:
    fill(tmp_path)
    app = still(tmp_path)
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(app, part))


def test_without_likes(tmp_path: Path, snap_compare: Compare) -> None:
    fill(tmp_path, likes=False, picks=False)
    app = still(tmp_path)
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressing(app))
