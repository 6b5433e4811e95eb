"""Vectors as most programs make them: a video's title, description and tags as one text.

They are made once for a catalogue and kept beside it, some hundred at a time, so that it can be
stopped at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.evaluation.space import Space

if TYPE_CHECKING:
    from assistant.narrator import Narrator
    from assistant.types import Matrix, Video
    from store.embedder import Embedder
    from store.library import Library

NAME = "plain cosine, one text"
_BATCH = 256


def one_text(video: Video) -> str:
    """All that is said of a video. The model reads its beginning, if it is long."""
    return f"{video.title}. {video.description} {', '.join(video.tags)}"


def space_of_texts(
    library: Library,
    embedder: Embedder,
    candidates: frozenset[str] | None,
    folder: Path,
    narrator: Narrator,
) -> Space:
    """The videos of a library in these vectors.

    Args:
        library: its videos stay what they are.
        embedder: makes what is missing.
        candidates: the only videos that are ranked; None for all.
        folder: where the vectors are kept, for this library and this model alone.
        narrator: is told of the progress.
    """
    ids = library.ids()
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, len(ids), _BATCH)
    missing = [start for start in starts if not _file(folder, start).exists()]
    if missing:
        narrator.stage("embedding as one text", len(ids))
        narrator.advance(len(ids) - min(len(missing) * _BATCH, len(ids)))
    for start in missing:
        videos = list(library.get(ids[start : start + _BATCH]).values())
        _keep(_file(folder, start), embedder.encode_queries([one_text(one) for one in videos]))
        narrator.advance(len(videos))
    return Space(tuple(ids), _joined([_file(folder, start) for start in starts]), candidates)


def _file(folder: Path, start: int) -> Path:
    return folder / f"{start:08}.npy"


def _keep(file: Path, vectors: Matrix) -> None:
    part = file.with_suffix(".part")
    with part.open("wb") as opened:
        np.save(opened, vectors)
    part.replace(file)


def _joined(files: Sequence[Path]) -> Matrix:
    return np.concatenate([np.load(file) for file in files])
