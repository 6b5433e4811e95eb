"""The desk: what the screens beside the chat ask. SQLite and NumPy, never a model or an index.

It is a process of its own so that a screen opens at once, whatever the chat's engine is loading or
answering, and so that no disk is read where the screen is drawn.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from assistant.cancel import CancelToken
from assistant.engine.desk.areas import AREAS, answers, handlers
from assistant.engine.protocol import ComponentState, EngineEvent, EngineRequest, Start
from assistant.narrator import Narrator
from assistant.settings import Settings, load
from assistant.types import Component
from store.library import Library

__all__ = ["DeskCore", "answers"]


class DeskCore:
    """Answers from the library; opened on first use, when the chat's engine has made it ready."""

    components: tuple[Component, ...] = ()

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self.locations = start.locations
        self.narrator = narrator
        self._library: Library | None = None
        for area in AREAS:
            importlib.import_module(area)

    @property
    def library(self) -> Library:
        """The library.

        Raises:
            StoreError: it cannot be opened.
        """
        if self._library is None:
            from store.recovery import open_library

            self._library = open_library(self.locations.library, self.narrator.say, self.narrator)
        return self._library

    @property
    def settings(self) -> Settings:
        """The settings as they stand now: another program may have changed the file.

        Raises:
            MatineeError: they cannot be read.
        """
        return load(self.locations.settings)

    def load(self, component: Component) -> ComponentState:
        """There is nothing to load beforehand."""
        raise LookupError(component)

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """What the area of the request answers."""
        return handlers.serve(self, request, cancel)

    def close(self) -> None:
        """Close the library."""
        if self._library is not None:
            self._library.close()
