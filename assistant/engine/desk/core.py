"""The desk: what the screens beside the chat ask. SQLite and NumPy, never a model or an index.

It is a process of its own so that a screen opens at once, whatever the chat's engine is loading or
answering, and so that no disk is read where the screen is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cancel import CancelToken
from assistant.engine.desk.areas import AREAS, answers, handlers
from assistant.engine.handlers import load_areas
from assistant.engine.library_core import LibraryCore
from assistant.engine.protocol import EngineEvent, EngineRequest, Start
from assistant.narrator import Narrator
from assistant.settings import Settings, load

__all__ = ["DeskCore", "answers"]


class DeskCore(LibraryCore):
    """Answers from the library, when the chat's engine has made it ready."""

    def __init__(self, start: Start, narrator: Narrator) -> None:
        super().__init__(start, narrator)
        load_areas(AREAS)

    @property
    def settings(self) -> Settings:
        """The settings as they stand now: another program may have changed the file.

        Raises:
            MatineeError: they cannot be read.
        """
        return load(self.locations.settings)

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """What the area of the request answers."""
        return handlers.serve(self, request, cancel)
