"""How long a turn takes without a language model, stage by stage.

usage: python benchmarks/turns.py [FOLDER] [--rounds N] [--against TREE]

FOLDER is a data folder of Matinee, of which nothing is changed; without it, the starter library in
a temporary one. Each message begins a conversation of its own; a first round that is not counted
warms up. Printed are the median and the 95th percentile of wall time, that of CPU time, and of each
stage. With the checkout of another version as TREE both are measured in one run, message by
message in turn, so that what else the machine does falls on both; then the median ratio of the two
is printed too. Each version is run in a process of its own, on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TextIO

MESSAGES = (
    "something short about whales",
    "a talk on python testing",
    "documentaries about space",
    "a sad film from the 90s",
    "jazz music",
    "history of tea",
    "like Alien but newer",
    "a funny talk about programming",
    "films in French",
    "how to learn statistics",
)
_HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Spent:
    """What one turn took, in milliseconds."""

    wall: float
    cpu: float
    stages: Mapping[str, float]
    """Wall time by stage."""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--against", type=Path, metavar="TREE")
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        answer(sys.stdin, sys.stdout, options.folder)
        return
    trees = [_HERE] if options.against is None else [options.against.resolve(), _HERE]
    with tempfile.TemporaryDirectory() as scratch:
        folders = [options.folder or Path(scratch, str(number)) for number in range(len(trees))]
        spent = measure(trees, folders, options.rounds)
    for tree, turns in zip(trees, spent, strict=True):
        print("\n".join(report(tree.name, turns, spent[0])))


def measure(trees: Sequence[Path], folders: Sequence[Path], rounds: int) -> list[list[Spent]]:
    """What each version takes for each message, in each round."""
    found: list[list[Spent]] = [[] for _ in trees]
    with ExitStack() as stack:
        pairs = zip(trees, folders, strict=True)
        children = [stack.enter_context(_child(tree, folder)) for tree, folder in pairs]
        for number in range(rounds + 1):
            for message in MESSAGES:
                for child, turns in zip(children, found, strict=True):
                    spent = _asked(child, message)
                    turns += [spent] if number else []
    return found


def report(name: str, turns: Sequence[Spent], base: Sequence[Spent]) -> Iterator[str]:
    """The lines to print of a version, beside the one that it is compared with."""
    walls, cpus = [one.wall for one in turns], [one.cpu for one in turns]
    yield (
        f"{name}: p50 {median(walls):.1f} ms, p95 {_p95(walls):.1f} ms;"
        f" CPU p50 {median(cpus):.1f} ms, p95 {_p95(cpus):.1f} ms"
    )
    stages = {stage: None for one in turns for stage in one.stages}
    each = {stage: median(one.stages.get(stage, 0.0) for one in turns) for stage in stages}
    yield "  " + ", ".join(f"{stage} {spent:.1f}" for stage, spent in each.items())
    if base is not turns:
        pairs = list(zip(turns, base, strict=True))
        wall = median(one.wall / other.wall for one, other in pairs)
        cpu = median(one.cpu / other.cpu for one, other in pairs)
        yield f"  ratio: {wall:.3f}, CPU {cpu:.3f}"


def answer(messages: TextIO, told: TextIO, folder: Path) -> None:
    """Answer each message that comes with a line that says what it took."""
    from assistant.conversation import Conversation
    from assistant.locations import Locations
    from assistant.settings import Settings
    from assistant.types import TurnFinished
    from assistant.workspace import Workspace

    places = Locations(folder, folder / "config", folder / "state")
    with Workspace(places, Settings(), llm=False) as workspace:
        for line in messages:
            conversation = Conversation(workspace, keep=False)
            wall, cpu = time.perf_counter(), time.process_time()
            *_, last = conversation.turn(line.strip())
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            stages = last.turn.timings if isinstance(last, TurnFinished) else {}
            found = {"wall": wall, "cpu": cpu, "stages": dict(stages)}
            print(json.dumps(found), file=told, flush=True)


@contextmanager
def _child(tree: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """This program, answering with the code of another tree."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, __file__, str(folder), "--answer"],
        cwd=tree,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        yield child


def _asked(child: subprocess.Popen[str], message: str) -> Spent:
    assert child.stdin is not None
    assert child.stdout is not None
    print(message, file=child.stdin, flush=True)
    line = child.stdout.readline()
    if not line:
        sys.exit("A version that is measured has stopped: see above.")
    found = json.loads(line)
    stages = {stage: 1000 * spent for stage, spent in found["stages"].items()}
    return Spent(1000 * found["wall"], 1000 * found["cpu"], stages)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]


if __name__ == "__main__":
    main()
