"""How the chat looks. After a wanted change: pytest tests/assistant/tui/chat --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.chat.transcript import Held
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.chat.test_transcript import turns
from tests.assistant.tui.support import answered, finished, focused_card, loaded

Compare = Callable[..., bool]
SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    """The app with everything still that would move."""
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


async def still(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Wait until everything is there."""
    app.prompt.cursor_blink = False
    await loaded(app)
    await finished(app, pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_answer(app: MatineeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(app, pilot)
        await answered(app, pilot, "something quiet, no horror")

    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_long_title_with_the_focus(
    app: MatineeApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(app, pilot)
        await answered(app, pilot, "something quiet, no horror")
        await focused_card(app, pilot)
        await pilot.press("5", "r", "4")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_command_is_typed(app: MatineeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(app, pilot)
        await pilot.press(*"/me")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_several_lines_are_written(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(app, pilot)
        app.prompt.write("something warm\nno horror\nunder two hours, please")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_the_beginning_of_what_is_up_and_news_below(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(app, pilot)
        await app.chat.show_held(Held(turns(100)), ())
        await finished(app, pilot)
        app.transcript._is_loading = True  # so that the beginning stays
        app.transcript.scroll_home(animate=False)
        await finished(app, pilot)
        app.chat.tell("Something has happened.")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
