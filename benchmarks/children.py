"""Matinee as child processes, to be watched, killed and started again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.engine.protocol import (
    EngineEvent,
    EngineRequest,
    Start,
    decode_event,
    encode,
)
from assistant.locations import find
from assistant.settings import Settings
from assistant.types import Video

TIME_LIMIT_S = 300
"""A command that takes longer hangs."""
_WORDS = """
harbour lantern orchard violin glacier compiler monsoon desert theatre kitchen satellite
bicycle library volcano tango prison comet beekeeper lighthouse railway chess market
winter detective garden robot painter island football bakery submarine mountain circus
river
"""


def matinee(folder: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on the data folder `folder` to its end.

    Raises:
        subprocess.TimeoutExpired: it hangs.
    """
    return subprocess.run(
        command(folder, *arguments),
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME_LIMIT_S,
    )


def command(folder: Path, *arguments: str) -> list[str]:
    """The command line of a Matinee on the data folder `folder`."""
    return [sys.executable, "-m", "assistant", "--data-dir", str(folder), *arguments]


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, its output thrown away."""
    return subprocess.Popen(
        command(folder, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL a process and all its children; no harm if it has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class EngineChild:
    """The engine's process as the terminal app runs it, on the data folder `folder`."""

    def __init__(self, folder: Path, *, llm: bool) -> None:
        self.events: list[EngineEvent] = []
        """Everything that it has said; grows while it runs."""
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "assistant.engine.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.send(Start(locations=find(folder), settings=Settings(), llm=llm))

    def send(self, request: EngineRequest) -> None:
        """Ask for something. What a killed process was asked is lost, which is no error."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(encode(request))
            self.process.stdin.flush()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # the last line of a killed process may be cut off
                self.events.append(decode_event(line))


def videos(numbers: Iterable[int], *, edition: int = 0, tag: str = "") -> list[Video]:
    """Made-up videos with short titles; another `edition` of one has another text."""
    made = []
    for number in numbers:
        words = random.Random(number).sample(_WORDS.split(), 4)
        made.append(
            Video(
                id=f"made:{number}",
                title=f"The {words[0]} and the {words[1]}, part {number}",
                tags=(*words[2:], *filter(None, [tag])),
                description=f"Edition {edition}." if edition else "",
                year=1950 + number % 75,
                duration_s=60 * (5 + number % 150),
            )
        )
    return made


def write(path: Path, items: Sequence[Video]) -> Path:
    """Write videos as JSON lines for `matinee import`."""
    path.write_text("".join(item.model_dump_json(exclude_defaults=True) + "\n" for item in items))
    return path
