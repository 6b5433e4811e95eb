"""Whether the index is of use, and what happened to it that a person should know."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from store.index.errors import IndexDamagedError, IndexUnusableError, ServerUnreachableError

log = logging.getLogger(__name__)

_PAUSE_S = 30.0
"""So long an attempt is not repeated that failed slowly. A server that refuses does so at once."""


class Condition:
    """The condition of an index: of use, or not for now, or not in this process."""

    def __init__(self) -> None:
        self.problem: IndexUnusableError | None = None
        """Why it is of no use; None when it is."""
        self._news: list[str] = []
        self._told = ""
        self._next_attempt = 0.0

    @contextmanager
    def attempt(self, *, at_once: bool = False) -> Iterator[None]:
        """Try to make it of use in the block.

        Raises:
            IndexUnusableError: that failed a moment ago, and it need not be `at_once`.
        """
        if self.problem is not None and monotonic() < self._next_attempt and not at_once:
            raise self.problem
        before, self.problem = self.problem, None
        try:
            yield
        except ServerUnreachableError:
            raise
        except IndexUnusableError:
            self.pause()
            raise
        self._told = ""
        if isinstance(before, ServerUnreachableError):
            self.tell(f"The Chroma server at {before.server} answers again.")

    def give_up(self, problem: IndexUnusableError, *, for_good: bool = False) -> None:
        """Be of no use until an attempt succeeds. What makes itself anew is told of when it has."""
        self.problem = problem
        if for_good:
            self._next_attempt = math.inf
        text = in_one_line(problem)
        if not isinstance(problem, IndexDamagedError) and text != self._told:
            self.tell(text)
            self._told = text

    def pause(self) -> None:
        """Let no attempt be made for a while."""
        self._next_attempt = max(self._next_attempt, monotonic() + _PAUSE_S)

    def tell(self, text: str) -> None:
        """Remember something that the person should know."""
        log.info("%s", text)
        self._news.append(text)

    def news(self) -> list[str]:
        """What was told since this was last asked."""
        news, self._news = self._news, []
        return news


def in_one_line(error: IndexUnusableError) -> str:
    """An error as sentences."""
    return f"{error.title.rstrip('.')} ({error.detail}). {error.hint}"
