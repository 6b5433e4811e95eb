"""How long the event loop of the app stands still: loading, answering, importing, a long session.

Beside each figure stands that of an idle event loop at the same time: what the machine adds.

usage: python -m benchmarks.app.freezes [TURNS]
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from assistant.engine.protocol import Start
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.tui.app import MatineeApp
from benchmarks.app.lag import HEAD, Lag
from benchmarks.app.sources import write_catalogue

SIZE = (120, 40)
MESSAGES = (
    "something funny, under two hours",
    "like the second, but older",
    "a talk on testing",
    "人工智能入门教程",
    "surprise me",
)
IMPORTED = 3_000


@asynccontextmanager
async def watched(name: str) -> AsyncIterator[None]:
    """Print the lag of this loop, and of an idle one, inside the block."""
    command = [sys.executable, "-m", "benchmarks.app.lag"]
    idle = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lag = Lag()
    with lag.watching():
        yield
    print(lag.row(name))
    print(idle.communicate("")[0], end="", flush=True)


async def until(condition: object, seconds: float = 300.0) -> None:
    """Wait until `condition()` holds."""
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def say(app: MatineeApp, pilot: Pilot[None], message: str) -> None:
    """Say something, and wait for the whole answer."""
    app.chat.ask(message)
    await until(lambda: not app.chat.is_answering)
    await pilot.pause()


async def measure(folder: Path, turns: int) -> None:
    """Print a row for each sort of work."""
    locations = Locations(data=folder, config=folder, state=folder)
    app = MatineeApp(Start(locations=locations, settings=Settings()))
    async with app.run_test(size=SIZE) as pilot:
        async with watched("loading the models"):
            await until(lambda: app.engine.ready)
        async with watched(f"{len(MESSAGES)} answers, streamed"):
            for message in MESSAGES:
                await say(app, pilot, message)
        async with watched(f"an import of {IMPORTED:,} videos"):
            await import_into(app, folder)
        async with watched(f"{turns} more answers"):
            for place in range(turns):
                await say(app, pilot, MESSAGES[place % len(MESSAGES)])
        async with watched("scrolling through them"):
            for _ in range(100):
                await pilot.press("pageup")
            for _ in range(100):
                await pilot.press("pagedown")


async def import_into(app: MatineeApp, folder: Path) -> None:
    """Import a folder as the import page does, while the chat is open."""
    from assistant.engine.protocol.importing import ImportVideos, VideosImported

    source = folder / "catalogue.jsonl"
    write_catalogue(source, IMPORTED)
    await app.jobs.run(ImportVideos(path=str(source)), VideosImported)


def main(turns: int) -> None:
    """Print the table."""
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name), turns))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
