"""How the library looks. After a wanted change: pytest … --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.library.filters import Filters
from assistant.types import Interaction, Signal
from store.library import Library
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.library.videos import fill, opened
from tests.assistant.tui.support import loaded, screen_text

Compare = Callable[..., bool]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    """The app over a small library, with everything still that would move."""
    with Library.open(fill(tmp_path) / "library.db") as library:
        for id_, signal in (
            ("file:1", Signal.WATCHED),
            ("file:1", Signal.LIKED),
            ("file:4", Signal.SAVED),
            ("file:6", Signal.HIDDEN),
        ):
            library.add_interaction(Interaction(video_id=id_, signal=signal, at=NOON))
        library.edit_tags("file:1", ("sport", "mine"))
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


def test_the_list_on_a_small_terminal(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await loaded(app)
        await opened(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_the_list_with_a_video_beside_it(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await loaded(app)
        page = await opened(app, pilot)
        page.table.cursor = 4
        await until(lambda: "How one runs for four hours." in screen_text(app), "its details")
        await pilot.pause()

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_the_filters(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await loaded(app)
        await opened(app, pilot)
        await pilot.press("f")
        await until(lambda: isinstance(app.screen, Filters), "the filters")
        await until(lambda: "[ ] film" in screen_text(app), "the counts")
        await pilot.pause()

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)
