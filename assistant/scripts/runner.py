"""Holding scripted conversations, each over a library of its own in a temporary folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, MatineeError
from assistant.scripts.format import Script
from assistant.scripts.loading import read
from assistant.scripts.parts import Parts, ScriptWorkspace
from assistant.scripts.reports import ScriptReport
from assistant.scripts.session import Session
from assistant.types import Interaction

log = logging.getLogger(__name__)


class Runner:
    """Holds scripts, one after another. What is slow to load is loaded for the first alone.

    Args:
        cancel: stops the script that is being held.
    """

    def __init__(self, cancel: CancelToken | None = None) -> None:
        self._cancel = cancel or CancelToken()
        self._parts = Parts()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._parts.close()

    def run(self, script: Script) -> ScriptReport:
        """Hold a conversation and check what its script expects.

        Raises:
            Cancelled: it was stopped.
        """
        began = time.monotonic()
        error = ""
        steps = []
        try:
            with ScriptWorkspace(script, self._parts) as workspace:
                _fill(script, workspace)
                session = Session(workspace, self._cancel)
                steps = [session.take(step) for step in script.turns]
        except MatineeError as problem:
            error = str(problem)
        except Cancelled:
            raise
        except Exception as bug:  # it is reported, and the other scripts are held all the same
            log.exception("a script crashed")
            error = f"{type(bug).__name__}: {bug}\nThis is a bug of Matinee; the log has more."
        return ScriptReport(script, tuple(steps), time.monotonic() - began, error)


def run(path: Path) -> ScriptReport:
    """Hold the conversation of a file that has no cases.

    Raises:
        ScriptError: the file is no script, or one of several cases.
    """
    [script] = read(path)
    with Runner() as runner:
        return runner.run(script)


def _fill(script: Script, workspace: ScriptWorkspace) -> None:
    """Make the script's library. The starter library is there already."""
    if script.library != "starter":
        from store.ingest import ingest
        from store.library import Library

        with Library.open(workspace.locations.library) as library:
            ingest(_records(script), library, workspace.embedder)
    workspace.library.add_interactions(
        Interaction(video_id=entry.id, signal=entry.signal, rating=entry.rating, at=entry.at)
        for entry in script.history
    )


def _records(script: Script) -> Iterator[Any]:
    if script.library == "inline":
        yield from script.videos
        return
    from assistant.importers import recognise

    source = (script.path.parent / script.library).resolve()
    yield from recognise(source).read(source)
