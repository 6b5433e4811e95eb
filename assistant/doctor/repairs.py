"""What can be mended, each through the code that everything else uses.

Nothing that cannot be made again is deleted, and nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.doctor.findings import Repair
from assistant.doctor.folders import make_private
from assistant.doctor.leftovers import clear_leftovers
from assistant.doctor.wording import counted
from assistant.errors import StoreError
from store.locks import one_writer

if TYPE_CHECKING:
    from assistant.doctor.context import Context
    from assistant.doctor.runner import Mender
    from store.library import Library

_PURPOSE = "matinee doctor --repair"


@contextmanager
def _opened(context: Context) -> Iterator[Library]:
    """The library, to be written to by nobody else meanwhile."""
    from store.recovery import open_library

    path = context.locations.library
    with (
        one_writer(path.parent, _PURPOSE),
        open_library(path, context.narrator.say, context.narrator) as library,
    ):
        yield library


def mend_library(context: Context) -> str:
    """Have the library looked at thoroughly and, where it is damaged, put together again."""
    from store.library.connection import suspect_file
    from store.recovery import open_library

    said: list[str] = []
    path = context.locations.library.resolve()
    suspect_file(path).touch(0o600)  # so that all of it is looked at
    with open_library(path, said.append, context.narrator) as library:
        return " ".join(said) or f"opened: {counted(library.count(), 'video')}"


def mend_videos(context: Context) -> str:
    """Take what a changed video says now as what was stored of it: its next import then counts."""
    _, altered = context.inspection.bad_videos()
    context.forget()
    with _opened(context) as library:
        library.put_videos(library.get([row.id for row in altered]).values())
    return (
        f"{counted(len(altered), 'video')} kept as they are now; import their source again to"
        " have what it says"
    )


def mend_full_text(context: Context) -> str:
    """Make the full text anew."""
    from store.library.integrity.mending import rebuild_full_text

    with _opened(context) as library:
        return f"made anew for {counted(rebuild_full_text(library), 'video')}"


def mend_keywords(context: Context) -> str:
    """Extract the keywords that are missing."""
    from store.ingest import add_keywords

    with _opened(context) as library:
        return f"extracted those of {counted(add_keywords(library, context.narrator), 'video')}"


def mend_vectors(context: Context) -> str:
    """Remove the vectors that cannot be right; what they were of lacks one then."""
    from store.library.integrity.mending import drop_vectors

    bad = context.inspection.bad_vectors()
    context.forget()
    with _opened(context) as library:
        return f"{counted(drop_vectors(library, [row.row for row in bad]), 'vector')} removed"


def mend_missing_vectors(context: Context) -> str:
    """Embed the videos that have no vector of the model in force."""
    from store.ingest import embed_missing

    embedder = context.embedder()
    with _opened(context) as library:
        made = embed_missing(library, embedder, None, context.narrator)
    return f"{counted(made, 'video')} embedded"


def mend_index(context: Context) -> str:
    """Make the index anew from the library."""
    from store.index import Index

    folder, key = context.locations.index, context.embedding_key
    with _opened(context) as library:
        index = Index.open(folder, key, server=context.settings.index)
        if index is None:
            raise StoreError(
                "Another Matinee holds the index.",
                str(folder),
                "End it (a chat, an import), then try again.",
            )
        with closing(index):
            context.narrator.stage("indexing", library.vector_count(key))
            made = index.rebuild(library, context.narrator.advance)
    return f"made anew with {counted(made, 'vector')}"


def take_snapshots(context: Context) -> str:
    """Take a snapshot now; those that cannot be read stay where they are."""
    from store.snapshots import Snapshots

    with _opened(context) as library:
        taken = Snapshots.of(context.locations.library).take(library)
    return f"{counted(len(taken), 'snapshot')} taken"


MENDERS: Mapping[Repair, Mender] = MappingProxyType(
    {
        Repair.PERMISSIONS: make_private,
        Repair.LEFTOVERS: clear_leftovers,
        Repair.LIBRARY: mend_library,
        Repair.VIDEOS: mend_videos,
        Repair.FULL_TEXT: mend_full_text,
        Repair.KEYWORDS: mend_keywords,
        Repair.VECTORS: mend_vectors,
        Repair.MISSING_VECTORS: mend_missing_vectors,
        Repair.INDEX: mend_index,
        Repair.SNAPSHOTS: take_snapshots,
    }
)
"""How each thing is mended."""
