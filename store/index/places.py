"""Where the collection of one model is kept: in a folder of our own, or on a Chroma server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from store.index.chroma import ChromaFailure, Collection
    from store.index.errors import IndexUnusableError
    from store.index.files import FileNote
    from store.index.probe import ProbeReport
    from store.index.state import IndexState


class Place(Protocol):
    """What differs between the two."""

    @property
    def server(self) -> str | None:
        """The address of the server; None for a folder."""

    def new_name(self, library: str) -> str:
        """A name for a new collection derived from the library of that identity."""

    def prepare(self, name: str) -> None:
        """Make room for a new collection: whatever was there of this model before is removed."""

    def open(self, state: IndexState) -> Collection:
        """Open the collection; one into which nothing has been put yet is created."""

    def flaw(self, state: IndexState) -> str:
        """What is wrong with a collection as far as can be told unopened; empty if nothing."""

    def is_doubtful(self, state: IndexState) -> bool:
        """Whether a collection without a flaw must be looked at before it is opened here."""

    def look(self, state: IndexState, lock: int) -> ProbeReport:
        """Look at a collection closely, without a risk for this process."""

    def set_aside(self, name: str) -> None:
        """Get a bad collection out of the way."""

    def flush(self, name: str) -> None:
        """Wait until what was written would outlive a failure of power."""

    def files(self, state: IndexState) -> dict[str, FileNote]:
        """Describe the files of a collection that was just closed."""

    def explain(self, failure: ChromaFailure) -> IndexUnusableError:
        """What a failure means: that nothing can be used for now, or that it is damaged."""


def place_for(folder: Path, model: str, server: str | None) -> Place:
    """Where the collection of `model` is kept."""
    from store.index.folder import FolderPlace
    from store.index.server import ServerPlace

    return ServerPlace(folder, model, server) if server else FolderPlace(folder, model)
