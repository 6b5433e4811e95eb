"""Forgetting: first what the library holds, then every copy of it that this program keeps.

A note beside the library says that it has begun. Whoever is stopped on the way has the rest done
by the next time that something is to be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import StoreError
from store import durable
from store.backup.manifest import Counts
from store.forget.copies import copies_beside, derived_beside, erase
from store.forget.eraser import Eraser
from store.forget.finding import find
from store.forget.selection import Selection, What
from store.index import remove_index
from store.index.lock import IndexLock
from store.library.replace import alone, finish_replacing
from store.locks import one_writer
from store.reporting import Reporter, Silent
from store.snapshots import Snapshots


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone."""

    counts: Counts
    snapshots: int = 0
    """Snapshots of the library, which are begun anew."""
    folders: tuple[str, ...] = ()
    """Names of the folders with older or damaged libraries."""
    index: bool = False
    """Whether the index is gone, which is made anew at the next start."""
    map: bool = False
    """Whether the map of the library is gone, which can be made anew."""
    log: bool = False


def unfinished(path: Path) -> bool:
    """Whether forgetting was stopped on the way: the next `forget` finishes it."""
    return _note(path).exists()


def forget(
    path: Path,
    selection: Selection,
    *,
    index: Path,
    logs: Sequence[Path] = (),
    reporter: Reporter | None = None,
) -> Forgotten:
    """Remove what is meant from the library at `path`, and leave no copy of it behind.

    That is overwritten with zeros, in the library and in what else is removed: snapshots, older
    and damaged libraries, the index, the log. On a disk that writes to another place each time
    (flash, copy on write) the old content may still be there for those who read raw blocks.

    Args:
        path: the library file.
        selection: what is meant.
        index: the folder of the index.
        logs: the files of the log, which may quote what was asked.
        reporter: is told of the progress.

    Raises:
        StoreError: another process has the library open, or something cannot be removed. What
            was removed by then is removed; saying the same again does the rest.
    """
    reporter = reporter or Silent()
    with one_writer(path.parent, "a removal"), alone(path, "a removal"), _os_errors(path):
        finish_replacing(path)
        with Eraser.open_held(path) as library:
            found, is_resumed = find(library, selection), unfinished(path)
            if not found and not is_resumed:
                return Forgotten(found.counts)
            durable.write(_note(path), b"")
            reporter.stage("removing", None)
            if selection.what is What.ALL:
                library.erase_all()
            else:
                library.erase(found)
            reporter.stage("compacting", None)
            library.compact()
            reporter.stage("removing copies", None)
            forgotten = Forgotten(
                counts=found.counts,
                snapshots=Snapshots.of(path).clear(),
                folders=tuple(old.name for old in erase(copies_beside(path))),
                index=_remove_index(index),
                map=bool(erase(derived_beside(path))),
                log=bool(erase(logs)),
            )
            Snapshots.of(path).take_if_due(library)
        durable.remove(_note(path))
    return forgotten


def _remove_index(folder: Path) -> bool:
    """Remove the index, and return whether there was one.

    Also where no video goes: Chroma allots memory ahead and writes it out as it found it, with
    whatever the process had in it before, be it a message.
    """
    if not folder.exists():
        return False
    lock = IndexLock.take_on(folder)
    if lock is not None:
        erase(entry for entry in folder.iterdir() if entry.is_dir())
        lock.release()
    remove_index(folder)  # which knows what else there is, and says so if another has it
    return True


def _note(path: Path) -> Path:
    return path.with_suffix(".forgetting")


@contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            "Not everything could be removed.",
            f"{error.filename or path}: {error.strerror}",
            "Mend that, then say the same again: it does the rest.",
        ) from error
