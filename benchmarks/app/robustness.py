"""What the app stands: storms of sizes and keys, long sessions, random actions, a killed engine.

The chat's engine is that of the tests, which answers at once and misbehaves on demand; the desk is
real. Prints a line for each trial; a failure is printed with what led to it.

usage: python -m benchmarks.app.robustness [SEEDS [ACTIONS]]
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from benchmarks.app.fuzz import SIZES, come_back, fake_start, run
from benchmarks.app.lag import HEAD, Lag
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS

Trial = Callable[[MatineeApp, Pilot[None]], Awaitable[None]]
KILLS = 20
RESIZES = 500
KEYS = 5_000
LINES = 10_000
LINES_OF_A_TURN = 25
"""So many lines of the screen an answer with five picks takes, at least."""


@asynccontextmanager
async def an_app(
    size: tuple[int, int] = (100, 32),
) -> AsyncIterator[tuple[MatineeApp, Pilot[None]]]:
    """The app over a small library."""
    with tempfile.TemporaryDirectory() as name:
        start = fake_start(Path(name))
        with Library.open(start.locations.library) as library:
            library.put_videos(VIDEOS)
        app = MatineeApp(start)
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(lambda: app.engine.ready)
            yield app, pilot


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until `condition` holds."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def ask(app: MatineeApp, message: str) -> None:
    """Say something and wait for its end."""
    app.chat.ask(message)
    await asyncio.sleep(0)
    await until(lambda: app.chat.is_answering)
    await until(lambda: not app.chat.is_answering)


async def resize_storm(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Sizes that change faster than the screen is laid out, while an answer is streamed."""
    draw = random.Random(0)
    for _ in range(5):
        await ask(app, "something quiet")
    app.chat.ask("halfway")
    for _ in range(RESIZES):
        width, height = draw.choice(SIZES)
        await pilot.resize_terminal(width + draw.randrange(5), height + draw.randrange(5))


async def storm_of_keys(app: MatineeApp, _: Pilot[None]) -> None:
    """5,000 keys a minute: letters, and now and then a message, a page, a way back."""
    draw = random.Random(0)
    keys = "abcdefghij" * 6
    for number in range(KEYS):
        key = draw.choice(keys)
        if number % 50 == 0:
            key = draw.choice(("enter", "f4", "escape", "f1", "escape", "tab", "up"))
        app.post_message(events.Key(key, key if len(key) == 1 else None))
        await asyncio.sleep(60 / KEYS)


async def long_session(app: MatineeApp, pilot: Pilot[None]) -> None:
    """A session of 10,000 lines, then a walk through it."""
    for _ in range(LINES // LINES_OF_A_TURN):
        await ask(app, "something quiet")
    for key in ("pageup", "pagedown"):
        for _ in range(50):
            await pilot.press(key)


async def killed_engine(app: MatineeApp, _: Pilot[None]) -> None:
    """The engine dies in the middle of an answer, again and again; each next one is answered."""
    for _kill in range(KILLS):
        app.chat.ask("chatty")
        await until(lambda: app.chat.is_answering and app.engine.pid is not None)
        await asyncio.sleep(0.3)
        if app.engine.pid is not None:
            os.kill(app.engine.pid, signal.SIGKILL)
        await until(lambda: not app.chat.is_answering)
        await ask(app, "something quiet")


async def trial(name: str, what: Trial) -> bool:
    """Run one; print how late its event loop was, and what went wrong."""
    lag = Lag()
    try:
        async with an_app() as (app, pilot):
            with lag.watching():
                await what(app, pilot)
            await come_back(app, pilot)
    except Exception as error:
        print(f"{name:<34} FAILED: {type(error).__name__}: {error}", flush=True)
        return False
    print(lag.row(name), flush=True)
    return True


async def random_actions(seeds: int, actions: int) -> int:
    """How many of the seeds ended in a crash or a stuck app."""
    failed = 0
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as name:
            start = fake_start(Path(name))
            with Library.open(start.locations.library) as library:
                library.put_videos(VIDEOS)
            try:
                await run(start, seed, actions)
            except Exception as error:
                failed += 1
                notes = " ".join(getattr(error, "__notes__", ()))
                print(f"seed {seed}: {type(error).__name__}: {error} {notes}", flush=True)
    return failed


async def main(seeds: int, actions: int) -> None:
    """Every trial."""
    print(HEAD)
    await trial(f"{RESIZES} sizes", resize_storm)
    await trial(f"{KEYS:,} keys a minute", storm_of_keys)
    await trial(f"a session of {LINES:,} lines", long_session)
    await trial(f"{KILLS} killed engines", killed_engine)
    began = time.monotonic()
    failed = await random_actions(seeds, actions)
    took = time.monotonic() - began
    print(f"{actions} random actions × {seeds} seeds: {failed} failed ({took:.0f} s)")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*(numbers + [100, 200][len(numbers) :])))
