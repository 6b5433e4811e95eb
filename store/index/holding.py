"""A collection and what is noted beside it, so that a killed process always leaves a mark."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from store.index.chroma import ChromaFailure, Collection
from store.index.places import Place
from store.index.state import IndexState, Mark, write_state

if TYPE_CHECKING:
    from store.library import Library

log = logging.getLogger(__name__)

BATCH = 250
"""Ids a call: Chroma holds the GIL during one, about 70 ms for so many."""


class Holding:
    """The collection of one model. It is opened when it is first needed.

    Args:
        folder: where its state is noted.
        model: the key of the embedding model.
        place: where the collection is.
        notes: whether anything may be noted: by the one process that has the lock.
    """

    def __init__(self, folder: Path, model: str, place: Place, *, notes: bool) -> None:
        self._folder = folder
        self._model = model
        self._place = place
        self._notes = notes
        self._opened: Collection | None = None
        self.state: IndexState | None = None
        """What the collection holds; None when there is none that can be relied on."""

    @property
    def known(self) -> IndexState:
        """The state of a collection that is there."""
        assert self.state is not None  # noqa: S101
        return self.state

    def collection(self) -> Collection:
        """The open collection. That it is open is noted first, for if opening it should crash.

        Raises:
            ChromaFailure: it does not open, or lacks what was put into it.
            OSError: nothing can be noted.
        """
        if self._opened is None:
            self.note(mark=Mark.IN_USE)
            opened = self._place.open(self.known)
            try:
                self._check(opened)
            except BaseException:
                opened.abandon()
                raise
            self._opened = opened
        return self._opened

    @contextmanager
    def writing(self) -> Iterator[Collection]:
        """The open collection, to be written to; it is noted when that begins and ends.

        It ends well too when the block is left by Ctrl-C or by any error but Chroma's: what was
        interrupted is done again, which changes nothing.
        """
        collection = self.collection()
        self.note(durable=True, mark=Mark.WRITING)
        try:
            yield collection
        except ChromaFailure:
            raise
        except BaseException:
            self._written(collection)
            raise
        self._written(collection)

    def catch_up(
        self,
        library: Library,
        progress: Callable[[int], None],
    ) -> int:
        """Apply all changes of the library that the collection has not seen.

        Args:
            library: the truth.
            progress: is told of each batch of changes.

        Returns:
            How many vectors came, changed or went.
        """
        changes = library.vector_changes(self._model, self.known.revision, BATCH)
        if not changes:
            return 0
        changed = 0
        with self.writing() as collection:
            while changes:
                if changes.removed_ids:
                    collection.remove(changes.removed_ids)
                if changes.ids:
                    collection.put(changes.ids, changes.vectors)
                self.state = self.known.model_copy(update={"revision": changes.revision})
                size = len(changes.ids) + len(changes.removed_ids)
                changed += size
                progress(size)
                changes = library.vector_changes(self._model, changes.revision, BATCH)
        return changed

    def note(self, *, durable: bool = False, **changes: object) -> None:
        """Change the state, on disk too."""
        self.state = self.known.model_copy(update=changes)
        if self._notes:
            write_state(self._folder, self._model, self.state, durable=durable)

    def start_over(self, library: str) -> None:
        """Begin a new collection for the library of that identity."""
        self.abandon()
        state = IndexState(
            library=library,
            collection=self._place.new_name(library),
            server=self._place.server,
        )
        self._place.prepare(state.collection)
        self.state = state
        self.note()

    def leave(self) -> None:
        """Close the collection, and note that it was left clean."""
        opened, self._opened = self._opened, None
        if opened is None:
            return
        try:
            opened.close()
            if self._notes:
                self.note(mark=Mark.CLEAN, probed=False, files=self._place.files(self.known))
        except (ChromaFailure, OSError) as error:
            log.warning("the index of %s was not left clean: %s", self._model, error)

    def abandon(self) -> None:
        """Close the collection, and leave the marks as they are."""
        if self._opened is not None:
            self._opened.abandon()
        self._opened = None

    def _check(self, collection: Collection) -> None:
        """Make sure that a collection just opened still has what was put into it.

        With its HNSW files gone, Chroma counts right and answers from the rest without a word;
        but asked for its oldest vector, it says that there is none.
        """
        if (count := collection.count()) != self.known.count:
            raise ChromaFailure(f"{count} vectors instead of {self.known.count}")
        if collection.revision < self.known.revision:
            raise ChromaFailure("it is an older copy")
        if count:
            collection.oldest()

    def _written(self, collection: Collection) -> None:
        collection.note_revision(self.known.revision)
        count = collection.count()
        self._place.flush(self.known.collection)
        files = self._place.files(self.known)
        self.note(durable=True, mark=Mark.IN_USE, count=count, files=files)
