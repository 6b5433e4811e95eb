"""Helpers for tests of the screen."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import PickCard
from tests.assistant.engine.support import fake_start, until

SIZE = (100, 40)


def screen_text(app: MatineeApp) -> str:
    """What is on the screen, as plain text; its lines run together."""
    svg = app.export_screenshot()
    pieces = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    return html.unescape("".join(pieces)).replace("\xa0", " ")


@asynccontextmanager
async def running(
    folder: Path, core: str = "FakeCore", size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[MatineeApp, Pilot[None]]]:
    """The app with an engine that runs a core of `fake_core`."""
    app = MatineeApp(fake_start(folder, core))
    async with app.run_test(size=size, notifications=True) as pilot:
        yield app, pilot


async def loaded(app: MatineeApp) -> None:
    """Wait until the engine is ready."""
    await until(lambda: app.engine.ready, "the engine is ready")


async def enter(app: MatineeApp, pilot: Pilot[None], text: str) -> None:
    """Enter `text` as a person would."""
    app.prompt.focus()
    app.prompt.value = text
    await pilot.press("enter")


async def answered(app: MatineeApp, pilot: Pilot[None], text: str) -> Answer:
    """Enter `text`, and wait for the whole answer."""
    await loaded(app)
    before = newest(app)
    await enter(app, pilot, text)
    await until(lambda: newest(app) is not before, "the message is shown")
    answer = app.query(Answer).last()
    await finished(app, pilot)
    return answer


def newest(app: MatineeApp) -> Answer | None:
    """The last answer on the screen; earlier ones are taken down where there are many."""
    return app.query(Answer).last() if app.query(Answer) else None


async def finished(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is being answered or done, and all of it is drawn."""
    await app.workers.wait_for_complete()
    await pilot.pause()


async def focused_card(app: MatineeApp, pilot: Pilot[None]) -> PickCard:
    """Go to the first card with Tab."""
    await pilot.press("tab")
    await until(lambda: isinstance(app.focused, PickCard), "a card has the focus")
    assert isinstance(app.focused, PickCard)
    return app.focused
