"""The file in which a map is kept, beside the library: it can be made anew at any time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import durable

if TYPE_CHECKING:
    from store.map.projection import Points

MAP = "map.npz"
_VERSION = 1
"""Of what is in it. One of another is made anew."""


@dataclass(frozen=True, slots=True)
class LibraryMap:
    """Where each video lies."""

    library: str
    """The identity of the library that it was made from."""
    model: str
    """The key of the embedding model."""
    ids: tuple[str, ...]
    points: Points
    """Of each, shape (n, 2), from −1 to 1."""
    made_at: datetime


def map_file(library: Path) -> Path:
    """Where the map of the library at that path is kept."""
    return library.parent / MAP


def save(path: Path, kept: LibraryMap) -> None:
    """Keep a map in place of the one before it, for its owner alone.

    Raises:
        OSError: it cannot be written.
    """
    import numpy as np

    head = "\n".join((kept.library, kept.model, kept.made_at.isoformat(), *kept.ids))
    content = io.BytesIO()
    np.savez_compressed(
        content,
        version=np.array([_VERSION]),
        text=np.frombuffer(head.encode(), np.uint8),  # no id has a line break in it
        points=kept.points,
    )
    durable.write(path, content.getvalue())


def load(path: Path) -> LibraryMap | None:
    """The map that is kept there; None where there is none that can be read."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            if file["version"].tolist() != [_VERSION]:
                return None
            text, points = file["text"].tobytes().decode(), file["points"]
        library, model, made_at, *ids = text.split("\n")
        if points.shape != (len(ids), 2) or not np.isfinite(points).all():
            return None
        moment = datetime.fromisoformat(made_at).astimezone(UTC)
        return LibraryMap(library, model, tuple(ids), points.astype(np.float32), moment)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
