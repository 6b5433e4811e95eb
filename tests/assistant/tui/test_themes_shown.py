"""How the chat looks in each theme and without colours; --snapshot-update after a wanted change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import OptionList

from assistant.tui.app import MatineeApp
from assistant.tui.chat.card import PickCard
from assistant.tui.theme import THEMES
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.support import answered, finished, focused_card, loaded

Compare = Callable[..., bool]
SIZE = (100, 56)
"""All of it is seen, so that nothing scrolls."""
WINDOW = {"#ff5f57", "#febc2e", "#28c840", "#c5c8c6"}
"""Colours of the window that a screenshot is drawn in."""


def still(folder: Path, theme: str = "") -> MatineeApp:
    """The app with everything still that would move, in a theme that is chosen in the settings."""
    start = fake_start(folder)
    if theme:
        app_settings = start.settings.app.model_copy(update={"theme": theme})
        settings = start.settings.model_copy(update={"app": app_settings})
        start = start.model_copy(update={"settings": settings})
    app = MatineeApp(start)
    app.animation_level = "none"
    return app


async def with_marks(app: MatineeApp, pilot: Pilot[None]) -> None:
    """An answer with a liked pick, a hidden one, and the focus on the latter."""
    app.prompt.cursor_blink = False
    await loaded(app)
    await answered(app, pilot, "something quiet, no horror")
    await focused_card(app, pilot)
    await pilot.press("l")
    await finished(app, pilot)
    await pilot.press("down", "h")
    await finished(app, pilot)


@pytest.mark.parametrize("theme", [str(theme.name) for theme in THEMES])
def test_the_chat_in_each_theme(tmp_path: Path, snap_compare: Compare, theme: str) -> None:
    app = still(tmp_path, theme)

    async def before(pilot: Pilot[None]) -> None:
        await with_marks(app, pilot)
        assert app.theme == theme

    assert snap_compare(app, terminal_size=SIZE, run_before=before)


def test_the_chat_without_colours(
    tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = still(tmp_path)

    async def before(pilot: Pilot[None]) -> None:
        await with_marks(app, pilot)

    assert snap_compare(app, terminal_size=SIZE, run_before=before)


async def test_without_colours_everything_is_grey_and_marks_and_focus_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = still(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await with_marks(app, pilot)
        svg = app.export_screenshot()
        fills = {one.lower() for one in re.findall(r'fill[:=] ?"?(#[0-9a-fA-F]{6})', svg)}
        own = fills - WINDOW
        assert {one for one in own if len({one[1:3], one[3:5], one[5:7]}) > 1} == set()
        assert "♥" in svg
        assert "hidden" in svg
        cards = list(app.query(PickCard))
        edges = [edge_of(app, card) for card in cards]
        assert [edge for edge in edges if edge.strip()] == [edge_of(app, app.focused)]


def edge_of(app: MatineeApp, widget: object) -> str:
    """What is drawn at the left edge of a widget: letters, not colours."""
    assert isinstance(widget, PickCard)
    x, y = widget.region.offset
    strip = app.screen._compositor.render_strips()[y]
    return strip.text[x]


@pytest.mark.parametrize("theme", [str(theme.name) for theme in THEMES])
async def test_the_line_that_is_chosen_in_a_list_lies_on_the_panel(
    tmp_path: Path, theme: str
) -> None:
    app = still(tmp_path, theme)
    async with app.run_test(size=SIZE) as pilot:
        choices = OptionList("one", "two")
        await app.screen.mount(choices)
        choices.focus()
        await pilot.pause()
        row = choices.get_component_styles("option-list--option-highlighted")
        assert row.background == Color.parse(app.theme_variables["panel"])
        assert bool(row.text_style.reverse) is (theme == "matinee-contrast")
