"""A healthy index of 1,500 vectors, and ways to damage a copy of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.index import Index, Mark, read_state
from store.index.state import write_state
from store.library import Library
from store.vectors import Searcher
from tests.store.index.making import MODEL, collection_folder

if TYPE_CHECKING:
    from assistant.types import Matrix

COUNT = 1_500
"""Enough for Chroma to write files of its own for the vectors."""
MADE_ANEW = f"The index was damaged: made anew from the library ({COUNT:,} videos)."

Damage = Callable[[Path], None]


@dataclass(frozen=True)
class Home:
    """A library, its vectors, and a healthy index that is copied for each test."""

    library: Library
    path: Path
    vectors: Matrix
    healthy: Path


def mark(folder: Path, how: Mark) -> None:
    """Note that a process was killed that had the index open or was writing."""
    state = read_state(folder, MODEL)
    assert state is not None
    write_state(folder, MODEL, state.model_copy(update={"mark": how}))


def files_of(folder: Path, pattern: str) -> list[Path]:
    found = [path for path in collection_folder(folder).glob(pattern) if path.is_file()]
    assert found
    return found


def cut(pattern: str, share: float) -> Damage:
    def damage(folder: Path) -> None:
        for file in files_of(folder, pattern):
            os.truncate(file, int(file.stat().st_size * share))

    return damage


def flip(pattern: str, share: float) -> Damage:
    def damage(folder: Path) -> None:
        for file in files_of(folder, pattern):
            content = bytearray(file.read_bytes())
            at = int((len(content) - 64) * share)
            content[at : at + 64] = bytes(255 - byte for byte in content[at : at + 64])
            file.write_bytes(content)

    return damage


def delete(pattern: str) -> Damage:
    def damage(folder: Path) -> None:
        for file in files_of(folder, pattern):
            file.unlink()

    return damage


def put_pipe(pattern: str) -> Damage:
    """What is read from it never comes."""

    def damage(folder: Path) -> None:
        for file in files_of(folder, pattern):
            file.unlink()
            os.mkfifo(file)

    return damage


def put_folder(pattern: str) -> Damage:
    def damage(folder: Path) -> None:
        for file in files_of(folder, pattern):
            file.unlink()
            file.mkdir()

    return damage


def delete_vector_files(folder: Path) -> None:
    for segment in collection_folder(folder).glob("*/"):
        shutil.rmtree(segment)


def delete_collection(folder: Path) -> None:
    shutil.rmtree(collection_folder(folder))


def put_file_for_collection(folder: Path) -> None:
    collection = collection_folder(folder)
    shutil.rmtree(collection)
    collection.write_text("no folder")


def sound(folder: Path, home: Home) -> list[str]:
    """Open the index, use it as a chat does, and close it; what the person was told.

    Whatever was wrong, afterwards the index holds what the library holds, and finds it.
    """
    index = Index.open(folder, MODEL)
    assert index is not None
    searcher = Searcher(home.library, MODEL, index)
    searcher.refresh()
    for row in range(0, COUNT, 100):
        assert searcher.search(home.vectors[row], 1)[0][0] == f"t:{row}"
        assert searcher.method == "index"
    assert index.count() == COUNT
    assert searcher.problem is None
    told = searcher.news()
    searcher.close()
    state = read_state(folder, MODEL)
    assert state is not None
    assert state.mark is Mark.CLEAN
    return told
