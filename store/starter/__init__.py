"""The library that a newcomer starts with: videos, and their vectors for the packaged model.

The facts are in the JSON Lines files beside this module; ``python -m store.starter.build`` makes
``vectors.npz`` from them and must be run whenever they change.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

from assistant.types import Video

if TYPE_CHECKING:
    from store.library import Library

VECTORS = "vectors.npz"


def videos() -> Iterator[Video]:
    """The starter videos, in the order of their files."""
    for file in sorted(resources.files(__name__).iterdir(), key=lambda item: item.name):
        if file.name.endswith(".jsonl"):
            for line in file.read_text("utf-8").splitlines():
                yield Video.model_validate_json(line)


def install(library: Library, model: str) -> int:
    """Fill an empty library with the starter videos, their keywords, and their vectors.

    The shipped vectors are used only for the model that they were made with, and only for videos
    whose text has not changed since; the rest is embedded like any other video.

    What the person removed stays removed.

    Args:
        library: where they go.
        model: the key of the embedding model in force.

    Returns:
        How many videos were added.
    """
    from store.ingest import add_keywords

    removed = {one.video.id for one in library.removed_videos()}
    library.put_videos(video for video in videos() if video.id not in removed)
    add_keywords(library)
    _put_vectors(library, model)
    return library.count()


def _put_vectors(library: Library, model: str) -> None:
    import numpy as np

    from store.library import content_hash
    from store.unit import unit

    with (resources.files(__name__) / VECTORS).open("rb") as file, np.load(file) as shipped:
        if str(shipped["model"]) != model:
            return
        ids, hashes = shipped["ids"].tolist(), shipped["hashes"].tolist()
        vectors = shipped["vectors"].astype(np.float32)
    hash_of = dict(zip(ids, hashes, strict=True))
    unchanged = {video.id for video in videos() if hash_of.get(video.id) == content_hash(video)}
    rows = [row for row, video_id in enumerate(ids) if video_id in unchanged]
    matrix = unit(vectors[rows])  # float16 has rounded their length
    library.put_vectors(model, [ids[row] for row in rows], matrix)
