"""Writing a backup: the library as of one moment, whatever is stored meanwhile."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.errors import StoreError
from store.backup.archive import CHUNK, Archive
from store.backup.foreign import counts_of
from store.backup.manifest import LIBRARY, MANIFEST, Counts, Manifest
from store.durable import PRIVATE_FILE, PRIVATE_FOLDER, rename, sync
from store.library import Library, migrations
from store.library.connection import damaged, told
from store.reporting import Reporter, Silent, megabytes

_LEVEL = 1
"""Most of a library is vectors, which cannot be packed: more only takes longer."""
_MARGIN = 1024 * 1024
"""Bytes that must stay free beside what a backup takes."""


def back_up(
    library: Library,
    target: Path,
    *,
    overwrite: bool = False,
    reporter: Reporter | None = None,
) -> Manifest:
    """Write everything that the library holds at this moment into the file `target`.

    The file appears when it is whole and has been read back; until then an earlier one stays.

    Args:
        library: others may write to it meanwhile.
        target: for its owner alone.
        overwrite: whether it may replace a file.
        reporter: is told of the progress, in megabytes.

    Returns:
        What the backup says of itself.

    Raises:
        LibraryDamagedError: the library is damaged, so that this would be no good backup.
        StoreError: the file is there, or cannot be written.
    """
    reporter = reporter or Silent()
    try:
        _refuse_existing(target, overwrite)
        with _workplace(target) as folder:
            copy, packed = folder / LIBRARY, folder / target.name
            counts = _copy(library, copy, reporter)
            _check(library, copy, reporter)
            manifest = _pack(copy, packed, counts, reporter)
            _read_back(packed, manifest, reporter)
            _refuse_existing(target, overwrite)
            rename(packed, target)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreError(
            "The disk is full." if full else "The backup cannot be written.",
            f"{target}: {error.strerror or error}",
            "Make room, or give a file on another disk." if full else "Give another file.",
        ) from error
    return manifest


def _refuse_existing(target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "It is a folder", str(target))
    if not overwrite and target.exists():
        raise StoreError(
            "There is such a file already.", str(target), "Give another name, or say --force."
        )


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """A folder beside `target` that is gone afterwards. One that a kill has left goes too."""
    folder = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(PRIVATE_FOLDER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(library: Library, copy: Path, reporter: Reporter) -> Counts:
    """Copy the library by SQLite's own means, step by step."""
    source = library._connection
    with library.reading(), closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        # The first read fixes the moment. Without it each step would begin one of its own, and
        # start over whenever another process has written.
        counts = counts_of(source)
        [(page_size,)] = source.execute("PRAGMA page_size").fetchall()
        [(pages,)] = source.execute("PRAGMA page_count").fetchall()
        _refuse_too_little_room(copy.parent, 2 * pages * page_size)
        reached = megabytes(reporter, "copying", pages * page_size)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # it is not kept
            sqlite3.Connection.backup(  # whose errors may be those of either file
                source,
                connection,
                pages=CHUNK // page_size,
                progress=lambda _status, left, total: reached((total - left) * page_size),
            )
            connection.execute("PRAGMA journal_mode = DELETE")  # a file that stands alone
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
            raise told(error, library.path) from error
    return counts


def _refuse_too_little_room(folder: Path, needed: int) -> None:
    """Refuse to begin what cannot be finished: the copy and the zip are there at the same time."""
    free = shutil.disk_usage(folder).free
    if free < needed + _MARGIN:
        raise StoreError(
            "There is not enough room for a backup.",
            f"{folder.parent}: it may take {needed / 1e6:,.0f} MB for a while; "
            f"{free / 1e6:,.0f} MB are free.",
            "Make room, or give a file on another disk.",
        )


def _check(library: Library, copy: Path, reporter: Reporter) -> None:
    """Refuse to keep what could not be used."""
    reporter.stage("checking", None)
    with closing(sqlite3.connect(copy)) as connection:
        [answer] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise damaged(library.path, answer)


def _pack(copy: Path, packed: Path, counts: Counts, reporter: Reporter) -> Manifest:
    """Make the zip, and bring it to the disk."""
    size, digest, made = copy.stat().st_size, hashlib.sha256(), datetime.now(UTC)
    reached = megabytes(reporter, "packing", size)
    descriptor = os.open(packed, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with (
        os.fdopen(descriptor, "w+b") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        with (
            copy.open("rb") as source,
            archive.open(LIBRARY, "w", force_zip64=True) as member,
        ):
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                member.write(chunk)
                reached(source.tell())
        manifest = Manifest(
            matinee=version("matinee"),
            schema_version=migrations.latest(),
            made=made,
            size=size,
            sha256=digest.hexdigest(),
            counts=counts,
        )
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
    sync(packed)
    return manifest


def _read_back(packed: Path, manifest: Manifest, reporter: Reporter) -> None:
    """Make sure that what is on the disk is what was meant to be.

    Raises:
        NoBackupError: it is not.
    """
    reached = megabytes(reporter, "reading back", manifest.size)
    with Archive.open(packed) as archive:
        done = 0
        for size in archive.verify():
            done += size
            reached(done)
