"""A cold `matinee ask` beside the program of an evening, in one run, taking turns.

usage: python -m benchmarks.cold_start [ROUNDS]
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REQUEST = "something warm and funny for tonight, under two hours"
PICK = re.compile(rb"^1\. ", re.MULTILINE)


def evening(folder: Path) -> dict[str, float]:
    """Seconds from the start of the process to each mark of the evening program."""
    command = [sys.executable, "-m", "benchmarks.evening_program", str(folder), REQUEST]
    output = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return {name: float(at) for name, at in re.findall(r"^@(\w+) ([\d.]+)$", output, re.MULTILINE)}


def matinee(folder: Path) -> dict[str, float]:
    """Seconds from the start of the process to the first pick, its first word, and the end."""
    command = [sys.executable, "-m", "assistant", "--data-dir", str(folder), "ask", REQUEST]
    started = time.perf_counter()
    marks: dict[str, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        seen = b""
        while piece := os.read(process.stdout.fileno(), 65536):
            seen += piece
            if "pick" not in marks and PICK.search(seen):
                marks["pick"] = time.perf_counter() - started
        marks["last"] = time.perf_counter() - started
    return marks


def main(rounds: int) -> None:
    """Print the medians of both."""
    with tempfile.TemporaryDirectory() as name:
        folders = Path(name) / "evening", Path(name) / "matinee"
        evening(folders[0])  # makes the collection
        matinee(folders[1])  # makes the library
        rows = [(evening(folders[0]), matinee(folders[1])) for _ in range(rounds)]
    theirs = {key: statistics.median(row[0][key] for row in rows) for key in rows[0][0]}
    ours = {key: statistics.median(row[1][key] for row in rows) for key in rows[0][1]}
    print(f"medians of {rounds} cold starts, seconds since the start of the process")
    print(f"{'':<34}{'evening program':>16}{'matinee ask':>13}{'ratio':>8}")
    for label, left, right in (
        ("first word / first pick", theirs["first"], ours["pick"]),
        ("last word / last sentence", theirs["last"], ours["last"]),
    ):
        print(f"{label:<34}{left:>16.2f}{right:>13.2f}{right / left:>8.2f}")
    print(f"(the evening program has its models loaded after {theirs['ready']:.2f} s)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
