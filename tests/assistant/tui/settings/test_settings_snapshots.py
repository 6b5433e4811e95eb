"""How the page of settings looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.settings_file import put_settings
from assistant.tui.app import MatineeApp
from assistant.tui.settings.page import SettingList, SettingsPage
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.support import finished, loaded

Compare = Callable[..., bool]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MatineeApp:
    put_settings(tmp_path / "settings.toml", {"recommend.picks": 7, "app.player": "mpv --fs"})
    monkeypatch.setenv("MATINEE_RECOMMEND__DIAL", "explore")
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


async def _show(app: MatineeApp, pilot: Pilot[None], at: str) -> None:
    app.prompt.cursor_blink = False
    await loaded(app)
    await pilot.press("f9")
    page = app.screen
    assert isinstance(page, SettingsPage)
    found = page.query_one(SettingList)
    await until(lambda: found.option_count > 20, "the settings")
    # The keys of every page come and go: they are not what is looked at here.
    page._entries = {name: entry for name, entry in page._entries.items() if not entry.is_key}
    page._show_all()
    found.highlighted = found.get_option_index(at)
    await finished(app, pilot)


def test_the_settings(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _show(app, pilot, "recommend.dial")

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_a_value_that_is_not_allowed_on_a_small_terminal(
    app: MatineeApp, snap_compare: Compare
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _show(app, pilot, "recommend.half_life_days")
        await pilot.press("enter", "x")
        app.screen.query_one("#setting-value").cursor_blink = False  # type: ignore[attr-defined]
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
