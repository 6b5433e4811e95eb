"""How late an event loop is: the time by which a short sleep takes longer than it should."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PERIOD_S = 0.005


class Lag:
    """Samples of how late the running event loop was, in seconds."""

    def __init__(self) -> None:
        self.samples: list[float] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Sample inside the block."""
        task = asyncio.get_running_loop().create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()

    async def _watch(self) -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(PERIOD_S)
            self.samples.append(time.perf_counter() - started - PERIOD_S)

    def at(self, share: float) -> float:
        """The lag that a share of the samples does not exceed, in milliseconds."""
        ordered = sorted(self.samples) or [0.0]
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def row(self, name: str) -> str:
        """A line of a table."""
        return (
            f"{name:<34}{len(self.samples):>8}{self.at(0.5):>8.1f}{self.at(0.99):>8.1f}"
            f"{self.at(0.999):>8.1f}{self.at(1.0):>8.1f}"
        )


HEAD = f"{'milliseconds':<34}{'samples':>8}{'p50':>8}{'p99':>8}{'p99.9':>8}{'longest':>8}"


async def _idle() -> None:
    """An event loop with nothing to do: the lag of the machine. Ends with the input."""
    lag = Lag()
    loop = asyncio.get_running_loop()
    with lag.watching():
        await loop.run_in_executor(None, sys.stdin.read)
    print(lag.row("(an idle loop meanwhile)"))


if __name__ == "__main__":
    asyncio.run(_idle())
