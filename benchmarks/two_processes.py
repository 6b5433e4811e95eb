"""Two processes on one data folder at once, and what the second one says.

usage: python -m benchmarks.two_processes [ROUNDS] [SEED]

A round is one of: an import beside a chat, an import beside an import, a chat beside signals. At
its end SQLite must find the file in order, everything that was acknowledged must be there, every
video of an import that succeeded must be found, and the index must hold what the library holds.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from assistant.engine.protocol import Act, Acted, Failed, Say, Shutdown, TurnProgress
from assistant.settings import EmbeddingSettings
from assistant.types import Signal, Turn, TurnFinished
from benchmarks.children import EngineChild, command, matinee, videos, write
from store.embedder import model_key
from store.index import Index
from store.library import Library

MODEL = model_key(EmbeddingSettings())
AT_FIRST = 1_500
IMPORTED = 300
WISHES = ("a lighthouse in winter", "chess and violins", "something about robots", "a railway")
LONGEST_WAIT_S = 240.0


class Pair:
    """A data folder, and the pairs of processes that meet on it."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder = folder
        self.dice = dice
        self.said: Counter[str] = Counter()
        """What second processes said, and how often."""
        self._next_video = count(AT_FIRST, IMPORTED)
        self._next_signal = count()

    def import_and_chat(self) -> list[str]:
        """While videos are imported, ask; the new ones are found when they are in."""
        first = next(self._next_video)
        importing = self._importing(first)
        time.sleep(self.dice.uniform(0, 2))
        engine = EngineChild(self.folder, llm=False)
        asked = self._say(engine, WISHES)
        problems = self._finished(importing)
        problems += self._answered(engine, asked)
        [last] = self._say(engine, [f"something about {_tag(first)}"])
        problems += self._answered(engine, [last])
        if not any(_tag(first) in pick.video.tags for pick in _turns(engine)[-1].picks):
            problems.append(f"the chat does not find what was imported with the tag {_tag(first)}")
        return problems + self._ended(engine)

    def import_and_import(self) -> list[str]:
        """The second import says at once that there is a first."""
        first = self._importing(next(self._next_video))
        time.sleep(self.dice.uniform(1, 3))
        again = next(self._next_video)
        second = self._importing(again)
        begun = time.perf_counter()
        _, said = second.communicate(timeout=LONGEST_WAIT_S)
        waited = time.perf_counter() - begun
        problems = self._finished(first)
        if second.returncode:
            sentence = " / ".join(said.partition("matinee: ")[2].splitlines())
            self.said[_without_numbers(sentence)] += 1
            self.said[f"(said within {'3 s' if waited < 3 else f'{waited:.0f} s'})"] += 1
            problems += self._finished(self._importing(again))
        return problems

    def chat_and_signals(self) -> list[str]:
        """One process chats while another gives signals."""
        chatting, acting = EngineChild(self.folder, llm=False), EngineChild(self.folder, llm=False)
        asked = self._say(chatting, WISHES)
        acts = []
        for _ in range(40):
            number, signal = next(self._next_signal), self.dice.choice(list(Signal)[:3])
            act = Act(video_id=f"made:{number % AT_FIRST}", signal=signal)
            acting.send(act)
            acts.append(act)
        problems = self._answered(chatting, asked) + self._answered(acting, [a.id for a in acts])
        acknowledged = {
            (event.video_id, event.signal) for event in acting.events if isinstance(event, Acted)
        }
        with Library.open(self.folder / "library.db") as library:
            there = {(item.video_id, item.signal) for item in library.interactions()}
        problems += [f"lost: {signal}" for signal in acknowledged - there]
        return problems + self._ended(chatting) + self._ended(acting)

    def check(self) -> list[str]:
        """What is wrong with the folder once everybody has left."""
        with Library.open(self.folder / "library.db") as library:
            found = [row for (row,) in library._connection.execute("PRAGMA integrity_check")]
            problems = [] if found == ["ok"] else found
            vectors = library.vector_count(MODEL)
            if (index := Index.open(self.folder / "index", MODEL)) is None:
                return [*problems, "the index is still held"]
            index.sync(library)
            if index.count() != vectors:
                problems.append(f"{index.count()} vectors in the index, {vectors} in the library")
            index.close()
        return problems

    # --- the processes -------------------------------------------------------------------------

    def _importing(self, first: int) -> subprocess.Popen[str]:
        source = self.folder.with_suffix(f".{first}.jsonl")
        write(source, videos(range(first, first + IMPORTED), tag=_tag(first)))
        return subprocess.Popen(
            command(self.folder, "import", str(source)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _finished(self, importing: subprocess.Popen[str]) -> list[str]:
        reported, said = importing.communicate(timeout=LONGEST_WAIT_S)
        if importing.returncode:
            return [f"the import failed: {said[-300:]}"]
        return [] if f"{IMPORTED} new" in reported else [f"the import reports: {reported}"]

    def _say(self, engine: EngineChild, messages: tuple[str, ...] | list[str]) -> list[int]:
        says = [Say(message=message) for message in messages]
        for say in says:
            engine.send(say)
        return [say.id for say in says]

    def _answered(self, engine: EngineChild, requests: list[int]) -> list[str]:
        """Wait for the answers to all of them; what failed."""
        deadline = time.monotonic() + LONGEST_WAIT_S
        while time.monotonic() < deadline and engine.process.poll() is None:
            events = list(engine.events)
            final = {event.request_id for event in events if event.is_final}
            if final.issuperset(requests):
                return [
                    f"not done: {event.title} {event.detail}"
                    for event in events
                    if isinstance(event, Failed)
                ]
            time.sleep(0.05)
        return [f"no answer (exit status {engine.process.poll()})"]

    def _ended(self, engine: EngineChild) -> list[str]:
        engine.send(Shutdown())
        status = engine.process.wait(LONGEST_WAIT_S)
        return [] if status == 0 else [f"the engine ended with {status}"]


def _turns(engine: EngineChild) -> list[Turn]:
    return [
        event.event.turn
        for event in engine.events
        if isinstance(event, TurnProgress) and isinstance(event.event, TurnFinished)
    ]


def _tag(first: int) -> str:
    """A word that the videos of one import alone have."""
    return "quorvex" + "".join(chr(ord("a") + int(digit)) for digit in str(first))


def _without_numbers(sentence: str) -> str:
    return "".join("…" if letter.isdigit() else letter for letter in sentence)


MEETINGS: tuple[Callable[[Pair], list[str]], ...] = (
    Pair.import_and_chat,
    Pair.import_and_import,
    Pair.chat_and_signals,
)


def main(rounds: int, seed: int) -> int:
    """Print what came of each sort of meeting; return how many problems there were."""
    problems: dict[str, list[str]] = {meeting.__name__: [] for meeting in MEETINGS}
    held: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        pair = Pair(Path(name) / "data", random.Random(seed))
        source = write(Path(name) / "first.jsonl", videos(range(AT_FIRST)))
        assert matinee(pair.folder, "import", str(source)).returncode == 0
        for number in range(rounds):
            meeting = MEETINGS[number % len(MEETINGS)]
            held[meeting.__name__] += 1
            problems[meeting.__name__] += meeting(pair) + pair.check()
            print(".", end="", file=sys.stderr, flush=True)
    print()
    for meeting_name, found in problems.items():
        print(f"{meeting_name:<20}{held[meeting_name]:>4} rounds {len(found):>4} problems")
        for problem in found[:5]:
            print(f"  {problem}")
    for sentence, times in pair.said.most_common():
        print(f"{times:>4} times: {sentence}")
    return sum(map(len, problems.values()))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(50, 1)[len(given) :]) > 0)
