"""The index of one embedding model: kept in step with the library, made anew when in doubt."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store.durable import PRIVATE_FOLDER
from store.index.chroma import ChromaFailure, ChromaTimeout
from store.index.condition import Condition, in_one_line
from store.index.errors import (
    IndexDamagedError,
    IndexUnusableError,
    in_other_hands,
    unusable_folder,
)
from store.index.files import make_way
from store.index.holding import BATCH, Holding
from store.index.lock import IndexLock
from store.index.places import Place, place_for
from store.index.server import remove_from_server
from store.index.state import IndexState, Mark, read_state, state_file
from store.reporting import Reporter, Silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.types import Vector
    from store.library import Library

log = logging.getLogger(__name__)

CHECKING = "checking the index"
INDEXING = "indexing"
MAKING_ANEW = "making the index anew"
"""The stages that a reporter is told of."""


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
        self._condition = Condition()
        self._doubtful: IndexState | None = None
        """What it may hold: to be looked at before it is opened."""
        self._elsewhere: IndexState | None = None
        """What it held where it was kept before the settings changed."""
        self._reason = ""
        """Why it must be made anew; empty when that is no accident."""

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
        place = place_for(folder, model, server)
        try:
            make_way(folder, for_folder=True)
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            make_way(state_file(folder, model), for_folder=False)
            lock = IndexLock.take_on(folder)
        except OSError as error:
            index = cls(folder, model, place, None)
            index._condition.give_up(unusable_folder(folder, error), for_good=True)
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
    def problem(self) -> IndexUnusableError | None:
        """Why it is of no use for now; None when it is."""
        return self._condition.problem

    @property
    def current(self) -> bool:
        """Whether it need not be synced before the library changes: another's may change itself."""
        return self._lock is not None and self.problem is None and self._holding.state is not None

    def news(self) -> list[str]:
        """What happened to it since this was last asked: sentences for the person."""
        return self._condition.news()

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
        with self._condition.attempt(), self._failures_told():
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
        with self._condition.attempt(at_once=True), self._failures_told():
            self._doubtful, self._reason = None, ""
            return self._fill(library, progress or Silent().advance)

    # --- in step with the library --------------------------------------------------------------

    def _settle_doubt(self, reporter: Reporter) -> None:
        """Look at what a killed process left, and go on from it or not. Never twice."""
        if self._doubtful is None:
            return
        reporter.stage(CHECKING, None)
        self._holding.state, self._doubtful = self._doubtful, None
        self._holding.note(probed=True)
        state = self._holding.known
        report = self._place.look(state, self._have_to_myself().fileno())
        if report.problem:
            self._lose(report.problem)
        else:
            log.info("the index of %s was cut off, and is whole", self._model)
            files = self._place.files(state)
            self._holding.note(mark=Mark.CLEAN, count=report.count, files=files)

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
            return self._holding.catch_up(library, _told_when_much(reporter))

    def _lacks_something(self, library: Library, version: int) -> bool:
        """Whether it is smaller or larger than it should be, with nothing changed meanwhile."""
        expected = library.vector_count(self._model)
        if self.count() == expected or version != library.data_version():
            return False
        self._reason = f"The index was incomplete ({self.count():,} of {expected:,} videos)"
        return True

    def _make_anew(self, library: Library, reporter: Reporter) -> int:
        self._condition.problem = None
        total = library.vector_count(self._model)
        if total:
            reporter.stage(MAKING_ANEW if self._reason else INDEXING, total)
        made = self._fill(library, reporter.advance)
        if self._reason:
            text = f"{self._reason}: made anew from the library ({made:,} videos)."
            self._condition.tell(text)
        self._reason = ""
        return made

    def _fill(self, library: Library, progress: Callable[[int], None]) -> int:
        self._holding.start_over(library.identity())
        moved, self._elsewhere = self._elsewhere, None
        try:
            if moved is not None:  # nothing is left on a server that is no longer asked
                remove_from_server(moved)
        except IndexUnusableError as error:
            self._condition.tell(in_one_line(error))
        return self._holding.catch_up(library, progress)

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
            self._elsewhere = state
        elif flaw := self._place.flaw(state):
            self._holding.state = state
            self._lose(flaw)
        elif self._place.is_doubtful(state):
            self._doubtful = state
        else:
            self._holding.state = state

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        """Turn what goes wrong in the block into the problem that the index has."""
        try:
            yield
        except (ChromaFailure, OSError) as error:
            problem = self._failed(error)
            self._condition.give_up(problem)
            raise problem from error

    def _failed(self, error: ChromaFailure | OSError) -> IndexUnusableError:
        """Take in a failure, and return what it means."""
        self._holding.abandon()
        if isinstance(error, ChromaTimeout):
            self._condition.pause()
        state, problem = self._holding.state, self._meaning(error)
        if isinstance(problem, IndexDamagedError):
            self._lose(problem.detail)
        elif state is not None and self._place.is_doubtful(state):
            self._doubtful, self._holding.state = state, None
        return problem

    def _meaning(self, error: ChromaFailure | OSError) -> IndexUnusableError:
        if isinstance(error, OSError):
            return unusable_folder(self._folder, error)
        return self._place.explain(error)

    def _lose(self, why: str) -> None:
        """Get a bad collection out of the way; it will be made anew."""
        self._holding.abandon()
        log.warning("the index of %s is damaged: %s", self._model, why)
        state, self._holding.state = self._holding.state, None
        if state is None:
            return
        if state.revision:  # else nothing had been put into it yet
            self._reason = "The index was damaged"
        try:
            self._place.set_aside(state.collection)
        except OSError as error:
            log.warning("it cannot be set aside: %s", error)

    def _have_to_myself(self) -> IndexLock:
        if self._lock is None:
            raise self.problem or in_other_hands(self._folder)
        return self._lock


def _told_when_much(reporter: Reporter) -> Callable[[int], None]:
    """What is to be told of each batch: a stage begins with the first whole one, if any comes."""
    begun = False

    def progress(size: int) -> None:
        nonlocal begun
        if size >= BATCH and not begun:
            reporter.stage(INDEXING, None)
            begun = True
        if begun:
            reporter.advance(size)

    return progress
