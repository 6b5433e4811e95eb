"""How a turn is stopped: a token that the asking side sets and the working side checks."""

import threading

from assistant.errors import Cancelled


class CancelToken:
    """A flag set from any thread and polled by the work that it stops."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop. It stops at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work has been asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the work has been asked to stop."""
        if self._event.is_set():
            raise Cancelled
