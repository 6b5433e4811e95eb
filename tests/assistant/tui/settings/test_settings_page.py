"""The page of settings over a real desk, which writes a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant import settings
from assistant.tui.app import MatineeApp
from assistant.tui.commands import COMMANDS
from assistant.tui.settings.page import SettingList, SettingsPage
from tests.assistant.engine.support import until
from tests.assistant.tui.support import loaded, running, screen_text


@asynccontextmanager
async def on_settings(
    folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], SettingsPage]]:
    async with running(folder, size=size) as (app, pilot):
        await loaded(app)
        await pilot.press("f9")
        page = app.screen
        assert isinstance(page, SettingsPage)
        await until(lambda: page.query_one(SettingList).option_count > 20, "the settings")
        await pilot.pause()
        yield app, pilot, page


async def go_to(pilot: Pilot[None], page: SettingsPage, name: str) -> None:
    found = page.query_one(SettingList)
    found.highlighted = found.get_option_index(name)
    await pilot.pause()


def told(page: SettingsPage) -> str:
    return str(page.query_one("#setting-told", Static).render())


def fault(page: SettingsPage) -> str:
    return str(page.query_one("#setting-fault", Static).render())


def problem(page: SettingsPage) -> str:
    return str(page.query_one("#page-problem", Static).render())


def row(page: SettingsPage, name: str) -> str:
    return str(page.query_one(SettingList).get_option(name).prompt)


def written(folder: Path) -> str:
    file = folder / "settings.toml"
    return file.read_text("utf-8") if file.exists() else ""


async def test_every_setting_and_every_command_has_its_line(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (_, _pilot, page):
        ids = {option.id for option in page.query_one(SettingList).options if option.id}
        names = settings.flat(settings.Settings().model_dump(exclude={"keys"}))
        assert ids == set(names) | {f"keys.{command.id}" for command in COMMANDS}
        assert "all as they come" in screen_text(page.matinee)


async def test_a_switch_is_switched_and_written_at_once(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (app, pilot, page):
        before = app.engine.pid
        await go_to(pilot, page, "language_model.writes")
        assert "[x] on" in row(page, "language_model.writes")
        await pilot.press("enter")
        await until(lambda: "writes = false" in written(tmp_path), "the file")
        await until(lambda: "set" in row(page, "language_model.writes"), "its origin")
        assert "[ ] off" in row(page, "language_model.writes")
        await until(lambda: not app.start.settings.language_model.writes, "its effect")
        await until(lambda: app.engine.pid not in (before, None), "a new engine")


async def test_the_mouse_does_what_the_keys_do(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (_, pilot, page):
        found = page.query_one(SettingList)
        line = 3  # below the title of the group: theme, player, mouse
        assert found.get_option_index("app.mouse") == line
        await pilot.click(SettingList, offset=(5, line))
        await pilot.pause()
        assert found.highlighted == line
        assert written(tmp_path) == ""
        await pilot.click(SettingList, offset=(5, line))
        await until(lambda: "mouse = false" in written(tmp_path), "the file")


async def test_a_choice_is_stepped_through_and_reset(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (_, pilot, page):
        await go_to(pilot, page, "recommend.dial")
        await pilot.press("right")
        await until(lambda: 'dial = "explore"' in written(tmp_path), "the next")
        await pilot.press("left", "left")
        await until(lambda: 'dial = "familiar"' in written(tmp_path), "the one before")
        await pilot.press("r")
        await until(lambda: "dial" not in written(tmp_path), "the default")
        await until(lambda: "set" not in row(page, "recommend.dial"), "its origin")


async def test_what_is_typed_is_checked_with_every_letter(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (_, pilot, page):
        await go_to(pilot, page, "recommend.picks")
        await pilot.press("enter", "0", "0")  # 500
        await until(lambda: "1 to 20" in fault(page), "what is wrong")
        await pilot.press("enter")
        assert page.has_class("-editing")
        assert written(tmp_path) == ""
        await pilot.press("backspace", "backspace", "backspace", "7")
        await until(lambda: fault(page) == "", "nothing wrong")
        await pilot.press("enter")
        await until(lambda: "picks = 7" in written(tmp_path), "the file")
        assert not page.has_class("-editing")


async def test_escape_leaves_what_was_typed_and_then_the_page(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (app, pilot, page):
        await go_to(pilot, page, "app.player")
        await pilot.press("enter", "m", "p", "v", "escape")
        assert not page.has_class("-editing")
        assert app.screen is page
        assert written(tmp_path) == ""
        await pilot.press("escape")
        await until(lambda: app.screen is app.chat, "the chat")


async def test_a_theme_applies_at_once_without_a_new_engine(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (app, pilot, page):
        before, theme = app.engine.pid, app.theme
        await go_to(pilot, page, "app.theme")
        await pilot.press("right")
        await until(lambda: app.theme != theme, "another theme")
        await until(lambda: f'theme = "{app.theme}"' in written(tmp_path), "the file")
        await until(lambda: app.start.settings.app.theme == app.theme, "the settings")
        assert app.engine.pid == before
        await pilot.press("r")
        await until(lambda: app.theme == theme, "the first theme")
        assert "theme" not in written(tmp_path)


async def test_a_key_holds_at_once_and_one_that_is_taken_is_refused(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (app, pilot, page):
        await go_to(pilot, page, "keys.settings.reset")
        await pilot.press("enter", "backspace", "x", "enter")
        await until(lambda: app.keys == {"settings.reset": "x"}, "the key")
        assert 'reset = "x"' in written(tmp_path)
        await go_to(pilot, page, "recommend.picks")
        await pilot.press("right")
        await until(lambda: "picks = 6" in written(tmp_path), "six")
        await pilot.press("x")
        await until(lambda: "picks" not in written(tmp_path), "the default by the new key")
        await go_to(pilot, page, "keys.library")
        await pilot.press("enter", *["backspace"] * 2, *"f5")
        await until(lambda: "taste" in fault(page), "whose key it is")


async def test_what_the_environment_sets_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATINEE_RECOMMEND__PICKS", "3")
    async with on_settings(tmp_path) as (_, pilot, page):
        await go_to(pilot, page, "recommend.picks")
        assert "locked by MATINEE_RECOMMEND__PICKS" in row(page, "recommend.picks")
        assert "Unset it" in told(page)
        for key in ("enter", "right", "r"):
            await pilot.press(key)
            await until(lambda: "The environment sets this" in problem(page), "why not")
        assert not page.has_class("-editing")
        assert written(tmp_path) == ""


async def test_comments_of_the_file_stay(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("# mine\n[recommend]\npicks = 3  # few\n")
    async with on_settings(tmp_path) as (_, pilot, page):
        await go_to(pilot, page, "recommend.picks")
        await pilot.press("right")
        await until(lambda: "picks = 4" in written(tmp_path), "four")
        assert written(tmp_path) == "# mine\n[recommend]\npicks = 4  # few\n"


async def test_a_broken_file_is_told_of_in_place(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        (tmp_path / "settings.toml").write_text("[recommend\n")
        await pilot.press("f9")
        page = app.screen
        assert isinstance(page, SettingsPage)
        await until(lambda: "not valid TOML" in problem(page), "the error")


async def test_words_find_settings(tmp_path: Path) -> None:
    async with on_settings(tmp_path) as (app, pilot, page):
        await pilot.press("slash", *"browser")
        found = page.query_one(SettingList)
        await until(lambda: found.option_count < 10, "few")
        ids = {option.id for option in found.options if option.id}
        assert "app.player" in ids
        await pilot.press("escape")
        await until(lambda: found.option_count > 20, "all again")
        assert app.screen is page


async def test_values_are_shown_literally(tmp_path: Path) -> None:
    name = "[b]x[/b] [@click=app.quit]"
    (tmp_path / "settings.toml").write_text(f'[app]\nplayer = "{name}"\n')
    async with on_settings(tmp_path) as (app, pilot, page):
        await go_to(pilot, page, "app.player")
        assert name in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_nothing_is_wider_than_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_settings(tmp_path, size) as (_, pilot, page):
        found = page.query_one(SettingList)
        width = found.scrollable_content_region.width
        for option in found.options:
            assert max(map(len, str(option.prompt).splitlines())) <= width
        assert found.size.height >= 6
        await pilot.press("end")
        assert found.highlighted == found.option_count - 1
