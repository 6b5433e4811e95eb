"""A program in a terminal of its own, watched from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self


class Terminal:
    """Runs a command on a pseudo-terminal and waits for what it draws.

    Args:
        command: the program and its arguments.
        cwd: the folder that it runs in.
        environment: added to that of this process.
        size: columns and rows.
    """

    def __init__(
        self,
        command: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (100, 32),
    ) -> None:
        self._ours, theirs = pty.openpty()
        columns, rows = size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
            start_new_session=True,
        )
        os.close(theirs)
        self.drawn = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        os.close(self._ours)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def wait_for(self, text: str, seconds: float = 60.0) -> float:
        """Seconds since the start at which `text` was drawn after what was waited for before.

        Raises:
            TimeoutError: it was not drawn in time.
        """
        wanted = text.encode()
        deadline = time.perf_counter() + seconds
        while wanted not in self.drawn:
            left = deadline - time.perf_counter()
            ready, _, _ = select.select([self._ours], [], [], max(left, 0.0))
            if not ready:
                raise TimeoutError(f"“{text}” was not drawn within {seconds:.0f} s")
            self.drawn += os.read(self._ours, 65536)
        at = time.perf_counter() - self.started
        self.drawn = self.drawn.partition(wanted)[2]
        return at
