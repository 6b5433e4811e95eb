"""What is noted beside a collection: what it has seen, and how it was left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.durable import PRIVATE_FILE, sync
from store.index.files import FileNote

_SUFFIX = ".json"
_SAFE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
"""It becomes part of a path, and somebody else may have written it."""


class Mark(StrEnum):
    """How a collection was left. Anything but clean means that its process was killed."""

    CLEAN = "clean"
    IN_USE = "in use"
    """Open, and only read."""
    WRITING = "writing"


class IndexState(BaseModel):
    """What is known of the collection of one embedding model."""

    model_config = ConfigDict(frozen=True)

    library: str
    """The identity of the library that it is derived from."""
    collection: str = Field(pattern=_SAFE_NAME)
    """Its name: of its folder, and in Chroma."""
    server: str | None = None
    """The address of the server that holds it; None for a folder of our own."""
    revision: int = 0
    """The last change of that library that it has seen."""
    count: int = 0
    """How many vectors it holds."""
    mark: Mark = Mark.CLEAN
    probed: bool = False
    """Whether it was probed since it was last used and left clean: nothing is probed twice."""
    files: Mapping[str, FileNote] = {}
    """Its files as they were when it was last left clean."""


def state_file(folder: Path, model: str) -> Path:
    """Where the state of the index of `model` is noted."""
    return folder / f"{model}{_SUFFIX}"


def read_state(folder: Path, model: str) -> IndexState | None:
    """What is noted; None when there is nothing, or nothing that can be read."""
    try:
        return IndexState.model_validate_json(state_file(folder, model).read_bytes())
    except (OSError, ValidationError):
        return None


def write_state(folder: Path, model: str, state: IndexState, *, durable: bool = False) -> None:
    """Note the state, so that a process that is killed leaves the old one or the new one, whole.

    Args:
        folder: the folder of the index.
        model: the key of the embedding model.
        state: what to note.
        durable: whether it must outlive a failure of power too, which costs some milliseconds.

    Raises:
        OSError: it cannot be written.
    """
    path = state_file(folder, model)
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(state.model_dump_json())
        file.flush()
        if durable:
            os.fsync(descriptor)
    new.replace(path)
    if durable:
        sync(folder)


def indexed_models(folder: Path) -> list[str]:
    """The keys of the embedding models that something is noted of, sorted."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}"))
