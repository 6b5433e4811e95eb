"""Where the collection of one model is kept: in a folder of our own, or on a Chroma server."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from pathlib import Path
from typing import Protocol

from store.durable import PRIVATE_FOLDER
from store.index.chroma import Collection, Server
from store.index.files import (
    FileNote,
    describe,
    flush_to_disk,
    make_private,
    remove,
    same_content,
    set_aside,
)
from store.index.probe import ProbeReport, look, probe
from store.index.state import IndexState, Mark

DAMAGED = "damaged"
"""The folder in which the last bad collection is kept, for whoever wants to know what happened."""
_NEARLY_FULL = 64 * 1024 * 1024
"""Bytes free: with fewer, what Chroma calls an error of compaction was a full disk."""
_VECTOR_FILES = "/"
"""In the relative path of every file of vectors: those lie in a folder of their own."""
_DIGITS = 8
_HEX = f"[0-9a-f]{{{_DIGITS}}}"


class Place(Protocol):
    """What differs between the two."""

    @property
    def server(self) -> str | None:
        """The address of the server; None for a folder."""

    def new_name(self, library: str) -> str:
        """A name for a new collection derived from the library of that identity."""

    def prepare(self, name: str) -> None:
        """Make room for a new collection: whatever was there of this model before is removed."""

    def open(self, state: IndexState) -> Collection:
        """Open the collection; one into which nothing has been put yet is created."""

    def flaw(self, state: IndexState) -> str:
        """What is wrong with a collection as far as can be told unopened; empty if nothing."""

    def is_doubtful(self, state: IndexState) -> bool:
        """Whether a collection without a flaw must be looked at before it is opened here."""

    def look(self, state: IndexState, lock: int) -> ProbeReport:
        """Look at a collection closely, without a risk for this process."""

    def set_aside(self, name: str) -> None:
        """Get a bad collection out of the way."""

    def flush(self, name: str) -> None:
        """Wait until what was written would outlive a failure of power."""

    def files(self, state: IndexState) -> dict[str, FileNote]:
        """Describe the files of a collection that was just closed."""

    def lacks_room(self) -> bool:
        """Whether a write may have failed because the disk is full."""


class FolderPlace:
    """A folder of its own for each collection, so that no old file is ever reused."""

    server = None

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._model = model

    def new_name(self, library: str) -> str:  # noqa: ARG002 - the folder is the library's own
        """The key of the model, and something that no other collection has."""
        return f"{self._model}.{_token()}"

    def prepare(self, name: str) -> None:
        """Remove the folders of this model, and make a new one."""
        _remove_folders(self._folder, self._model)
        (self._folder / name).mkdir(mode=PRIVATE_FOLDER)

    def open(self, state: IndexState) -> Collection:
        """Open the collection in its folder."""
        return Collection.in_folder(
            self._folder / state.collection, state.collection, create=state.revision == 0
        )

    def flaw(self, state: IndexState) -> str:
        """Compare the files with what is known of them; what was probed is not probed again.

        The comparison finds what no probe can: three in ten of damages made by hand to the files
        of a collection change nothing that a sample of queries shows.
        """
        folder = self._folder / state.collection
        if not folder.is_dir():
            return "its folder is gone"
        if state.mark is not Mark.CLEAN and state.probed:
            return "it was probed, and then cut off again"
        try:
            if state.mark is Mark.CLEAN:
                same = same_content(folder, state.files)
            else:  # reading changes Chroma's database, but not the files of its vectors
                reading = state.mark is Mark.IN_USE
                same = not reading or same_content(folder, state.files, below=_VECTOR_FILES)
        except OSError as error:
            return str(error)
        return "" if same else "its files have been changed"

    def is_doubtful(self, state: IndexState) -> bool:
        """Doubtful is what a process that was killed had open."""
        return state.mark is not Mark.CLEAN

    def look(self, state: IndexState, lock: int) -> ProbeReport:
        """Have another process look."""
        folder = self._folder / state.collection
        return probe(folder, state.collection, count=state.count, lock=lock)

    def set_aside(self, name: str) -> None:
        """Keep it in the folder `damaged`, in place of the one that was kept there."""
        set_aside(self._folder / name, self._folder / DAMAGED)

    def flush(self, name: str) -> None:
        """Flush its files."""
        flush_to_disk(self._folder / name)

    def files(self, state: IndexState) -> dict[str, FileNote]:
        """Describe its files, and see to it that nobody else can read them."""
        folder = self._folder / state.collection
        make_private(folder)
        return describe(folder, state.files)

    def lacks_room(self) -> bool:
        """Whether hardly anything is free."""
        return shutil.disk_usage(self._folder).free < _NEARLY_FULL


class ServerPlace:
    """A collection on a server, named so that it can be told whose it is.

    There nothing is probed or kept aside: what lacks something is deleted and made anew.
    """

    def __init__(self, folder: Path, model: str, address: str) -> None:
        self.server = address
        self._server = Server(address)
        self._folder = folder
        self._model = model
        user = f"{os.uname().nodename}:{folder.absolute()}"
        self._user = hashlib.sha256(user.encode()).hexdigest()[:_DIGITS]
        """Two machines may use one server for copies of one library."""

    def new_name(self, library: str) -> str:
        """The library, who uses it, the model, and something that no other collection has."""
        identity = hashlib.sha256(library.encode()).hexdigest()[:_DIGITS]
        return f"matinee-{self._user}-{identity}-{self._model}.{_token()}"

    def prepare(self, name: str) -> None:  # noqa: ARG002 - made when it is first opened
        """Remove what this user has of this model, there and in the folder."""
        self._server.drop(rf"matinee-{self._user}-{_HEX}-{re.escape(self._model)}\.{_HEX}")
        _remove_folders(self._folder, self._model)

    def open(self, state: IndexState) -> Collection:
        """Open the collection on the server."""
        return self._server.collection(state.collection, create=state.revision == 0)

    def flaw(self, state: IndexState) -> str:  # noqa: ARG002 - the server looks after its files
        """None can be told from here."""
        return ""

    def is_doubtful(self, state: IndexState) -> bool:
        """After a write that was cut off it is not known how many vectors there are."""
        return state.mark is Mark.WRITING

    def look(self, state: IndexState, lock: int) -> ProbeReport:  # noqa: ARG002
        """Look from here: it is the server that opens it."""
        collection = self.open(state)
        try:
            return look(collection)
        finally:
            collection.close()

    def set_aside(self, name: str) -> None:
        """Leave it: it is removed when the new one is made."""

    def flush(self, name: str) -> None:
        """The server sees to it."""

    def files(self, state: IndexState) -> dict[str, FileNote]:  # noqa: ARG002
        """None of ours."""
        return {}

    def lacks_room(self) -> bool:
        """Not to be known from here."""
        return False


def _token() -> str:
    return secrets.token_hex(_DIGITS // 2)


def _remove_folders(folder: Path, model: str) -> None:
    for entry in list(folder.iterdir()):
        if re.fullmatch(rf"{re.escape(model)}\.{_HEX}", entry.name):
            remove(entry)
