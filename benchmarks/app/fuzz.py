"""Random keys, clicks, sizes and messages, drawn by a seed, given to the app.

The app must be running afterwards, and lead back to a chat in which a message is answered.
"""

from __future__ import annotations

import asyncio
import inspect
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import ClassVar

from textual.pilot import OutOfBounds, Pilot

from assistant.engine.protocol import Start
from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.commands import COMMANDS, Place

SIZES = ((60, 20), (80, 24), (100, 32), (140, 45), (30, 8), (200, 60))
LEAVING = {"quit", "open", "copy"}
"""Commands that end the app, or reach beyond it."""
KEYS = sorted(
    {
        key
        for command in COMMANDS
        if command.name not in LEAVING
        for key in command.key.split(",")
        if key
    }
    | {"tab", "shift+tab", "enter", "up", "down", "left", "right", "home", "end", "space"}
    | {"backspace", "delete", "ctrl+p", "escape", "1", "3", "9", "a", "z", "slash", "ctrl+j"}
)
MESSAGES = (
    "something quiet",
    "hello",
    "refuse this",
    "bug",
    "halfway",
    "slow",
    "[b]x[/b]",
    "/like 2",
)
COMMANDS_TYPED = tuple(
    f"/{command.name}"
    for command in COMMANDS
    if command.is_slash and command.name not in LEAVING and command.place is not Place.PICK
)
SETTLE_S = 20.0


class Fuzzer:
    """Acts at random on an app in a pilot.

    Args:
        seed: of the draw; the same actions again, as far as the app's own timing allows.
    """

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self.done: list[str] = []
        """What was done, to be read when something went wrong."""

    async def act(self, app: MatineeApp, pilot: Pilot[None], count: int) -> None:
        """Do `count` things."""
        for _ in range(count):
            kind = self._draw.choices(("key", "click", "size", "say", "type"), (60, 12, 5, 8, 15))[
                0
            ]
            await getattr(self, f"_{kind}")(app, pilot)

    async def _key(self, _: MatineeApp, pilot: Pilot[None]) -> None:
        key = self._draw.choice(KEYS)
        self.done.append(key)
        await pilot.press(key)

    async def _click(self, app: MatineeApp, pilot: Pilot[None]) -> None:
        width, height = app.size
        at = self._draw.randrange(max(width, 1)), self._draw.randrange(max(height, 1))
        self.done.append(f"click {at}")
        with suppress(OutOfBounds):
            await pilot.click(offset=at, times=self._draw.choice((1, 1, 1, 2)))

    async def _size(self, _: MatineeApp, pilot: Pilot[None]) -> None:
        size = self._draw.choice(SIZES)
        self.done.append(f"size {size}")
        await pilot.resize_terminal(*size)

    async def _say(self, app: MatineeApp, pilot: Pilot[None]) -> None:
        text = self._draw.choice((*MESSAGES, *COMMANDS_TYPED))
        self.done.append(f"say {text}")
        if app.screen is app.chat:
            app.prompt.write(text)
            await pilot.press("enter")

    async def _type(self, _: MatineeApp, pilot: Pilot[None]) -> None:
        text = self._draw.choice(("abc", "1234", "好看的", "/ta"))
        self.done.append(f"type {text}")
        await pilot.press(*text)


class Kept(MatineeApp):
    """The app, which is not left: a click may hit the word that leaves it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(inspect.getfile(MatineeApp)).parent / sheet for sheet in MatineeApp.CSS_PATH
    ]

    async def action_quit(self) -> None:
        """Stay."""


async def come_back(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Lead the app back to its chat, stop what goes on, and have a message answered.

    Raises:
        AssertionError: it has ended, or is stuck.
    """
    assert app.is_running, f"the app has ended: {app.return_value!r}"
    await pilot.resize_terminal(100, 32)
    for _ in range(8):
        if app.screen is app.chat and not app.chat.is_answering:
            break
        await pilot.press("escape")
        await pilot.pause(0.1)
    assert app.screen is app.chat, f"Esc does not lead out of {app.screen!r}"
    await _until(lambda: not app.chat.is_answering, "everything is stopped")
    app.prompt.focus()
    app.prompt.write("something quiet")
    await pilot.press("enter")
    await _until(lambda: bool(_last(app).cards), "a message is answered")


def _last(app: MatineeApp) -> Answer:
    return app.chat.query(Answer).last()


async def _until(condition: Callable[[], bool], what: str) -> None:
    try:
        async with asyncio.timeout(SETTLE_S):
            while True:
                with suppress(LookupError):
                    if condition():
                        return
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"not within {SETTLE_S:.0f} s: {what}") from None


async def run(start: Start, seed: int, actions: int) -> list[str]:
    """One app, `actions` random things, and the way back: what was done.

    Raises:
        Exception: what the app died of; `AssertionError` where it is stuck.
    """
    app = Kept(start)
    fuzzer = Fuzzer(seed)
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        try:
            await fuzzer.act(app, pilot, actions)
            await come_back(app, pilot)
        except Exception as error:
            error.add_note(f"seed {seed}: {', '.join(fuzzer.done)}")
            raise
    return fuzzer.done


def fake_start(folder: Path) -> Start:
    """An app with the chat's engine of the tests, and a real desk."""
    from tests.assistant.engine.support import fake_start as make

    return make(folder)
