"""What tests of the engine and of the screen share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from assistant.engine.protocol import Start
from assistant.locations import Locations
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
DEADLINE_S = 20.0


def fake_start(folder: Path, core: str = "FakeCore") -> Start:
    """What starts an engine with a core of `fake_core`."""
    return Start(
        locations=Locations(data=folder, config=folder, state=folder),
        settings=Settings(),
        core=f"tests.assistant.engine.fake_core:{core}",
    )


async def until(condition: Callable[[], object], what: str) -> None:
    """Wait until `condition` holds; raises at the deadline."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {DEADLINE_S} s: {what}")
        await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
