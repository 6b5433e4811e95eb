"""A collection in a folder of our own."""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from store.durable import PRIVATE_FOLDER
from store.index.chroma import ChromaFailure, ChromaUnavailable, Collection
from store.index.errors import IndexUnusableError, damaged, disk_full, without_chroma
from store.index.files import (
    FileNote,
    describe,
    flush_to_disk,
    make_private,
    remove,
    same_content,
    set_aside,
)
from store.index.probe import ProbeReport, probe
from store.index.state import IndexState, Mark

DAMAGED = "damaged"
"""The folder in which the last bad collection is kept, for whoever wants to know what happened."""
HEX = "[0-9a-f]{8}"
"""What `token` makes, as a regular expression."""
_NEARLY_FULL = 64 * 1024 * 1024
"""Bytes free: with fewer, what Chroma calls an error of compaction was a full disk."""
_VECTOR_FILES = "/"
"""In the relative path of every file of vectors: those lie in a folder of their own."""


class FolderPlace:
    """A folder of its own for each collection, so that no old file is ever reused."""

    server = None

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._model = model

    def new_name(self, library: str) -> str:  # noqa: ARG002 - the folder is the library's own
        """The key of the model, and something that no other collection has."""
        return f"{self._model}.{token()}"

    def prepare(self, name: str) -> None:
        """Remove the folders of this model, and make a new one."""
        remove_folders(self._folder, self._model)
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

    def explain(self, failure: ChromaFailure) -> IndexUnusableError:
        """Tell a full disk from damage."""
        if isinstance(failure, ChromaUnavailable):
            return without_chroma(str(failure))
        with suppress(OSError):
            if shutil.disk_usage(self._folder).free < _NEARLY_FULL:
                return disk_full(self._folder, str(failure))
        return damaged(str(failure))


def token() -> str:
    """Something that no other name has."""
    return secrets.token_hex(4)


def remove_folders(folder: Path, model: str) -> None:
    """Remove the collections of `model` in the folder."""
    for entry in list(folder.iterdir()):
        if re.fullmatch(rf"{re.escape(model)}\.{HEX}", entry.name):
            remove(entry)
