"""Laying out the map of the library."""

from __future__ import annotations

import os
from contextlib import suppress

from assistant.cancel import CancelToken
from assistant.engine.jobs.areas import works
from assistant.engine.jobs.core import JobCore
from assistant.engine.protocol.taste import MakeMap, MapMade
from assistant.errors import StoreError
from assistant.narrator import Narrator

LOWEST = 19
"""Nobody waits for a map."""


@works(MakeMap)
def make_map(job: JobCore, _: MakeMap, cancel: CancelToken) -> MapMade:
    """Lay out all videos that have a vector of the model in force.

    Raises:
        MatineeError: the library cannot be read, or there is no embedding model.
        StoreError: the map cannot be written.
        Cancelled: it was stopped; the map that was there stays.
    """
    from store.embedder import model_key
    from store.map import make, map_file, save

    with suppress(OSError):
        os.nice(LOWEST)
    made = make(job.library, model_key(job.settings.embedding), _Steps(job.narrator, cancel))
    path = map_file(job.library.path)
    try:
        save(path, made)
    except OSError as error:
        raise StoreError(
            "The map cannot be kept.", f"{path}: {error.strerror or error}", "Make room for it."
        ) from error
    return MapMade(videos=len(made.ids))


class _Steps:
    """Tells a narrator how far the map is, and stops it when that is wanted."""

    def __init__(self, narrator: Narrator, cancel: CancelToken) -> None:
        self._narrator = narrator
        self._cancel = cancel
        self._stage, self._done = "", 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._cancel.check()
        if stage != self._stage:
            self._stage, self._done = stage, 0
            self._narrator.stage(stage, total or None)
        if done > self._done:
            self._narrator.advance(done - self._done)
            self._done = done
