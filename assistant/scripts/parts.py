"""What the scripts of one run share: models, loaded once, and a starter library, made once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.locations import Locations
from assistant.scripts.format import Script
from assistant.settings import Settings
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel
    from store.embedder import SentenceEmbedder

LIBRARY = "library.db"


class Parts:
    """Models and libraries that outlive a script. Nothing of a conversation is among them."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="matinee-scripts-")
        self._embedder: SentenceEmbedder | None = None
        self._model: LanguageModel | None = None
        self._libraries = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def embedder(self, settings: Settings) -> SentenceEmbedder:
        """The embedding model.

        Raises:
            ModelError: it cannot be loaded.
        """
        if self._embedder is None:
            from store.embedder import SentenceEmbedder

            self._embedder = SentenceEmbedder.load(settings.embedding)
        return self._embedder

    def model(self, settings: Settings) -> LanguageModel | None:
        """The language model that comes with Matinee.

        Raises:
            ModelError: it cannot be loaded.
        """
        if self._model is None:
            from assistant.models import open_model

            self._model = open_model(settings.language_model)
        return self._model

    def folder(self, *, starter: bool) -> Locations:
        """A new folder for one script, with the starter library in it if that is wanted.

        Raises:
            StoreError: the library cannot be made.
        """
        self._libraries += 1
        made = self._locations(f"{self._libraries}")
        if starter:
            made.make()
            shutil.copyfile(self._starter(), made.library)
        return made

    def _starter(self) -> Path:
        """The file of the starter library: to copy it is ten times as fast as to fill another."""
        locations = self._locations("starter")
        if not locations.library.exists():
            with Workspace(locations, Settings()) as workspace:
                _ = workspace.library
        return locations.library

    def _locations(self, name: str) -> Locations:
        folder = Path(self._folder.name) / name
        return Locations(folder, folder, folder)

    def close(self) -> None:
        """Give the models back and remove every folder."""
        if self._model is not None:
            self._model.close()
        self._model = self._embedder = None
        self._folder.cleanup()


class ScriptWorkspace(Workspace):
    """A workspace of one script, whose models are borrowed: they stay when it is closed."""

    def __init__(self, script: Script, parts: Parts) -> None:
        settings = Settings.model_validate(
            {"recommend": {"picks": script.picks, "dial": script.dial, "seed": script.seed}}
        )
        super().__init__(
            parts.folder(starter=script.library == "starter"),
            settings,
            llm=script.model != "none",
            model=_stand_in() if script.model == "scripted" else None,
        )
        self._parts = parts
        self._packaged = script.model == "packaged"

    def embedder(self) -> SentenceEmbedder:
        """The embedding model of the run."""
        return self._parts.embedder(self.settings)

    def model(self) -> LanguageModel | None:
        """The language model of the run, the script's stand-in, or none.

        Raises:
            ModelError: it cannot be loaded. A script that asks for it does not do without.
        """
        return self._parts.model(self.settings) if self._packaged else super().model()


def _stand_in() -> LanguageModel:
    from assistant.models.scripted import ScriptedModel

    return ScriptedModel()
