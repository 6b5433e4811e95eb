"""First paint and time to type: the app beside a bare Textual app, in one run, taking turns.

usage: python -m benchmarks.app.start [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.app.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
GREETING = "What would you like to watch?"
TYPED = "§"
"""A key whose echo nothing else on the screen looks like."""


def marks(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the start of the process to the first paint, and to the first typed letter."""
    with Terminal(command, ROOT, environment) as terminal:
        paint = terminal.wait_for(GREETING)
        terminal.send(TYPED)
        return paint, terminal.wait_for(TYPED)


def main(rounds: int) -> None:
    """Print the medians of both."""
    with tempfile.TemporaryDirectory() as name:
        ours = [sys.executable, "-m", "assistant"]
        bare = [sys.executable, "-m", "benchmarks.app.bare"]
        environment = {"MATINEE_DATA_DIR": name}
        marks(ours, environment)  # makes the library, and the files of Python that are compiled
        marks(bare, environment)
        rows = [(marks(bare, environment), marks(ours, environment)) for _ in range(rounds)]
    print(f"medians of {rounds} starts, milliseconds since the start of the process")
    print(f"{'':<16}{'bare app':>10}{'matinee':>10}{'ratio':>8}")
    for place, label in enumerate(("first paint", "a letter typed")):
        theirs = statistics.median(row[0][place] for row in rows)
        own = statistics.median(row[1][place] for row in rows)
        print(f"{label:<16}{1000 * theirs:>10.0f}{1000 * own:>10.0f}{own / theirs:>8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
