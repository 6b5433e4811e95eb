"""What a backup is: a zip with the library and a manifest in it, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from assistant.errors import StoreError

LIBRARY = "library.db"
MANIFEST = "manifest.json"
VERSION = 1
"""Of the layout. A greater one means that this program would misread it."""
LONGEST_MANIFEST = 64 * 1024


class Counts(BaseModel):
    """How much of what a person would miss a library holds."""

    model_config = ConfigDict(frozen=True)

    videos: Annotated[int, Field(ge=0)]
    signals: Annotated[int, Field(ge=0)]
    sessions: Annotated[int, Field(ge=0)]
    preferences: Annotated[int, Field(ge=0)] = 0
    """What the person said about themselves; a backup of before there were any says nothing."""

    def __str__(self) -> str:
        told = [_of(self.videos, "video"), _of(self.signals, "signal")]
        told.append(_of(self.sessions, "session"))
        if self.preferences:
            told.append(_of(self.preferences, "preference"))
        return f"{', '.join(told[:-1])} and {told[-1]}"


class Format(BaseModel):
    """The part of a manifest that every version has."""

    model_config = ConfigDict(frozen=True)

    format: Literal["matinee-backup"] = "matinee-backup"
    version: Annotated[int, Field(ge=1)] = VERSION


class Manifest(Format):
    """What a backup says of itself. Whoever reads one checks it."""

    matinee: str
    """The version of the program that wrote it."""
    schema_version: Annotated[int, Field(ge=1)]
    """Of the library: the number of its last migration."""
    made: AwareDatetime
    size: Annotated[int, Field(gt=0)]
    """Of the library, in bytes."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Of the library, in hexadecimal."""
    counts: Counts


class NoBackupError(StoreError):
    """A file is no backup, or one that is damaged, or one that says what cannot be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            "This is no backup that can be restored.",
            f"{path}: {why}.",
            "Nothing was changed. Give a file that `matinee backup` has written.",
        )


def _of(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
