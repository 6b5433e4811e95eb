"""What the import page asks of the disk: which paths there are."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore, answers
from assistant.engine.protocol.importing import CompletePath, PathsCompleted

MOST_PATHS = 50
_MOST_LOOKED_AT = 20_000
"""Entries of one folder; of a larger one the rest is not offered."""


@answers(CompletePath)
def complete_path(_: DeskCore, request: CompletePath, cancel: CancelToken) -> PathsCompleted:
    """The files and folders whose paths begin like this, folders first."""
    cancel.check()
    folder, _slash, beginning = request.typed.rpartition("/")
    where = Path(f"{folder}/").expanduser() if _slash else Path()
    found = sorted(_entries(where, beginning))
    stem = f"{folder}/" if _slash else ""
    paths = tuple(f"{stem}{name}{'' if is_file else '/'}" for is_file, _, name in found)
    return PathsCompleted(
        typed=request.typed, paths=paths[:MOST_PATHS], more=max(len(paths) - MOST_PATHS, 0)
    )


def _entries(folder: Path, beginning: str) -> list[tuple[bool, str, str]]:
    """(is a file, folded name, name) of what begins like this; hidden entries only if asked for."""
    wanted = beginning.casefold()
    try:
        with os.scandir(folder) as entries:
            return [
                (not entry.is_dir(), entry.name.casefold(), entry.name)
                for entry in islice(entries, _MOST_LOOKED_AT)
                if entry.name.casefold().startswith(wanted)
                and (beginning.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, ValueError, RuntimeError):
        return []
