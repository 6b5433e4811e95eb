"""What work that was interrupted left in the data folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.doctor.context import SCRATCH
from assistant.doctor.findings import Finding, Repair, ok, warning
from assistant.doctor.wording import counted, named

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.doctor.context import Context

_UNFINISHED = ("library.db.making*", "*.new", "index/*.new", "recovering", f"{SCRATCH}*")
"""Files that were to be renamed when they were done, and the doctor's own copies."""
_SETTLED_S = 600.0
"""What was not written to for so long, nobody is writing."""


def leftovers(context: Context) -> Iterator[Finding]:
    """Whether something waits to be finished, or was never done."""
    from store.library.connection import suspect_file
    from store.library.replace import replacing

    library = context.locations.library
    waits = replacing(library)
    suspect = suspect_file(library).exists()
    files = [str(file) for file in _unfinished(library)]
    if waits:
        yield warning(
            "another library was being put in place: the next start finishes that",
            repair=Repair.LIBRARY,
        )
    if suspect:
        yield warning(
            "the library was found to be damaged: the next start looks at all of it",
            repair=Repair.LIBRARY,
        )
    if files:
        yield warning(
            f"{counted(len(files), 'unfinished file')}: {named(files)}", repair=Repair.LEFTOVERS
        )
    if not (waits or suspect or files):
        yield ok("nothing was left unfinished")


def clear_leftovers(context: Context) -> str:
    """Remove files that were never finished: what they were to replace is still there.

    Raises:
        OSError: one cannot be removed.
    """
    from store.index.files import remove

    files = list(_unfinished(context.locations.library))
    for file in files:
        remove(file)
    return f"{counted(len(files), 'unfinished file')} removed"


def _unfinished(library: Path) -> Iterator[Path]:
    """The files that nobody finishes any more. Never a library that is to be put in place."""
    settled = time.time() - _SETTLED_S
    to_be_put_in_place = library.with_name(f"{library.name}.new")
    for file in (file for pattern in _UNFINISHED for file in library.parent.glob(pattern)):
        with suppress(FileNotFoundError):
            if file != to_be_put_in_place and file.stat().st_mtime < settled:
                yield file
