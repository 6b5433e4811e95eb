"""Putting a new library file in the place of the old one: killed anywhere, neither is lost.

1. ``library.replacing`` notes where the old file shall go.
2. The new file, finished, is named ``library.db.new``. From now on the replacement happens: who
   is killed on the way leaves the rest to the next opening.
3. The old file moves aside, with what SQLite keeps beside it.
4. The new file takes its place, and the note goes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import StoreError
from store import durable
from store.library.connection import in_the_way, suspect_file
from store.locks import FileLock, holder, library_lock

SIBLINGS = ("-wal", "-shm")
"""What SQLite keeps beside a database, by the end of its name."""


def sibling(path: Path, end: str) -> Path:
    """The file that SQLite keeps beside the database at `path`."""
    return path.with_name(path.name + end)


@contextmanager
def alone(path: Path, purpose: str = "", *, wait_s: float = 0.0) -> Iterator[None]:
    """Be the only one who uses the library at `path` while the block runs.

    Args:
        path: the library file; nobody may have it open, this process included.
        purpose: what for, for others to read.
        wait_s: how long to wait for the others to close it.

    Raises:
        StoreError: another one has it open, or the folder cannot be written to.
    """
    try:
        lock = FileLock.take(library_lock(path), purpose=purpose, wait_s=wait_s)
    except OSError as error:
        raise in_the_way(
            error,
            path,
            "The library cannot be written to.",
            "Make the folder writable, or give another one with --data-dir.",
        ) from error
    if lock is None:
        raise StoreError(
            "Another Matinee has this library open.",
            holder(library_lock(path)) or str(path),
            "Close it there, then try again.",
        )
    try:
        yield
    finally:
        lock.release()


def replace_library(path: Path, new: Path, aside: Path) -> None:
    """Put the library file `new` in the place of the one at `path`. Within `alone` only.

    Args:
        path: the library file; there need not be one.
        new: a closed library on the same file system. Afterwards it is at `path`.
        aside: a folder for the old file; made for it, so it must not be there yet.

    Raises:
        StoreError: there is no room, or the files cannot be moved.
    """
    if aside.exists():
        raise ValueError(f"{aside} is there already")
    note = _note(path)
    try:
        for end in SIBLINGS:
            sibling(new, end).unlink(missing_ok=True)  # empty: it was closed
        durable.sync(new)
        durable.write(note, os.path.relpath(aside, path.parent).encode())
        durable.rename(new, _new(path))
        finish_replacing(path)
    except OSError as error:
        raise _cannot_move(path, error) from error


def replacing(path: Path) -> bool:
    """Whether a replacement was interrupted, and is still to be finished."""
    return _new(path).exists()


def finish_replacing(path: Path) -> bool:
    """Finish a replacement that was interrupted. Within `alone` only.

    Returns:
        Whether there was one.

    Raises:
        StoreError: the files cannot be moved.
    """
    new, note = _new(path), _note(path)
    there = new.exists()
    try:
        if there:
            _move_aside(path, _aside(path))
            durable.remove(suspect_file(path))  # that was the old one
            durable.rename(new, path)
        durable.remove(note)
    except OSError as error:
        raise _cannot_move(path, error) from error
    return there


def _move_aside(path: Path, aside: Path) -> None:
    for file in (path, *(sibling(path, end) for end in SIBLINGS)):
        if file.exists():
            for folder in (aside.parent, aside):
                folder.mkdir(mode=durable.PRIVATE_FOLDER, exist_ok=True)
            durable.rename(file, aside / file.name)


def _aside(path: Path) -> Path:
    try:
        return path.parent / os.fsdecode(_note(path).read_bytes())
    except FileNotFoundError:
        return path.parent / "aside" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}"


def _new(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _note(path: Path) -> Path:
    return path.with_suffix(".replacing")


def _cannot_move(path: Path, error: OSError) -> StoreError:
    return in_the_way(
        error,
        path,
        "The library cannot be replaced.",
        "Check that its folder can be written to, then try again.",
    )
