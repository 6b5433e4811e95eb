"""How the screens look. After a wanted change: pytest tests/assistant/tui --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.support import answered, enter, finished, focused_card, loaded

Compare = Callable[..., bool]


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    """The app with everything still that would move."""
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


async def _still(app: MatineeApp, pilot: Pilot[None]) -> None:
    app.prompt.cursor_blink = False
    await loaded(app)
    await finished(app, pilot)


def test_the_welcome(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _still(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_an_answer_with_a_liked_and_a_hidden_pick(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _still(app, pilot)
        await answered(app, pilot, "something quiet, no horror")
        await focused_card(app, pilot)
        await pilot.press("l")
        await finished(app, pilot)
        await pilot.press("down", "h")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_the_help_on_a_small_terminal(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _still(app, pilot)
        await enter(app, pilot, "/help")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
