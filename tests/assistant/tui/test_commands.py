from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path

import pytest

from assistant.tui.app import MatineeApp
from assistant.tui.chat.pick_actions import PickAction
from assistant.tui.chat.screen import ChatScreen
from assistant.tui.commands import (
    COMMANDS,
    TITLES,
    Command,
    Place,
    bindings_of,
    commands_of,
    named,
    not_a_command,
)
from assistant.tui.keys import shown
from assistant.tui.page import Page
from assistant.tui.pages import PAGES
from assistant.tui.why.screen import WhyScreen
from tests.assistant.tui.support import enter, finished, loaded, running, screen_text

OTHERS: dict[Place, type] = {
    Place.ANYWHERE: MatineeApp,
    Place.CHAT: ChatScreen,
    Place.PAGE: Page,
    Place.WHY: WhyScreen,
}


def carrier(command: Command) -> type:
    """The class that carries a command out."""
    if command.place in PAGES:
        module, name = PAGES[command.place].split(":")
        page: type = getattr(importlib.import_module(module), name)
        return page
    return OTHERS[command.place]


@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command.place is not Place.PICK],
    ids=lambda command: command.id,
)
def test_every_command_is_carried_out_by_its_place(command: Command) -> None:
    assert callable(getattr(carrier(command), f"action_{command.action}"))


def test_every_pick_command_is_an_action_on_a_pick() -> None:
    assert {command.name for command in commands_of(Place.PICK)} == set(PickAction)


def test_ids_and_slash_names_are_given_once() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    slash = [command.name for command in COMMANDS if command.is_slash]
    assert max(Counter(slash).values()) == 1


@pytest.mark.parametrize("place", list(Place))
def test_no_key_means_two_things_in_one_place(place: Place) -> None:
    around = {Place.ANYWHERE} | ({Place.CHAT} if place is Place.PICK else set())
    if place in PAGES:
        around.add(Place.PAGE)
    keys = [
        key
        for command in commands_of(place, *around)
        for key in command.key.split(",")
        if key and key != "escape"
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_place_has_a_title_and_every_command_a_description() -> None:
    assert set(TITLES) == set(Place)
    assert all(command.description for command in COMMANDS)


def test_keys_are_bound_under_the_names_of_the_keymap() -> None:
    bound = {binding.id for binding in bindings_of(Place.PICK)}  # type: ignore[union-attr]
    assert {"like", "why", "undo"} <= bound


def test_names_are_found_whatever_their_case_and_near_ones_are_offered() -> None:
    assert named("WHY") is named("why") is not None
    assert named("back") is None
    assert not_a_command("hlep") == "There is no command /hlep. Do you mean /help?"
    assert not_a_command("xyzzy") == "There is no command /xyzzy. /help lists the commands."


@pytest.mark.parametrize(
    ("key", "written"),
    [("ctrl+q", "Ctrl-Q"), ("f2", "F2"), ("l", "l"), ("pageup", "PgUp"), ("ctrl+up", "Ctrl-↑"),
     ("x,delete", "x, Del"), ("", "")],
)  # fmt: skip
def test_keys_are_written_for_people(key: str, written: str) -> None:
    assert shown(key) == written


async def test_a_line_is_carried_out(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await enter(app, pilot, "/DIAL  explore ")
        await finished(app, pilot)
        assert app.dial == "explore"
        await enter(app, pilot, "/memory forget 2")
        await finished(app, pilot)
        assert "Remembered [so to say]: forget 2." in screen_text(app)
        await enter(app, pilot, "/like")
        await enter(app, pilot, "/nothing")
        await finished(app, pilot)
        text = screen_text(app)
        assert "There are no picks yet." in text
        assert "There is no command /nothing." in text


async def test_the_palette_finds_a_command_and_runs_it(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"how far")
        await pilot.pause(0.5)
        await pilot.press("enter", "enter")
        await finished(app, pilot)
        assert app.dial == "explore"


async def test_the_help_lists_every_command_and_goes_back(tmp_path: Path) -> None:
    async with running(tmp_path, size=(100, 200)) as (app, pilot):
        await pilot.press("f1")
        await pilot.pause()
        text = screen_text(app)
        assert all(command.description in text for command in COMMANDS)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.chat
