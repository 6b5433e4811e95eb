"""The index of one embedding model: kept in step with the library, made anew when in doubt."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

from store.durable import PRIVATE_FOLDER
from store.index.chroma import ChromaFailure, ChromaUnavailable
from store.index.errors import (
    IndexDamagedError,
    IndexUnusableError,
    ServerUnreachableError,
    damaged,
    disk_full,
    in_other_hands,
    unreachable,
    unusable_folder,
    without_chroma,
)
from store.index.files import make_way
from store.index.holding import Holding
from store.index.places import FolderPlace, Place, ServerPlace
from store.index.probe import ProbeReport
from store.index.state import IndexState, Mark, read_state, state_file
from store.locks import FileLock
from store.reporting import Reporter, Silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.types import Vector
    from store.library import Library, VectorChanges

log = logging.getLogger(__name__)

CHECKING = "checking the index"
INDEXING = "indexing"
MAKING_ANEW = "making the index anew"
"""The stages that a reporter is told of."""

LOCK = "lock"
_BATCH = 250
"""Ids a call: Chroma holds the GIL during one, about 70 ms for so many."""
_PAUSE = 10
"""A failed attempt is repeated after so many times as long as it took: at once where that was
nothing, as with a server that refuses, but not at every turn where it was seconds."""


class IndexLock(FileLock):
    """The lock on an index folder, which the process that looks at a collection is handed too."""

    def fileno(self) -> int:
        """The descriptor that holds it."""
        return self._file.fileno()


class Index:
    """The vectors of one embedding model, searchable.

    Whatever is wrong with it, `sync` makes it anew from the library.
    """

    def __init__(self, folder: Path, model: str, place: Place, lock: IndexLock | None) -> None:
        self._folder = folder
        self._model = model
        self._place = place
        self._lock = lock
        self._holding = Holding(folder, model, place, notes=lock is not None)
        self._doubtful: IndexState | None = None
        """What it may hold: to be looked at before it is opened."""
        self._reason = ""
        """Why it must be made anew; empty when that is no accident."""
        self._next_attempt = 0.0
        self.problem: IndexUnusableError | None = None
        """Why it is of no use for now; None when it is."""
        self.notices: list[str] = []
        """What happened to it, a sentence each; whoever tells the person clears it."""
        self._told = ""

    @classmethod
    def open(cls, folder: Path, model: str, *, server: str | None = None) -> Self | None:
        """Open the index of `model`; None when another process has it open.

        One process at a time has it. With a server, others may read along: theirs is of use
        whenever nothing has happened that the index does not hold yet.

        A folder that cannot be used is no reason to fail: then `problem` says why, and the index
        holds nothing. Chroma itself is loaded when it is first needed.

        Args:
            folder: where it is, or with a server, where its state is noted.
            model: the key of the embedding model.
            server: the address of the Chroma server that holds it, ``http://host:port``.
        """
        place: Place = ServerPlace(folder, model, server) if server else FolderPlace(folder, model)
        try:
            make_way(folder, for_folder=True)
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            make_way(folder / LOCK, for_folder=False)
            make_way(state_file(folder, model), for_folder=False)
            lock = IndexLock.take(folder / LOCK)
        except OSError as error:
            index = cls(folder, model, place, None)
            index._next_attempt = math.inf
            index._give_up(unusable_folder(folder, error))
            return index
        if lock is None and server is None:
            return None
        index = cls(folder, model, place, lock)
        if lock is not None:
            index._assess()
        return index

    def close(self) -> None:
        """Close the index and let another process have it."""
        self._holding.leave()
        if self._lock is not None:
            self._lock.release()

    @property
    def current(self) -> bool:
        """Whether the last `sync` left it in step with the library."""
        return self.problem is None and self._holding.state is not None

    def count(self) -> int:
        """How many vectors it holds; 0 while it is of no use."""
        state = self._holding.state
        return 0 if self.problem is not None or state is None else state.count

    def query(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """The `k` nearest videos by cosine similarity, approximately, best first.

        Args:
            vector: a unit vector of shape (dimension,).
            k: how many; fewer come when it holds fewer.

        Raises:
            IndexUnusableError: it does not return what it holds. It is empty until `sync`.
        """
        wanted = min(k, self.count())
        if wanted < 1:
            return []
        with self._failures_told():
            [hits] = self._holding.collection().query(vector[None, :], wanted)
            if len(hits) < wanted // 2:  # a few short is normal: the search is approximate
                raise ChromaFailure(f"{len(hits)} results instead of {wanted}")
        return hits

    def sync(self, library: Library, reporter: Reporter | None = None) -> int:
        """Catch up with the library.

        What cannot be caught up with is made anew: another library, one that was put back to an
        earlier state, a collection that is damaged or lacks something.

        Args:
            library: the truth.
            reporter: is told when that is much: `CHECKING`, `INDEXING`, `MAKING_ANEW`.

        Returns:
            How many vectors came, changed or went.

        Raises:
            IndexUnusableError: it cannot be written to, or the server does not answer.
            StoreError: the library cannot be read.
        """
        reporter = reporter or Silent()
        with self._attempt():
            if self._lock is None:
                return self._read_along(library)
            self._settle_doubt(reporter)
            version = library.data_version()
            self._compare(library.identity(), version)
            with suppress(IndexDamagedError):
                if self._holding.state is not None:
                    changed = self._catch_up(library, reporter)
                    if not self._lacks_something(library, version):
                        return changed
            return self._make_anew(library, reporter)

    def rebuild(self, library: Library, progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew from the library, for whatever reason.

        Args:
            library: the truth.
            progress: is told how many more vectors it holds.

        Returns:
            How many vectors it holds.

        Raises:
            IndexUnusableError: it cannot be written to, or the server does not answer.
        """
        self._have_to_myself()
        self._next_attempt = 0.0
        with self._attempt():
            self._doubtful = None
            return self._fill(library, progress or Silent().advance)

    def probe(self) -> ProbeReport:
        """Look at it closely: let a process of its own count, read and search it.

        Raises:
            IndexUnusableError: it cannot be looked at.
        """
        lock = self._have_to_myself().fileno()
        trusted = self._holding.state
        if self.problem is not None or (state := trusted or self._doubtful) is None:
            why = str(self.problem or self._reason or "there is none yet")
            return ProbeReport(problem=why)
        with self._failures_told():
            self._holding.leave()
            if trusted is None:
                return self._place.look(state, lock)
            self._holding.note(mark=Mark.IN_USE)
            report = self._place.look(state, lock)
            if not report.problem:
                self._holding.note_clean()
            return report

    # --- in step with the library --------------------------------------------------------------

    def _settle_doubt(self, reporter: Reporter) -> None:
        """Look at what a killed process left, and go on from it or not. Never twice."""
        if self._doubtful is None:
            return
        reporter.stage(CHECKING, None)
        self._holding.state, self._doubtful = self._doubtful, None
        self._holding.note(probed=True)
        report = self._place.look(self._holding.known, self._have_to_myself().fileno())
        if report.problem:
            self._lose(report.problem)
        else:
            log.info("the index of %s was cut off, and is whole", self._model)
            self._holding.note(mark=Mark.IN_USE, count=report.count)

    def _compare(self, identity: str, version: int) -> None:
        """Give up what is not derived from this library, or from a later state of it."""
        state = self._holding.state
        if state is not None and state.library != identity:
            self._reason = "The index was that of another library"
        elif state is not None and state.revision > version:
            self._reason = "The index was ahead of the library"
        else:
            return
        self._holding.state = None

    def _catch_up(self, library: Library, reporter: Reporter) -> int:
        with self._failures_told():
            if self._place.server is not None:
                self._holding.collection()  # so that it is known whether the server is there
            changes = library.vector_changes(self._model, self._holding.known.revision, _BATCH)
            if len(changes.ids) == _BATCH:  # more will follow
                reporter.stage(INDEXING, None)
            return self._apply(library, changes, reporter.advance)

    def _lacks_something(self, library: Library, version: int) -> bool:
        """Whether it is smaller or larger than it should be, with nothing changed meanwhile."""
        expected = library.vector_count(self._model)
        if self.count() == expected or version != library.data_version():
            return False
        self._reason = f"The index was incomplete ({self.count():,} of {expected:,} videos)"
        return True

    def _make_anew(self, library: Library, reporter: Reporter) -> int:
        self.problem = None
        total = library.vector_count(self._model)
        if total:
            reporter.stage(MAKING_ANEW if self._reason else INDEXING, total)
        made = self._fill(library, reporter.advance)
        if self._reason:
            self._tell(f"{self._reason}: made anew from the library ({made:,} videos).")
        self._reason = ""
        return made

    def _fill(self, library: Library, progress: Callable[[int], None]) -> int:
        self._holding.start_over(library.identity())
        return self._apply(library, library.vector_changes(self._model, 0, _BATCH), progress)

    def _apply(
        self, library: Library, changes: VectorChanges, progress: Callable[[int], None]
    ) -> int:
        """Apply these changes and all that come after them."""
        if not changes:
            return 0
        changed = 0
        with self._holding.writing() as collection:
            while changes:
                if changes.removed_ids:
                    collection.remove(changes.removed_ids)
                if changes.ids:
                    collection.put(changes.ids, changes.vectors)
                self._holding.seen(changes.revision)
                size = len(changes.ids) + len(changes.removed_ids)
                changed += size
                progress(size)
                changes = library.vector_changes(self._model, changes.revision, _BATCH)
        return changed

    def _read_along(self, library: Library) -> int:
        """Use what another process keeps on the server, if it is what the library holds now."""
        state = read_state(self._folder, self._model)
        current = (
            state is not None
            and state.server == self._place.server
            and state.library == library.identity()
            and state.mark is not Mark.WRITING
            and not library.vector_changes(self._model, state.revision, 1)
        )
        if state != self._holding.state:
            self._holding.abandon()
        self._holding.state = state if current else None
        return 0

    # --- when something is wrong ---------------------------------------------------------------

    def _assess(self) -> None:
        """Decide whether what is noted can be relied on, without opening anything."""
        state = read_state(self._folder, self._model)
        if state is None:
            if state_file(self._folder, self._model).exists():
                self._reason = "What was noted of the index could not be read"
        elif state.server != self._place.server:
            pass
        elif flaw := self._place.flaw(state):
            self._holding.state = state
            self._lose(flaw)
        elif self._place.is_doubtful(state):
            self._doubtful = state
        else:
            self._holding.state = state

    @contextmanager
    def _attempt(self) -> Iterator[None]:
        """Try to make it of use again, unless that failed a moment ago."""
        if self.problem is not None and monotonic() < self._next_attempt:
            raise self.problem
        before, self.problem = self.problem, None
        began = monotonic()
        try:
            with self._failures_told():
                yield
        except IndexUnusableError:
            self._next_attempt = monotonic() + _PAUSE * (monotonic() - began)
            raise
        self._told = ""
        if isinstance(before, ServerUnreachableError):
            self._tell(f"The Chroma server at {self._place.server} answers again.")

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except (ChromaFailure, OSError) as error:
            raise self._failed(error) from error

    def _failed(self, error: ChromaFailure | OSError) -> IndexUnusableError:
        """Note what a failure means: that nothing can be used now, or that it is damaged."""
        self._holding.abandon()
        state = self._holding.state
        if isinstance(error, OSError):
            problem = unusable_folder(self._folder, error)
        elif isinstance(error, ChromaUnavailable):
            server = self._place.server
            problem = unreachable(server, str(error)) if server else without_chroma(str(error))
        elif self._place.lacks_room():
            problem = disk_full(self._folder, str(error))
        else:
            problem = damaged(str(error))
            self._lose(str(error))
        if self._holding.state is not None and self._place.is_doubtful(self._holding.state):
            self._doubtful, self._holding.state = state, None
        self._give_up(problem)
        return problem

    def _lose(self, why: str) -> None:
        """Get a bad collection out of the way; it will be made anew."""
        self._holding.abandon()
        state, self._holding.state = self._holding.known, None
        log.warning("the index of %s is damaged: %s", self._model, why)
        if state.revision:  # else nothing had been put into it yet
            self._reason = "The index was damaged"
        try:
            self._place.set_aside(state.collection)
        except OSError as error:
            log.warning("it cannot be set aside: %s", error)

    def _give_up(self, problem: IndexUnusableError) -> None:
        """Be of no use until the next `sync`. What makes itself anew is told of when it has."""
        self.problem = problem
        text = " ".join(str(problem).splitlines())
        if not isinstance(problem, IndexDamagedError) and text != self._told:
            self._tell(text)
            self._told = text

    def _tell(self, notice: str) -> None:
        log.info("%s", notice)
        self.notices.append(notice)

    def _have_to_myself(self) -> IndexLock:
        if self._lock is None:
            raise self.problem or in_other_hands(self._folder)
        return self._lock
