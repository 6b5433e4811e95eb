"""Work that counts, for tests."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import ClassVar

from assistant.cancel import CancelToken
from assistant.engine.protocol import (
    ComponentState,
    Done,
    EngineEvent,
    EngineRequest,
    JobRequest,
    Start,
)
from assistant.errors import MatineeError
from assistant.narrator import Narrator
from assistant.types import Component

CORE = "tests.assistant.engine.fake_jobs:CountingCore"


class Count(JobRequest):
    """Count, or fail at it."""

    title: ClassVar[str] = "counting"

    to: int
    hold: bool = False
    """Whether to go on with the last one only when it is stopped."""
    how: str = ""


class CountingCore:
    """Counts."""

    components: tuple[Component, ...] = ()

    def __init__(self, _: Start, narrator: Narrator) -> None:
        self._narrator = narrator

    def load(self, component: Component) -> ComponentState:
        """There is nothing to load."""
        raise LookupError(component)

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """Count, telling of every number."""
        assert isinstance(request, Count)
        if request.how == "refuse":
            raise MatineeError("It cannot be counted.")
        if request.how == "crash":
            os._exit(3)
        self._narrator.stage("counting", request.to)
        for number in range(1, request.to + 1):
            while request.hold and number == request.to:
                cancel.check()
                time.sleep(0.01)
            time.sleep(0.11)
            self._narrator.advance(1)
        yield Done(request_id=request.id)

    def close(self) -> None:
        """There is nothing to give back."""
