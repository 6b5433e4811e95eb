"""Questions that a process of its own answers, so that what hangs or crashes there harms nobody."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from assistant.cancel import CancelToken
from assistant.errors import MatineeError
from assistant.narrator import Narrator, Silent

_PATIENCE_S = 5.0
_LOOK_EVERY_S = 0.05
_BLOCK = 65536
_SHORTEST_REASON = 3


class ProbeError(Exception):
    """The process gave no answer; the message says how it ended."""


def ask_apart(
    module: str,
    *arguments: str,
    seconds: float,
    narrator: Narrator | None = None,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Run ``python -m module arguments…`` and return what it prints: one JSON object, last.

    Before that it may print how far it is, as ``{"stage": NAME, "total": N}`` and
    ``{"advance": N}``.

    Args:
        module: what to run.
        arguments: of its command line.
        seconds: after so many it is killed, with all that it started.
        narrator: is told how far it is.
        cancel: it is killed as soon as this is set.

    Raises:
        MatineeError: it said that this happened, as ``{"error": [title, detail, hint]}``.
        ProbeError: it crashed, failed, hung, or said nothing that can be read.
        Cancelled: `cancel` was set.
    """
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        # -P: the folder in which a person happens to be holds no modules of ours.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        said, complaints = _listen(process, seconds, narrator or Silent(), cancel or CancelToken())
    except BaseException:  # Ctrl-C too: nothing is left running
        _end(process)
        raise
    if process.returncode < 0:
        raise ProbeError(f"the process crashed ({signal.Signals(-process.returncode).name})")
    if process.returncode > 0:
        raise ProbeError(_last_words(complaints) or f"exit status {process.returncode}")
    answer = _parsed(said.splitlines()[-1]) if said.strip() else None
    if answer is None:
        raise ProbeError("the process said nothing that can be read")
    if "error" in answer:
        raise MatineeError(*answer["error"])
    return answer


def _listen(
    process: subprocess.Popen[bytes], seconds: float, narrator: Narrator, cancel: CancelToken
) -> tuple[str, str]:
    """What the process says until its end, and what it complains of."""
    until = time.monotonic() + seconds
    pipes = [pipe for pipe in (process.stdout, process.stderr) if pipe is not None]
    said = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ, pipe)
        while selector.get_map() or process.poll() is None:
            cancel.check()
            if time.monotonic() > until:
                raise ProbeError(f"no answer within {seconds:g} s")
            for key, _ in selector.select(_LOOK_EVERY_S):
                chunk = os.read(key.fd, _BLOCK)
                if not chunk:
                    selector.unregister(key.fd)
                elif key.data is pipes[0]:
                    _tell(narrator, said[key.data], chunk)
                said[key.data] += chunk
    answers, complaints = (bytes(text).decode("utf-8", "replace") for text in said.values())
    return answers, complaints


def _tell(narrator: Narrator, before: bytearray, chunk: bytes) -> None:
    """Tell of each line that `chunk` completes, if it is one of progress."""
    begun = bytes(before[before.rfind(b"\n") + 1 :])
    for line in (begun + chunk).split(b"\n")[:-1]:
        answer = _parsed(line.decode("utf-8", "replace"))
        if answer is not None and "stage" in answer:
            narrator.stage(str(answer["stage"]), answer.get("total"))
        elif answer is not None and "advance" in answer:
            narrator.advance(answer["advance"])


def _parsed(line: str) -> dict[str, Any] | None:
    """The JSON object in `line`; None if it holds something else."""
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and what it started. One stuck in a driver is not waited for for ever."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=_PATIENCE_S)


def _last_words(complaints: str) -> str:
    """The last line that says something: of a traceback, the error itself."""
    lines = [line.strip() for line in complaints.splitlines()]
    return next((line for line in reversed(lines) if len(line) >= _SHORTEST_REASON), "")
