"""Vectors of another embedding model, made while the present one is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.locations import Locations
from assistant.narrator import Narrator

if TYPE_CHECKING:
    from assistant.settings import EmbeddingSettings
    from store.library import Library

PURPOSE = "vectors of an embedding model"


def embed_all(
    locations: Locations,
    settings: EmbeddingSettings,
    narrator: Narrator,
    cancel: CancelToken | None = None,
) -> int:
    """Make the vectors that the library's videos lack of a model; those of others stay.

    The index is left alone: whoever holds it takes them in with its next search. What was made
    before it was stopped is kept, and the next time it goes on from there.

    Args:
        locations: of the library, which need not exist.
        settings: name the model.
        narrator: is told of the progress.
        cancel: stops it between two batches of texts.

    Returns:
        How many vectors were made.

    Raises:
        MatineeError: the model cannot be loaded, the library not written to, or another process
            does such work.
        Cancelled: `cancel` was set.
    """
    if not locations.library.exists():
        return 0
    from store.embedder import SentenceEmbedder
    from store.ingest import embed_missing
    from store.locks import one_writer
    from store.recovery import open_library

    watched = _Watched(narrator, cancel or CancelToken())
    with (
        one_writer(locations.data, PURPOSE),
        open_library(locations.library, narrator.say, narrator) as library,
    ):
        narrator.stage("loading the model", None)
        return embed_missing(library, SentenceEmbedder.load(settings), None, watched)


def unembedded(library: Library, settings: EmbeddingSettings) -> int:
    """How many videos have no vector of a model."""
    from store.embedder import model_key

    return len(library.missing_vectors(model_key(settings)))


class _Watched:
    """Passes on to a narrator, and stops the work when it is to be stopped."""

    def __init__(self, narrator: Narrator, cancel: CancelToken) -> None:
        self._narrator = narrator
        self._cancel = cancel

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        self._cancel.check()
        self._narrator.stage(name, total)

    def advance(self, n: int) -> None:
        """So many more steps are done."""
        self._narrator.advance(n)
        self._cancel.check()
