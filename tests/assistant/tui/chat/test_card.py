from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.chat.card import PickCard
from assistant.tui.chat.shown import Mark
from assistant.types import Signal
from tests.assistant.engine.support import until
from tests.assistant.tui.support import (
    answered,
    enter,
    finished,
    focused_card,
    running,
    screen_text,
)


async def press(app: MatineeApp, pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait for what they do, and return what is on the screen."""
    await pilot.press(*keys)
    await finished(app, pilot)
    return screen_text(app)


async def card_after(app: MatineeApp, pilot: Pilot[None], key: str) -> PickCard:
    """The card that has the focus after `key`."""
    await press(app, pilot, key)
    assert isinstance(app.focused, PickCard)
    return app.focused


async def test_keys_say_in_place_what_they_did(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        card = await focused_card(app, pilot)
        for key, mark, signal in (
            ("l", "♥ liked", Signal.LIKED),
            ("w", "✓ watched", Signal.WATCHED),
            ("s", "★ saved", Signal.SAVED),
            ("d", "✗ disliked", Signal.DISLIKED),
            ("h", "– hidden", Signal.HIDDEN),
        ):
            text = await press(app, pilot, key)
            assert f"Spirited Away   {mark}" in text
            assert f"Noted as {signal.value}, [so to say]." in text
        assert "Already hidden" in await press(app, pilot, "h")
        text = await press(app, pilot, "u")
        assert "Taken back." in text
        assert "✗ disliked" in text
        await press(app, pilot, "u", "u", "u", "u")
        assert not card.marks
        assert "There is nothing to take back here." in await press(app, pilot, "u")


async def test_a_signal_that_is_refused_leaves_no_mark(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        card = await card_after(app, pilot, "3")
        text = await press(app, pilot, "l")
        assert "This video is no longer in your library." in text
        assert not card.marks


async def test_a_signal_in_a_crash_leaves_no_mark(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await enter(app, pilot, "stuck")
        await until(lambda: "Looking through" in screen_text(app), "the engine is busy")
        card = await focused_card(app, pilot)
        await pilot.press("l")
        assert card.marks == [Mark(Signal.LIKED)]  # at once, though the engine has not heard of it
        assert app.engine.pid
        os.kill(app.engine.pid, signal.SIGKILL)
        await until(lambda: not card.marks, "the mark is taken back")


async def test_why_opens_a_panel_with_all_picks_of_the_answer(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await answered(app, pilot, "something else")
        await focused_card(app, pilot)
        await press(app, pilot, "2")
        assert "2 of 5 · Foo [Official Video]" in await press(app, pilot, "y")
        assert "place 2 of 214" in screen_text(app)
        await press(app, pilot, "escape")
        assert app.screen is app.chat


async def test_one_moves_between_cards_and_back(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "first")
        await answered(app, pilot, "second")
        first = await focused_card(app, pilot)
        assert first in app.transcript.newest_cards
        assert (await card_after(app, pilot, "4")).pick.rank == 4
        assert (await card_after(app, pilot, "down")).pick.rank == 5
        assert (await card_after(app, pilot, "9")).pick.rank == 5
        await press(app, pilot, "down")
        assert app.focused is app.prompt
        await focused_card(app, pilot)
        before = await card_after(app, pilot, "up")  # the last one of the answer before
        assert before.pick.rank == 5
        assert before not in app.transcript.newest_cards
        for key in ("escape", "tab", "enter"):
            await press(app, pilot, key)
            assert app.focused is app.prompt
            await focused_card(app, pilot)
        await press(app, pilot, "slash")
        assert app.focused is app.prompt
        assert app.prompt.value == "/"


async def test_commands_act_on_the_newest_answer(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await enter(app, pilot, "/like 1")
        await finished(app, pilot)
        assert "There are no picks yet." in screen_text(app)
        await answered(app, pilot, "anything")
        await enter(app, pilot, "/like 2")
        await finished(app, pilot)
        assert "Foo [Official Video]   ♥ liked" in screen_text(app)
        for wrong in ("/like 9", "/like", "/like two"):
            await enter(app, pilot, wrong)
            await finished(app, pilot)
            assert "Say which pick: /like 1 to /like 5." in screen_text(app)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file into which the person's browser, a script, writes what it is given."""
    file = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "noise"\necho "$@" >> {file}\n')
    browser.chmod(stat.S_IRWXU)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    return file


async def test_a_video_is_opened_in_the_browser(tmp_path: Path, opened: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        assert "Opening: https://example.org/spirited-away" in await press(app, pilot, "o")
        text = await press(app, pilot, "4", "o")  # its link is a javascript one
        assert "Searching the web for it: https://duckduckgo.com/?q=" in text
        assert opened.read_text().splitlines() == [
            "https://example.org/spirited-away",
            "https://duckduckgo.com/?q=%5B%40click%3Dapp.quit%5Dx",
        ]


async def test_without_a_browser_the_link_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "/bin/false %s")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("DISPLAY", raising=False)
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        text = await press(app, pilot, "o")
        assert "No browser could be started. The link: https://example.org/" in text
