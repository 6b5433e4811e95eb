"""Everything that is looked at, and made sure of, before a library file is used."""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from assistant.errors import StoreError
from store.durable import PRIVATE_FILE, PRIVATE_FOLDER
from store.library import migrations
from store.library.checks import check, refuse_newer
from store.library.connection import Connection, damaged, in_the_way
from store.library.format import HEAD_BYTES, Head, WriteAheadLog
from store.library.replace import finish_replacing, replacing, sibling
from store.locks import FileLock, holder, library_lock

WAIT_FOR_REPLACING_S = 10.0
"""How long an opening waits for another process that has the library alone."""
_LOOK_EVERY_S = 0.02
_CANNOT_BE_OPENED = "The library cannot be opened."
_LOOK_THERE = "Look what is there, or give another folder with --data-dir."


def look(path: Path) -> None:
    """Look at the file itself, before SQLite does, which would make files beside it.

    Raises:
        LibraryDamagedError: it is no database.
        StoreError: it is no file, or it is of a newer version. Nothing was touched.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise cannot_be_opened(path, "it is a folder" if path.is_dir() else "it is no file")
    with path.open("rb") as file:
        data = file.read(HEAD_BYTES)
    head = Head.of(data)
    if head is None:
        raise damaged(path, "it does not begin as a library does" if data else "it is empty")
    refuse_newer(path, _version_in_log(path, head.version))


def _version_in_log(path: Path, version: int) -> int:
    """The version that the write-ahead log says; `version`, of the file, where it does not."""
    log = sibling(path, "-wal")
    for verify in (False, True):  # what says something unusual may be torn
        place = WriteAheadLog.read(log, verify=verify).pages.get(1)
        if place is None:
            return version
        try:
            with log.open("rb") as file:
                file.seek(place)
                head = Head.of(file.read(HEAD_BYTES))
        except FileNotFoundError:  # who wrote it has just put it into the file, and closed it
            return version
        if head is not None and head.version == version:
            return version
    return head.version if head is not None else version


def file_at(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from every other; None when there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def writable(path: Path) -> bool:
    """Whether the library can be written to: the file, and the folder for SQLite's own files."""
    return os.access(_nearest_folder(path), os.W_OK | os.X_OK) and (
        not path.exists() or os.access(path, os.W_OK)
    )


def _nearest_folder(path: Path) -> Path:
    """The folder that the library is in, or would be made in: where something is."""
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    return folder


def take_part(path: Path) -> FileLock:
    """Share the lock on the library, which is there and whole afterwards.

    It is made where there is none, and a replacement that was interrupted is finished.

    Raises:
        StoreError: another process has it alone and keeps it, or it cannot be made.
    """
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    until = time.monotonic() + WAIT_FOR_REPLACING_S
    while True:
        usable = path.exists() and not replacing(path)
        lock = FileLock.take(library_lock(path), shared=usable)
        if lock is not None:
            if not usable:
                _put_in_place(path, lock)
            elif path.exists() and not replacing(path):
                return lock
            else:  # somebody else had it alone in between
                lock.release()
        elif time.monotonic() >= until:
            raise StoreError(
                "Another Matinee is replacing this library.",
                holder(library_lock(path)) or str(path),
                "Try again when it is done.",
            )
        else:
            time.sleep(_LOOK_EVERY_S)


def _put_in_place(path: Path, lock: FileLock) -> None:
    """Finish a replacement, or make the library. Holds the lock alone, and gives it up."""
    try:
        finish_replacing(path)
        if not path.exists():
            migrations.create(path)
    finally:
        lock.release()


def connect(path: Path) -> Connection:
    """Connect to a library that is there, for reading and writing."""
    if stat.S_IMODE(path.stat().st_mode) != PRIVATE_FILE:
        with suppress(PermissionError):  # somebody else's, whom we may write for
            path.chmod(PRIVATE_FILE)
    connection = Connection.to(path)
    try:
        for setting in (
            "foreign_keys = ON",
            "secure_delete = ON",  # what is removed is overwritten
            "trusted_schema = OFF",  # a file from elsewhere may hold anything
            "cell_size_check = ON",
            "fullfsync = ON",  # on a Mac, where a sync alone does not reach the disk
            # A like survives a power cut, and a bulk import commits so seldom that the syncs do
            # not show.
            "synchronous = FULL",
        ):
            connection.execute(f"PRAGMA {setting}")
        check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def cannot_be_opened(path: Path, why: str) -> StoreError:
    """The error for what is in the way of opening the file."""
    return StoreError(_CANNOT_BE_OPENED, f"{path}: {why}.", _LOOK_THERE)


def not_let(path: Path, error: OSError) -> StoreError:
    """The error for what the operating system does not let us do."""
    return in_the_way(error, path, _CANNOT_BE_OPENED, _LOOK_THERE)


def no_library(path: Path) -> StoreError:
    """The error for a place where there is none and none can be made."""
    folder = _nearest_folder(path)
    why = "cannot be written to" if folder.is_dir() else "is no folder"
    return StoreError(
        "There is no library, and none can be made there.",
        f"{folder} {why}.",
        "Make the folder writable, or give another one with --data-dir.",
    )
