"""What one process has open: the library, the index, the embedder and the language model.

Each is loaded when it is first asked for, or before, by `load`, where somebody watches. Torch,
Chroma and llama.cpp are not safe to share between threads: a workspace belongs to one thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from assistant.errors import ModelError
from assistant.locations import Locations
from assistant.names import Names
from assistant.narrator import Narrator, Silent
from assistant.settings import Settings
from assistant.types import Component
from assistant.understand.extraction import CAPABLE

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel
    from store.community import Community
    from store.embedder import SentenceEmbedder
    from store.library import Library
    from store.vectors import Searcher

log = logging.getLogger(__name__)


class Workspace:
    """The resources of one process.

    Args:
        locations: the folders in force.
        settings: the settings in force.
        llm: whether a language model may take part.
        model: a language model to use instead of the one that the settings name.
        narrator: is told of long work, and of what the person should know.
    """

    def __init__(
        self,
        locations: Locations,
        settings: Settings,
        *,
        llm: bool = True,
        model: LanguageModel | None = None,
        narrator: Narrator | None = None,
    ) -> None:
        self.locations = locations
        self.settings = settings
        self.model_problem: str | None = None if llm else "switched off"
        self.unembedded = 0
        """Videos that the search by meaning does not know yet: see `NOT_EMBEDDED`."""
        self._llm = llm
        self._narrator = narrator or Silent()
        self._library: Library | None = None
        self._embedder: SentenceEmbedder | None = None
        self._searcher: Searcher | None = None
        self._embedded_at: int | None = None
        """`Library.data_version` when it was last seen to that videos have vectors."""
        self._model = model
        self._names: tuple[int, Names] | None = None
        self._community: tuple[tuple[str, ...], Community] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def library(self) -> Library:
        """The library, opened and migrated; an empty one is filled with the starter library.

        Raises:
            StoreError: it cannot be opened.
        """
        if self._library is None:
            self.locations.make()  # first: SQLite looks for its temporary folder when it is loaded
            from store import starter
            from store.recovery import open_library

            narrator = self._narrator
            self._library = open_library(self.locations.library, narrator.say, narrator)
            if self._library.count() == 0:
                starter.install(self._library, self.embedding_key)
        return self._library

    @property
    def embedding_key(self) -> str:
        """The name under which vectors of the embedding model in force are filed."""
        from store.embedder import model_key

        return model_key(self.settings.embedding)

    def embedder(self) -> SentenceEmbedder:
        """The embedding model.

        Raises:
            ModelError: it cannot be loaded.
        """
        if self._embedder is None:
            from store.embedder import SentenceEmbedder

            self._embedder = SentenceEmbedder.load(self.settings.embedding)
        return self._embedder

    def searcher(self) -> Searcher:
        """The search by vector: through the index, or by exact scan while another has it."""
        if self._searcher is None:
            from store.index import Index
            from store.vectors import Searcher

            embedder = self.embedder()
            index = Index.open(self.locations.index, embedder.key, server=self.settings.index)
            self._searcher = Searcher(self.library, embedder.key, index)
            self._embed_missing(embedder, EMBED_AT_START)
        elif self._embedded_at != self.library.data_version():
            self._embed_missing(self.embedder(), EMBED_IN_PASSING)
        self._embedded_at = self.library.data_version()
        self._searcher.refresh(self._narrator)
        for sentence in self._searcher.news():
            self.say(sentence)
        return self._searcher

    def model(self) -> LanguageModel | None:
        """The language model; None when there is none, and `model_problem` says why.

        A model that cannot be loaded is no reason to fail: the answer is made without it.
        """
        if self._model is None and self._llm and self.model_problem is None:
            from assistant.models import open_model

            try:
                self._model = open_model(self.settings.language_model)
            except ModelError as error:
                log.warning("no language model: %s", error)
                self.model_problem = str(error)
            else:
                if self._model is None:
                    self.model_problem = "switched off in the settings"
        return self._model

    def capable_model(self) -> LanguageModel | None:
        """The language model, if it is one that may read messages.

        The packaged one never is: to know that, it need not be loaded.
        """
        from assistant.settings import PACKAGED

        if self._model is None and self.settings.language_model.model == PACKAGED:
            return None
        model = self.model()
        return model if model is not None and model.parameters >= CAPABLE else None

    def names(self) -> Names:
        """What of the library a message may name; read anew when videos change."""
        version = self.library.data_version()
        if self._names is None or self._names[0] != version:
            self._names = version, Names(self.library)
        return self._names[1]

    def community(self) -> Community:
        """What other people's ratings say of the videos; read anew when either changes."""
        version = self.library.community_version()
        if self._community is None or self._community[0] != version:
            self._community = version, self.library.community()
        return self._community[1]

    def load(self, component: Component) -> None:
        """Load one component now.

        Raises:
            MatineeError: it cannot be loaded.
        """
        loaders: dict[Component, Callable[[], object]] = {
            Component.LIBRARY: lambda: self.library,
            Component.EMBEDDER: self.embedder,
            Component.INDEX: self.searcher,
            Component.LANGUAGE_MODEL: self.model,
        }
        loaders[component]()

    def say(self, text: str) -> None:
        """Tell the person something that answers no request."""
        self._narrator.say(text)

    def reopen(self) -> None:
        """Let go of the library and the index: they are opened anew, and mended, when asked for."""
        for resource in (self._searcher, self._library):
            if resource is not None:
                resource.close()
        self._searcher = self._library = self._names = self._community = None

    def close(self) -> None:
        """Give everything back: files, locks, memory."""
        if self._library is not None:
            from store.snapshots import Snapshots

            Snapshots.of(self._library.path).take_if_due(self._library)
        for resource in (self._searcher, self._model, self._library):
            if resource is not None:
                resource.close()
        self._searcher = self._model = self._library = None

    def _embed_missing(self, embedder: SentenceEmbedder, most: int) -> None:
        """Embed what has no vector of this model, when that takes a moment.

        More than that (an import that goes on or was stopped, another model in the settings) is
        left to work with progress; it is found by its words meanwhile, and `unembedded` says so.
        """
        from store.ingest import embed_missing

        missing = len(self.library.missing_vectors(embedder.key))
        if missing <= most:
            embed_missing(self.library, embedder)
        self.unembedded = missing if missing > most else 0


EMBED_AT_START = 200
"""So many videos take some five seconds on two cores, and no longer."""
EMBED_IN_PASSING = 16
"""So many, such as those whose tags were edited, keep nobody waiting."""
NOT_EMBEDDED = "{count:,} videos are found by words alone: matinee library reindex"
