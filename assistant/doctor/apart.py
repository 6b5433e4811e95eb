"""Questions that a process of its own answers, so that what hangs or crashes there harms nobody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

from assistant.errors import MatineeError

_PATIENCE_S = 5.0
_SHORTEST_REASON = 3


class ProbeError(Exception):
    """The process gave no answer; the message says how it ended."""


def ask_apart(module: str, *arguments: str, seconds: float) -> dict[str, Any]:
    """Run ``python -m module arguments…`` and return what it prints: one JSON object, last.

    Args:
        module: what to run.
        arguments: of its command line.
        seconds: after so many it is killed, with all that it started.

    Raises:
        MatineeError: it said that this happened, as ``{"error": [title, detail, hint]}``.
        ProbeError: it crashed, failed, hung, or said nothing that can be read.
    """
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        # -P: the folder in which a person happens to be holds no modules of ours.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        said, complaints = process.communicate(timeout=seconds)
    except BaseException as error:  # Ctrl-C too: nothing is left running
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise ProbeError(f"no answer within {seconds:g} s") from error
        raise
    if process.returncode < 0:
        raise ProbeError(f"the process crashed ({signal.Signals(-process.returncode).name})")
    if process.returncode > 0:
        raise ProbeError(_last_words(complaints) or f"exit status {process.returncode}")
    try:
        answer = json.loads(said.splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise ProbeError("the process said nothing that can be read") from error
    if not isinstance(answer, dict):
        raise ProbeError("the process said nothing that can be read")
    if "error" in answer:
        raise MatineeError(*answer["error"])
    return answer


def _end(process: subprocess.Popen[str]) -> None:
    """Kill the process and what it started. One stuck in a driver is not waited for for ever."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=_PATIENCE_S)


def _last_words(complaints: str) -> str:
    """The last line that says something: of a traceback, the error itself."""
    lines = [line.strip() for line in complaints.splitlines()]
    return next((line for line in reversed(lines) if len(line) >= _SHORTEST_REASON), "")
