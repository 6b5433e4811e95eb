"""What the checks look at: one data folder, its settings, its library."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import locations, settings
from assistant.errors import MatineeError

if TYPE_CHECKING:
    from assistant.locations import Locations
    from assistant.settings import Settings
    from store.embedder import Embedder
    from store.library.integrity import Inspection
    from store.reporting import Reporter


def _silent(_: str) -> None:
    pass


class Context:
    """One examination.

    Args:
        places: the folders in force.
        say: is told in sentences what a repair does.
        reporter: is told of the progress of what takes long.
        embedder: makes vectors instead of the model that the settings name.
    """

    def __init__(
        self,
        places: Locations,
        *,
        say: Callable[[str], None] = _silent,
        reporter: Reporter | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self.locations = places
        self.say = say
        self.reporter = reporter
        self._embedder = embedder
        self._inspection: Inspection | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings in force.

        Raises:
            MatineeError: they cannot be read.
        """
        return settings.load(self.locations.settings)

    @cached_property
    def embedding_key(self) -> str:
        """The name under which vectors of the embedding model in force are filed.

        Raises:
            MatineeError: the settings or the model cannot be read.
        """
        from store.embedder import model_key

        if self._embedder is not None:
            return self._embedder.key
        return model_key(self.settings.embedding)

    def embedder(self) -> Embedder:
        """The embedding model in force.

        Raises:
            MatineeError: it cannot be loaded.
        """
        from store.embedder import SentenceEmbedder

        return self._embedder or SentenceEmbedder.load(self.settings.embedding)

    @property
    def inspection(self) -> Inspection:
        """The library, opened so that nothing of it changes.

        Raises:
            StoreError: it cannot be opened.
        """
        from store.library.integrity import Inspection

        if self._inspection is None:
            self._inspection = Inspection.open(self.locations.library)
        return self._inspection

    @property
    def index_server(self) -> str | None:
        """The Chroma server that the settings name; None without one, or without settings."""
        try:
            return self.settings.index
        except MatineeError:
            return None

    def command(self, words: str) -> str:
        """A command as it has to be typed to reach these folders."""
        from shlex import quote

        if self.locations == locations.find():
            return f"matinee {words}"
        return f"matinee --data-dir {quote(str(self.locations.data))} {words}"

    def forget(self) -> None:
        """Close the library: a repair is about to change it, or it is over."""
        if self._inspection is not None:
            self._inspection.close()
            self._inspection = None
