"""A sound library in the place of a damaged one."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from store import durable
from store.library.checks import ForeignLibraryError
from store.library.connection import in_the_way, suspect_file
from store.library.replace import finish_replacing, replace_library
from store.recovery.examination import problem_of
from store.recovery.places import damaged_folder, has_snapshots, work_folder
from store.recovery.rebuild import Outcome, Rebuilding
from store.recovery.salvage import Salvage
from store.recovery.telling import sentences
from store.reporting import Reporter, Silent
from store.snapshots import Snapshots

log = logging.getLogger(__name__)

DAMAGED_KEPT = 2
"""So many damaged files are kept, the newest."""


def mend(path: Path, say: Callable[[str], None], reporter: Reporter | None) -> None:
    """Look at the library at `path` and, if something is wrong, put a sound one in its place.

    Args:
        path: the library file. Nobody has it open, and the caller holds its lock alone.
        say: is told what was wrong and what became of it; nothing when nothing was.
        reporter: is told of the progress.

    Raises:
        StoreError: it is not for this program to mend, or there is no room.
    """
    finish_replacing(path)
    try:
        problem = problem_of(path)
    except ForeignLibraryError:
        if not has_snapshots(path):
            raise
        problem = "in its place is the database of another program"
    work, aside = work_folder(path), damaged_folder(path) / _now()
    shutil.rmtree(work, ignore_errors=True)  # left by one who was killed
    if problem is None:
        suspect_file(path).unlink(missing_ok=True)
        return
    log.warning("mending the library: %s", problem)
    try:
        work.mkdir(mode=durable.PRIVATE_FOLDER)
        outcome = _rebuilt(path, work, reporter or Silent())
        replace_library(path, work / path.name, aside)
        _keep_newest(aside.parent)
    except OSError as error:
        raise in_the_way(
            error, path, "The library cannot be mended.", "It is as it was. Try again."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for sentence in sentences(problem, outcome, aside if aside.exists() else None):
        say(sentence)


def _rebuilt(path: Path, work: Path, reporter: Reporter) -> Outcome:
    """Make a new library in `work` of what is left of the one at `path`."""
    snapshots = Snapshots.of(path)
    if not path.exists():
        return Rebuilding(None, snapshots, work, reporter).run(work / path.name)
    with Salvage(path) as damaged:
        return Rebuilding(damaged, snapshots, work, reporter).run(work / path.name)


def _keep_newest(folder: Path) -> None:
    """Remove all but the newest of the damaged libraries."""
    if folder.exists():
        for old in sorted(folder.iterdir())[:-DAMAGED_KEPT]:
            shutil.rmtree(old)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}"
