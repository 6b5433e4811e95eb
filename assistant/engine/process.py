"""One run of the engine's process, as its parent sees it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import cast

from assistant.engine.protocol import EngineEvent, EngineRequest, decode_event, encode
from assistant.locations import PRIVATE_FILE

WORKER = ("-P", "-m", "assistant.engine.worker")
"""-P: the folder in which a person happens to be holds no modules of ours."""
LINE_LIMIT = 64 * 1024 * 1024


class WorkerProcess:
    """A running worker, and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._requests = cast("asyncio.StreamWriter", process.stdin)
        self._events = cast("asyncio.StreamReader", process.stdout)

    @classmethod
    async def spawn(cls, log: Path) -> WorkerProcess:
        """Start a worker; what it prints goes to the end of the file `log`, as far as it may.

        Raises:
            OSError: it cannot be started.
        """
        errors = _open_log(log)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *WORKER,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=LINE_LIMIT,
                start_new_session=True,  # the terminal's Ctrl-C is not for it
            )
        finally:
            os.close(errors)
        return cls(process)

    @property
    def pid(self) -> int:
        """The process id; it leads a group of its own."""
        return self._process.pid

    def send(self, request: EngineRequest) -> None:
        """Write a request. A broken pipe is no error here: the end of the events tells it."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._requests.write(encode(request))

    async def events(self) -> AsyncIterator[EngineEvent]:
        """Yield what the worker says until it ends.

        Raises:
            ValueError: a line holds no event, or has no end.
        """
        while (line := await self._events.readline()).endswith(b"\n"):
            yield decode_event(line)

    def kill(self) -> None:
        """Kill what is left of the process and of its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    async def wait(self) -> str:
        """Wait for its end, and say how it ended."""
        status = await self._process.wait()
        if status >= 0:
            return f"Exit status {status}"
        name = signal.Signals(-status).name
        if status == -signal.SIGKILL:
            return f"Killed ({name}), perhaps for want of memory"
        return f"Crashed ({name})"


def _open_log(path: Path) -> int:
    """The log, open at its end; where it cannot be written, the conversation does without."""
    with suppress(OSError):
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
    return os.open(os.devnull, os.O_WRONLY)
