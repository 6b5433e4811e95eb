"""An import, with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.engine.jobs.areas import works
from assistant.engine.jobs.core import JobCore
from assistant.engine.protocol.importing import ImportVideos, VideosImported
from assistant.importing import bring_in, path_of

if TYPE_CHECKING:
    from store.embedder import SentenceEmbedder


@works(ImportVideos)
def import_videos(job: JobCore, request: ImportVideos, cancel: CancelToken) -> VideosImported:
    """Import a source. The index is kept by the chat's engine, which follows the library.

    Raises:
        ImportSourceError: the source cannot be read, or is in no format that is known.
        StoreError: the library cannot be written to, or another process is importing.
        ModelError: there is no embedding model; what was read stays, and is found by words.
        Cancelled: it was stopped.
    """
    from store.locks import one_writer
    from store.snapshots import Snapshots

    def load_embedder() -> SentenceEmbedder:
        from store.embedder import SentenceEmbedder

        job.narrator.stage("loading the embedding model", None)
        return SentenceEmbedder.load(job.settings.embedding)

    with one_writer(job.locations.data, "an import"):
        job.narrator.stage("looking at it", None)
        imported = bring_in(
            path_of(request.path),
            job.library,
            job.narrator,
            embedder=load_embedder,
            cancel=cancel,
            bring_back=request.bring_back,
        )
        Snapshots.of(job.library.path).take_if_due(job.library)
    return VideosImported(imported=imported, library=job.library.count())
