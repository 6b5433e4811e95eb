"""What the cores have in common that have a library and no model: the desk's and that of jobs."""

from __future__ import annotations

from assistant.engine.protocol import ComponentState, Start
from assistant.narrator import Narrator
from assistant.types import Component
from store.library import Library


class LibraryCore:
    """Loads nothing beforehand, and opens the library on first use."""

    components: tuple[Component, ...] = ()

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self.locations = start.locations
        self.narrator = narrator
        self._library: Library | None = None

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

    def load(self, component: Component) -> ComponentState:
        """There is nothing to load beforehand."""
        raise LookupError(component)

    def close(self) -> None:
        """Close the library."""
        if self._library is not None:
            self._library.close()
