"""Removing the index of a folder, for good."""

from __future__ import annotations

import re
from pathlib import Path

from store.index.chroma import ChromaFailure, Server
from store.index.errors import IndexUnusableError, in_other_hands, unusable_folder
from store.index.files import remove
from store.index.index import LOCK
from store.index.state import indexed_models, read_state
from store.locks import FileLock


def remove_index(folder: Path) -> None:
    """Remove all that the index of any model holds, what was set aside and what a server has too.

    Raises:
        IndexUnusableError: another process has it open, a file cannot be removed, or a server
            does not answer; what is in the folder is removed all the same then.
    """
    if not folder.exists():
        return
    try:
        lock = FileLock.take(folder / LOCK)
    except OSError as error:
        raise unusable_folder(folder, error) from error
    if lock is None:
        raise in_other_hands(folder)
    try:
        states = [read_state(folder, model) for model in indexed_models(folder)]
        for entry in list(folder.iterdir()):
            if entry.name != LOCK:
                remove(entry)
        for state in states:
            if state is not None and state.server is not None:
                _remove_from_server(state.server, state.collection)
    except OSError as error:
        raise unusable_folder(folder, error) from error
    finally:
        lock.release()


def _remove_from_server(address: str, collection: str) -> None:
    try:
        Server(address).drop(re.escape(collection))
    except ChromaFailure as failure:
        raise IndexUnusableError(
            "The index is still on the Chroma server.",
            f"{address}: {failure}",
            f"Remove the collection {collection} there.",
        ) from failure
