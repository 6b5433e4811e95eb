"""What is checked at every opening: the damage that is cheap to find.

Whoever meets the rest on the way says so then.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import StoreError
from store.library import migrations
from store.library.connection import Connection, damaged
from store.library.replace import sibling

_LAST_VERSION = 9_999
"""Migrations have numbers of four digits. What claims more is damaged, not newer."""
_OWN_TABLES = {"state", "videos", "interactions"}
"""Every library of every version has these."""


class ForeignLibraryError(StoreError):
    """The file is a database, but of another program: it is left alone."""


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a library that only a later Matinee can read.

    Raises:
        LibraryDamagedError: no Matinee will ever be of that version.
        StoreError: it is of a newer version.
    """
    if not 0 <= version <= _LAST_VERSION:
        raise damaged(path, f"version {version}")
    if version > migrations.latest():
        raise StoreError(
            "The library was made by a newer Matinee.",
            f"{path}: version {version}; this program knows {migrations.latest()}.",
            "Upgrade Matinee, or give another folder with --data-dir.",
        )


def check(connection: Connection) -> None:
    """Check an open library.

    Raises:
        LibraryDamagedError: the file cannot be right.
        ForeignLibraryError: another program made it.
        StoreError: it is of a newer version.
    """
    path = connection.path
    version = migrations.version(connection)
    refuse_newer(path, version)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables and not version:
        return  # nothing was ever put into it
    if tables and not tables & _OWN_TABLES:
        raise ForeignLibraryError(
            "This is the database of another program.",
            str(path),
            "It was left alone. Move it away, or give another folder with --data-dir.",
        )
    if not version or not tables >= _OWN_TABLES:
        raise damaged(path, "a part of it is missing")
    state = connection.execute("SELECT revision, identity FROM state").fetchall()
    if [tuple(map(type, row)) for row in state] != [(int, str)]:
        raise damaged(path, "it does not say which library it is")
    if _looks_cut_off(connection):
        [(answer,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
        if answer != "ok":
            raise damaged(path, "its end is missing")


def _looks_cut_off(connection: Connection) -> bool:
    """Whether pages are missing for which there is no room in the write-ahead log.

    SQLite notices that by itself where there is no log. The numbers are not of one moment when
    another process writes, so this alone proves nothing.
    """
    path = connection.path
    [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
    [(page_size,)] = connection.execute("PRAGMA page_size").fetchall()
    try:
        in_log = sibling(path, "-wal").stat().st_size // page_size
    except FileNotFoundError:
        in_log = 0
    return bool(path.stat().st_size // page_size + in_log < pages)
