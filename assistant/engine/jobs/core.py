"""Long work, such as an import or a download: a process for each, which gives way to the chat."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from assistant.cancel import CancelToken
from assistant.engine.handlers import load_areas
from assistant.engine.jobs.areas import AREAS, handlers
from assistant.engine.library_core import LibraryCore
from assistant.engine.protocol import EngineEvent, EngineRequest, Start
from assistant.narrator import Narrator
from assistant.settings import Settings

NICENESS = 10


class JobCore(LibraryCore):
    """Does one piece of work, and tells how far it is.

    What it tells its narrator reaches the screen as the request's own `Progress` and `Told`.
    """

    def __init__(self, start: Start, narrator: Narrator) -> None:
        super().__init__(start, narrator)
        self.settings: Settings = start.settings
        with suppress(OSError):
            os.nice(NICENESS)
        load_areas(AREAS)

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """Do the work."""
        return handlers.serve(self, request, cancel)
