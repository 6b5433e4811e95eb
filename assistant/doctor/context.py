"""What the checks look at: one data folder, its settings, its library."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from assistant import locations, settings
from assistant.narrator import Narrator, Silent

if TYPE_CHECKING:
    from assistant.locations import Locations
    from assistant.settings import Settings
    from store.embedder import Embedder
    from store.library.integrity import Inspection


SCRATCH = "library.doctor-"
"""How the names of the doctor's temporary folders begin."""


class Context:
    """One examination.

    Args:
        places: the folders in force.
        narrator: is told what a repair does, and of its progress.
        embedder: makes vectors instead of the model that the settings name.
    """

    def __init__(
        self,
        places: Locations,
        *,
        narrator: Narrator | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self.locations = places
        self.narrator = narrator or Silent()
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

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for copies of what is looked into: beside the library, as private as it is.

        Raises:
            OSError: it cannot be made.
        """
        data = self.locations.data
        place = data if os.access(data, os.W_OK | os.X_OK) else None
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=place) as folder:
            yield Path(folder)

    def command(self, words: str) -> str:
        """A command as it has to be typed to reach these folders."""
        if self.locations == locations.find():
            return f"matinee {words}"
        return f"matinee --data-dir {quote(str(self.locations.data))} {words}"

    def forget(self) -> None:
        """Close the library: a repair is about to change it, or it is over."""
        if self._inspection is not None:
            self._inspection.close()
            self._inspection = None
