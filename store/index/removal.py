"""Removing the index of a folder, for good."""

from __future__ import annotations

from pathlib import Path

from store.index.errors import in_other_hands, unusable_folder
from store.index.files import remove
from store.index.lock import LOCK, IndexLock
from store.index.server import remove_from_server
from store.index.state import indexed_models, read_state


def remove_index(folder: Path) -> None:
    """Remove all that the index of any model holds, what was set aside and what a server has too.

    Raises:
        IndexUnusableError: another process has it open, a file cannot be removed, or a server
            does not answer; what is in the folder is removed all the same then.
    """
    if not folder.exists():
        return
    try:
        lock = IndexLock.take_on(folder)
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
            if state is not None:
                remove_from_server(state)
    except OSError as error:
        raise unusable_folder(folder, error) from error
    finally:
        lock.release()
