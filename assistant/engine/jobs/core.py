"""Long work, such as an import or a download: a process for each, which gives way to the chat."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import suppress

from assistant.cancel import CancelToken
from assistant.engine.jobs.areas import AREAS, handlers
from assistant.engine.protocol import ComponentState, EngineEvent, EngineRequest, Start
from assistant.narrator import Narrator
from assistant.settings import Settings
from assistant.types import Component
from store.library import Library

NICENESS = 10


class JobCore:
    """Does one piece of work, and tells how far it is.

    What it tells its narrator reaches the screen as the request's own `Progress` and `Told`.
    """

    components: tuple[Component, ...] = ()

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self.locations = start.locations
        self.settings: Settings = start.settings
        self.narrator = narrator
        self._library: Library | None = None
        with suppress(OSError):
            os.nice(NICENESS)
        for area in AREAS:
            importlib.import_module(area)

    @property
    def library(self) -> Library:
        """The library, opened on first use.

        Raises:
            StoreError: it cannot be opened.
        """
        if self._library is None:
            from store.recovery import open_library

            self._library = open_library(self.locations.library, self.narrator.say, self.narrator)
        return self._library

    def load(self, component: Component) -> ComponentState:
        """There is nothing to load beforehand."""
        raise LookupError(component)

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """Do the work."""
        return handlers.serve(self, request, cancel)

    def close(self) -> None:
        """Close the library."""
        if self._library is not None:
            self._library.close()
