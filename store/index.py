"""The Chroma index: derived from the library, and made again from it whenever in doubt.

Chroma acknowledges writes that a crash can undo, and damage can be silent. So what the index has
seen is noted beside it, a write in progress is noted too, and a collection that was left in the
middle of one is not opened again but replaced.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import StoreError

if TYPE_CHECKING:
    from chromadb import Collection

    from assistant.types import Vector
    from store.library import Library, VectorChanges

log = logging.getLogger(__name__)

_BATCH = 250
"""Ids a call: Chroma holds the GIL during one, about 70 ms for so many."""
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_search": 400}}
"""Recall of the 300 nearest among 20,000: .967 (.949 with the default of 100), 0.3 ms more."""


class IndexDamagedError(StoreError):
    """The index does not answer as it should. The library can still be searched by scanning."""


class IndexState(BaseModel):
    """What is noted beside a collection."""

    model_config = ConfigDict(frozen=True)

    library: str
    """The identity of the library that it is derived from."""
    folder: str
    revision: int = 0
    """The last change of that library that it has seen."""
    count: int = 0
    complete: bool = True
    """False while it is being written to, and for good when the writer died."""


class Index:
    """The vectors of one embedding model, searchable. One process at a time has it open."""

    def __init__(self, folder: Path, model: str, lock: int) -> None:
        self._folder = folder
        self._model = model
        self._lock = lock
        self._state = self._read_state()
        self._client: Any = None
        self._opened: Collection | None = None

    @classmethod
    def open(cls, folder: Path, model: str) -> Self | None:
        """Open the index of `model` in `folder`; None when another process has it open.

        Chroma itself (0.5 to 1 s to import) is loaded when it is first needed.

        Raises:
            StoreError: the folder cannot be used.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError("The index cannot be opened.", f"{folder}: {error}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return cls(folder, model, lock)

    def close(self) -> None:
        """Close the index and let another process have it."""
        self._close_collection()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def count(self) -> int:
        """How many vectors it holds."""
        return self._state.count if self._state is not None else 0

    def query(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """The `k` nearest videos by cosine similarity, approximately, best first.

        Args:
            vector: a unit vector of shape (dimension,).
            k: how many; fewer come when it holds fewer.

        Raises:
            IndexDamagedError: it does not return what it holds.
        """
        wanted = min(k, self.count())
        if wanted < 1:
            return []
        with self._damage_reported():
            result: Any = self._collection().query(
                query_embeddings=vector[None, :], n_results=wanted, include=["distances"]
            )
        ids, distances = result["ids"][0], result["distances"][0]
        if len(ids) < wanted // 2:  # a few short is normal: the search is approximate
            raise self._damaged(f"{len(ids)} results instead of {wanted}")
        return [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]

    def sync(self, library: Library, progress: Callable[[int], None] | None = None) -> int:
        """Catch up with the library; `progress` is told of each batch of changes.

        What cannot be caught up with is made anew: another library, one that was put back to an
        earlier state, a collection that a crash left half written or that lacks something.

        Returns:
            How many vectors came, changed or went.

        Raises:
            IndexDamagedError: it cannot be written to.
        """
        version = library.data_version()
        state = self._state
        if state is None or state.library != library.identity() or state.revision > version:
            self._start_over(library)
        changed = self._catch_up(library, progress)
        if self.count() != library.vector_count(self._model) and version == library.data_version():
            log.warning("the index of %s has lost something: made anew", self._model)
            changed = self.rebuild(library, progress)
        return changed

    def rebuild(self, library: Library, progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew from the library and return how many vectors it holds."""
        self._start_over(library)
        return self._catch_up(library, progress)

    # --- writing -------------------------------------------------------------------------------

    def _catch_up(self, library: Library, progress: Callable[[int], None] | None) -> int:
        assert self._state is not None  # noqa: S101
        changed = 0
        changes = library.vector_changes(self._model, self._state.revision, _BATCH)
        if not changes:
            return 0
        with self._damage_reported(), self._writing():
            while changes:
                self._apply(changes)
                size = len(changes.ids) + len(changes.removed_ids)
                changed += size
                if progress is not None:
                    progress(size)
                changes = library.vector_changes(self._model, changes.revision, _BATCH)
        return changed

    def _apply(self, changes: VectorChanges) -> None:
        collection = self._collection()
        if changes.removed_ids:
            collection.delete(ids=changes.removed_ids)
        if changes.ids:
            collection.upsert(ids=changes.ids, embeddings=changes.vectors)
        self._update_state(revision=changes.revision)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Note that a write is going on, and afterwards how far it came.

        After Ctrl-C too: the batch that it interrupted is applied again, which changes nothing.
        Not after an error of Chroma's, nor when this process is killed: then it stays noted.
        """
        self._note(complete=False)
        try:
            yield
        except KeyboardInterrupt:
            self._note(complete=True, count=self._collection().count())
            raise
        self._note(complete=True, count=self._collection().count())

    # --- the collection and its folder ---------------------------------------------------------

    def _collection(self) -> Collection:
        if self._opened is None:
            assert self._state is not None  # noqa: S101
            from chromadb import PersistentClient
            from chromadb.config import Settings

            self._client = PersistentClient(
                str(self._folder / self._state.folder),
                # Of its own accord it reads whatever .env lies in the working directory.
                settings=Settings(_env_file=None, anonymized_telemetry=False),
            )
            self._opened = self._client.get_or_create_collection(
                self._model, configuration=_CONFIGURATION, embedding_function=None
            )
            self._probe(self._opened)
        return self._opened

    def _probe(self, collection: Collection) -> None:
        """Make sure that a collection just opened still has what was put into it.

        With its HNSW files gone, Chroma counts right and answers from the rest without a word;
        but asked for its oldest vector, it says that there is none.
        """
        if (count := collection.count()) != self.count():
            raise self._damaged(f"{count} vectors instead of {self.count()}")
        if count:
            collection.get(limit=1, include=["embeddings"])

    def _close_collection(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._opened = None

    def _start_over(self, library: Library) -> None:
        """Begin a new collection, in a folder of its own, so that no old file is ever reused."""
        self._close_collection()
        for old in self._folder.glob(f"{self._model}.*/"):
            shutil.rmtree(old)
        self._state = IndexState(
            library=library.identity(), folder=f"{self._model}.{secrets.token_hex(4)}"
        )
        self._note()

    @contextmanager
    def _damage_reported(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, OSError, ValueError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, what: str) -> IndexDamagedError:
        """The error to raise. Until the next `sync` makes it anew, the index is empty."""
        log.warning("the index of %s is damaged: %s", self._model, what)
        self._close_collection()
        if self._state is not None:
            self._note(complete=False)
            self._set_aside(self._folder / self._state.folder)
            self._state = None
        return IndexDamagedError(
            "The index is damaged.", what, "It is made anew from the library at the next start."
        )

    def _set_aside(self, damaged: Path) -> None:
        """Keep the last damaged collection, for whoever wants to know what happened to it."""
        aside = self._folder / "damaged"
        shutil.rmtree(aside, ignore_errors=True)
        if damaged.is_dir():
            damaged.rename(aside)

    # --- what is noted beside it ---------------------------------------------------------------

    @property
    def _state_file(self) -> Path:
        return self._folder / f"{self._model}.json"

    def _read_state(self) -> IndexState | None:
        """What was noted; None when there is nothing to go on from."""
        try:
            state = IndexState.model_validate_json(self._state_file.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        there = state.count == 0 or (self._folder / state.folder).is_dir()
        if state.complete and there:
            return state
        log.warning("the index of %s is half written or gone", self._model)
        self._set_aside(self._folder / state.folder)
        return None

    def _update_state(self, **changes: object) -> None:
        assert self._state is not None  # noqa: S101
        self._state = self._state.model_copy(update=changes)

    def _note(self, **changes: object) -> None:
        """Write the state so that after a crash there is the old or the new one, whole."""
        self._update_state(**changes)
        assert self._state is not None  # noqa: S101
        new = self._state_file.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            file.write(self._state.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._state_file)
