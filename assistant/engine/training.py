"""Training in the background: a child process of the lowest priority, which dies with its parent.

A thread would share Python's lock with the turns, and one import of torch holds it for longer than
a person waits; a library belongs to one thread anyway. The child opens its own, and stores what it
has learned; the next turn reads it there. It ends at once when its input does: when the engine
closes it, and also when the engine is killed.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.engine.protocol import Start, encode

if TYPE_CHECKING:
    from store.library import Library

log = logging.getLogger(__name__)

TRAINER = ("-P", "-m", "assistant.engine.trainer")
"""-P: the folder in which a person happens to be holds no modules of ours."""


class BackgroundTraining:
    """Starts a training when there are signals enough for one.

    Args:
        start: what this engine was started with: the folders and settings in force.
    """

    def __init__(self, start: Start) -> None:
        self._start = Start(locations=start.locations, settings=start.settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._tried: int | None = None

    @property
    def running(self) -> bool:
        """Whether a training is going on."""
        return self._process is not None and self._process.poll() is None

    def consider(self, library: Library, embedder_key: str) -> None:
        """Begin to train if it is time to, and return at once. That it cannot is no error."""
        from assistant.relevance.schedule import due

        if self.running or library.read_only:
            return
        signals = due(library, embedder_key, self._tried)
        if signals is None:
            return
        self.close()
        self._tried = signals
        try:
            self._process = _spawn(self._start)
        except OSError as error:
            log.warning("no training in the background: %s", error)

    def close(self) -> None:
        """End the training that is going on, if there is one; what is stored is stored whole."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdin is not None:
                with suppress(BrokenPipeError):
                    self._process.stdin.close()
            self._process = None


def _spawn(start: Start) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, *TRAINER],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.write(encode(start))
            process.stdin.flush()
    return process
