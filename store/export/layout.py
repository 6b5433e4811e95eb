"""The files of an export, and the manifest that says what they are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

MANIFEST = "manifest.json"
VERSION = 1
"""Of the layout. A greater one means that this program would misread it."""
_LONGEST_MANIFEST = 64 * 1024


class Format(StrEnum):
    """How a table is written down."""

    JSONL = "jsonl"
    CSV = "csv"


class Table(StrEnum):
    """What is exported. Videos and history are the whole; the others are for reading."""

    VIDEOS = "videos"
    HISTORY = "history"
    """Every signal, what was shown included."""
    RATINGS = "ratings"
    """The last rating of each video."""
    SAVED = "saved"
    """The videos saved for later, each once."""
    SESSIONS = "sessions"
    """What was asked and answered. JSON lines alone: a turn does not fit into a row."""
    PREFERENCES = "preferences"
    """What the person said about themselves. JSON lines alone, for the same reason."""
    INTERESTS = "interests"
    """What the person set for their interests. JSON lines alone."""

    def file(self, format_: Format) -> str:
        """The name of its file."""
        return f"{self}.{format_}"

    @property
    def formats(self) -> tuple[Format, ...]:
        """How it can be written down."""
        return tuple(Format) if self not in _NOT_FLAT else (Format.JSONL,)


_NOT_FLAT = frozenset({Table.SESSIONS, Table.PREFERENCES, Table.INTERESTS})

FILES = frozenset(table.file(format_) for table in Table for format_ in table.formats)
"""Every file that an export may have, but the manifest."""


class Manifest(BaseModel):
    """What an export holds."""

    model_config = ConfigDict(frozen=True)

    format: Literal["matinee-export"] = "matinee-export"
    version: Annotated[int, Field(ge=1)] = VERSION
    matinee: str
    """The version of the program that wrote it."""
    made: AwareDatetime
    formats: tuple[Format, ...]
    counts: Mapping[Table, int]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an export; None where there is none, or one that is not ours."""
    path = folder / MANIFEST
    try:
        if path.is_symlink() or not path.is_file():  # a link leads anywhere, a pipe is waited for
            return None
        with path.open("rb") as file:
            data = file.read(_LONGEST_MANIFEST + 1)
        return Manifest.model_validate_json(data) if len(data) <= _LONGEST_MANIFEST else None
    except (OSError, ValidationError):
        return None
