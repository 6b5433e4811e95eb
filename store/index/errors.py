"""What can be wrong with the index, in words for a person. The library is never what is wrong."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import StoreError

_MEANWHILE = "Meanwhile every vector is compared, which finds as much and takes a little longer."


class IndexUnusableError(StoreError):
    """The index cannot be used for now. The library can still be searched by scanning."""


class IndexDamagedError(IndexUnusableError):
    """The index does not hold what it should, or does not answer as it should."""


class ServerUnreachableError(IndexUnusableError):
    """The Chroma server that holds the index does not answer."""

    server = ""
    """Its address."""


def damaged(why: str) -> IndexDamagedError:
    """It is not as it was left."""
    return IndexDamagedError(
        "The index is damaged.", why, "It is made anew from the library by itself. " + _MEANWHILE
    )


def unreachable(server: str, why: str) -> ServerUnreachableError:
    """The server that holds it does not answer."""
    error = ServerUnreachableError(
        "The Chroma server does not answer.",
        f"{server}: {why}",
        "Start it with chroma run, or take `index` out of the settings. " + _MEANWHILE,
    )
    error.server = server
    return error


def without_chroma(why: str) -> IndexUnusableError:
    """Chroma cannot be loaded."""
    return IndexUnusableError(
        "Chroma cannot be loaded.", why, "Install Matinee again. " + _MEANWHILE
    )


def disk_full(folder: Path, why: str) -> IndexUnusableError:
    """There is no room for it."""
    return IndexUnusableError(
        "The index cannot be written: the disk is full.",
        f"{folder}: {why}",
        "Make room; it completes itself afterwards. " + _MEANWHILE,
    )


def unusable_folder(folder: Path, error: OSError) -> IndexUnusableError:
    """Its folder cannot be used."""
    return IndexUnusableError(
        "The index cannot be used.",
        f"{error.filename or folder}: {error.strerror or error}",
        "See that the folder can be written to. " + _MEANWHILE,
    )


def in_other_hands(folder: Path) -> IndexUnusableError:
    """Another process has it open."""
    return IndexUnusableError(
        "Another Matinee has the index open.",
        str(folder),
        "End it (a chat, an import), then try again.",
    )


def still_there(server: str, collection: str, why: str) -> IndexUnusableError:
    """A server keeps what it should not keep any longer."""
    return IndexUnusableError(
        "The Chroma server still has an index of ours.",
        f"{server}: {why}",
        f"Remove the collection {collection} there.",
    )
