"""How the panel looks. After a wanted change: pytest tests/assistant/tui/why --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from assistant.tui.app import MatineeApp
from assistant.tui.why.screen import WhyScreen
from tests.assistant.engine.fake_core import picks
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.support import finished, loaded

PICKS = picks()
Compare = Callable[..., bool]


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    """The app with everything still that would move."""
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


async def _opened(app: MatineeApp, pilot: Pilot[None], language: str) -> WhyScreen:
    app.prompt.cursor_blink = False
    await loaded(app)
    await finished(app, pilot)
    app.chat.query_one(Footer).display = False  # its keys may be seen until they are gone
    screen = WhyScreen(PICKS[1], language, PICKS)
    await app.push_screen(screen)
    await finished(app, pilot)
    return screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60", "80", "120"])
def test_the_panel(app: MatineeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _opened(app, pilot, "en")

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_the_panel_in_chinese(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _opened(app, pilot, "zh")

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80", "120"])
def test_a_comparison(app: MatineeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        screen = await _opened(app, pilot, "en")
        await pilot.press("n")
        field = screen.query_one(Input)
        field.cursor_blink = False
        field.value = "Solaris"
        await finished(app, pilot)
        await pilot.press("enter")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)
