"""SIGKILL at random moments, and what a new process finds afterwards.

usage: python -m benchmarks.crash [KILLS] [SEED]

Each round does one deed (an import of new videos, an import of changed ones, signals, chat turns,
a rebuild of the index, a backup, the very first start) in a process of its own and kills it at a
random moment. What had been acknowledged by then, or could be read by another process, must be
there afterwards; a new process must start and answer; SQLite must find the file in order.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from subprocess import Popen

from assistant.engine.protocol import Act, Acted, Say, TurnProgress
from assistant.settings import EmbeddingSettings
from assistant.types import Signal, TurnFinished
from benchmarks.children import EngineChild, kill, matinee, started, videos, write
from store.embedder import model_key
from store.library import Library, content_hash

MODEL = model_key(EmbeddingSettings())
AT_FIRST = 2_500
"""Videos in a library before the first kill: enough for Chroma to have written its own files."""
IMPORTED = 700
"""Videos of one import: two batches of vectors, and a sync of the index."""
ROUNDS_A_LIBRARY = 20
WISHES = ("a lighthouse in winter", "chess and violins", "something about robots", "a railway")


@dataclass
class Facts:
    """What must not be lost."""

    contents: dict[str, str] = field(default_factory=dict)
    """The hash of a video's content by its id."""
    embedded: set[str] = field(default_factory=set)
    signals: set[tuple[str, Signal]] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)

    @classmethod
    def in_library(cls, path: Path) -> Facts:
        """Everything that a library holds, read as any other process would."""
        with Library.open(path) as library:
            return cls(
                dict(library._connection.execute("SELECT id, hash FROM videos")),
                set(library.vector_ids(MODEL)),
                {(item.video_id, item.signal) for item in library.interactions()},
                {turn.message for row in library.sessions() for turn in library.turns(row.id)},
            )

    def missing_in(self, later: Facts, rewritten: dict[str, str]) -> list[str]:
        """What is not in `later`. The videos of `rewritten` may have moved on to that content."""
        lost = [
            f"video {id_}"
            for id_, content in self.contents.items()
            if later.contents.get(id_) not in (content, rewritten.get(id_, content))
        ]
        lost += [f"vector {id_}" for id_ in self.embedded - later.embedded - rewritten.keys()]
        lost += [f"signal {signal}" for signal in self.signals - later.signals]
        lost += [f"turn {message!r}" for message in self.messages - later.messages]
        return lost


@dataclass
class Running:
    """A deed that is being done."""

    process: Popen[bytes]
    seconds: float
    """When it is over at the latest, more or less: it is killed at a moment before."""
    acknowledged: Callable[[], Facts] = Facts
    rewritten: dict[str, str] = field(default_factory=dict)
    """The hash of the new content of a video that it changes, by its id."""
    check: Callable[[], str] = str
    """Says what else is wrong afterwards; empty when nothing is."""


class Life:
    """A data folder in which one deed after the other is cut off."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder = folder
        self.dice = dice
        self.path = folder / "library.db"
        self._edition = count(1)
        self._next_video = count(AT_FIRST, IMPORTED)
        self._unique = count(1)
        self._signalled = iter(
            (f"made:{number}", signal)
            for signal in (Signal.LIKED, Signal.SAVED, Signal.WATCHED)
            for number in range(AT_FIRST)
        )

    def fill(self) -> None:
        """Make the library that the first deed finds."""
        source = write(self.folder.with_suffix(".jsonl"), videos(range(AT_FIRST)))
        done = matinee(self.folder, "import", str(source))
        assert done.returncode == 0, done.stderr

    def import_new(self) -> Running:
        """Import videos that are not there yet."""
        first = next(self._next_video)
        source = write(
            self.folder.with_suffix(".new.jsonl"), videos(range(first, first + IMPORTED))
        )
        return Running(started(self.folder, "import", str(source)), 9.0)

    def import_again(self) -> Running:
        """Import videos whose descriptions have changed."""
        numbers = self.dice.sample(range(AT_FIRST), IMPORTED)
        changed = videos(numbers, edition=next(self._edition))
        source = write(self.folder.with_suffix(".changed.jsonl"), changed)
        process = started(self.folder, "import", str(source))
        return Running(
            process, 12.0, rewritten={video.id: content_hash(video) for video in changed}
        )

    def signals(self) -> Running:
        """Give one signal after the other, as fast as they are acknowledged."""
        engine = EngineChild(self.folder, llm=False)
        for _ in range(150):
            video_id, signal = next(self._signalled)
            engine.send(Act(video_id=video_id, signal=signal))

        def acknowledged() -> Facts:
            given = [event for event in engine.events if isinstance(event, Acted)]
            return Facts(signals={(item.video_id, item.signal) for item in given if item.signal})

        return Running(engine.process, 5.0, acknowledged)

    def chat(self) -> Running:
        """Hold a conversation, with the language model."""
        engine = EngineChild(self.folder, llm=True)
        for _ in range(8):
            engine.send(Say(message=f"{self.dice.choice(WISHES)} {next(self._unique)}"))

        def acknowledged() -> Facts:
            finished = [
                event.event.turn.message
                for event in engine.events
                if isinstance(event, TurnProgress) and isinstance(event.event, TurnFinished)
            ]
            return Facts(messages=set(finished))

        return Running(engine.process, 12.0, acknowledged)

    def rebuild(self) -> Running:
        """Make the index anew."""
        return Running(started(self.folder, "library", "reindex"), 5.0)

    def backup(self) -> Running:
        """Write a backup, which is whole or not there."""
        target = self.folder.with_suffix(f".{next(self._unique)}.zip")

        def check() -> str:
            if not target.exists():
                return ""
            fresh = self.folder.with_suffix(".restored")
            shutil.rmtree(fresh, ignore_errors=True)
            restored = matinee(fresh, "restore", str(target), "--yes")
            target.unlink()
            return restored.stderr if restored.returncode else ""

        return Running(started(self.folder, "backup", str(target)), 1.0, check=check)

    def first_start(self) -> Running:
        """Start on an empty folder, where the starter library is put in."""
        shutil.rmtree(self.folder)
        return Running(started(self.folder, "ask", "--no-llm", "a film about bees"), 3.0)


@dataclass
class Tally:
    """What came of the kills of one deed."""

    kills: int = 0
    too_late: int = 0
    """The deed was over before the kill."""
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    rebuilt: list[float] = field(default_factory=list)
    """Seconds of the next start, of those in which the index was made anew."""
    other: list[float] = field(default_factory=list)
    """Seconds of the other starts."""


def cut_off(life: Life, deed: Callable[[Life], Running], tally: Tally) -> None:
    """One round: begin the deed, kill it, start again, compare."""
    running = deed(life)
    time.sleep(life.dice.uniform(0.3, running.seconds))
    seen = Facts.in_library(life.path) if life.path.exists() else Facts()
    tally.too_late += running.process.poll() is not None
    kill(running.process)
    tally.kills += 1
    acknowledged = running.acknowledged()

    begun = time.perf_counter()
    answer = matinee(life.folder, "ask", "--no-llm", "--json", life.dice.choice(WISHES))
    seconds = time.perf_counter() - begun
    if answer.returncode or not json.loads(answer.stdout)["picks"]:
        tally.failed.append(answer.stderr.strip() or f"exit status {answer.returncode}")
    made_anew = "anew" in answer.stderr
    (tally.rebuilt if made_anew else tally.other).append(seconds)

    later = Facts.in_library(life.path)
    tally.lost += seen.missing_in(later, running.rewritten)
    tally.lost += acknowledged.missing_in(later, running.rewritten)
    if problem := running.check() or _integrity(life.path):
        tally.failed.append(problem)


def _integrity(path: Path) -> str:
    with Library.open(path) as library:
        found = [row for (row,) in library._connection.execute("PRAGMA integrity_check")]
    return "" if found == ["ok"] else "; ".join(found)


DEEDS: tuple[Callable[[Life], Running], ...] = (
    Life.import_new,
    Life.import_again,
    Life.signals,
    Life.chat,
    Life.rebuild,
    Life.backup,
)


def lives(folder: Path, dice: random.Random, kills: int) -> Iterator[tuple[Life, int]]:
    """A fresh library for every `ROUNDS_A_LIBRARY` kills."""
    for number in range(0, kills, ROUNDS_A_LIBRARY):
        life = Life(folder / f"life{number}", dice)
        life.fill()
        yield life, min(ROUNDS_A_LIBRARY, kills - number)
        shutil.rmtree(life.folder)


def main(kills: int, seed: int) -> int:
    """Print the tally, and return how many things went wrong."""
    dice = random.Random(seed)
    tallies = {deed.__name__: Tally() for deed in (*DEEDS, Life.first_start)}
    with tempfile.TemporaryDirectory() as name:
        for life, rounds in lives(Path(name), dice, kills):
            for round_ in range(rounds):
                last = round_ == rounds - 1
                deed = Life.first_start if last else DEEDS[round_ % len(DEEDS)]
                cut_off(life, deed, tallies[deed.__name__])
                print(".", end="", file=sys.stderr, flush=True)
    return report(tallies)


def report(tallies: dict[str, Tally]) -> int:
    """Print a line for each deed; return how many things went wrong."""
    print(f"\n{'deed':<14}{'kills':>6}{'too late':>10}{'lost':>6}{'failed starts':>15}", end="")
    print(f"{'rebuilds':>10}{'s with':>8}{'s without':>11}")
    for name, tally in tallies.items():
        print(f"{name:<14}{tally.kills:>6}{tally.too_late:>10}{len(tally.lost):>6}", end="")
        print(f"{len(tally.failed):>15}{len(tally.rebuilt):>10}", end="")
        print(f"{_median(tally.rebuilt):>8}{_median(tally.other):>11}")
    for tally in tallies.values():
        for problem in (*tally.lost[:5], *tally.failed[:5]):
            print(f"  {problem}")
    totals = [len(tally.lost) + len(tally.failed) for tally in tallies.values()]
    print(f"{sum(tally.kills for tally in tallies.values())} kills, {sum(totals)} problems")
    return sum(totals)


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f}" if seconds else "-"


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(200, 1)[len(given) :]) > 0)
