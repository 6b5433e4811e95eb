"""The map of the library as a viewer sees it: near to which interest, and whether it was seen."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.types import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.interests.reading import Source
    from assistant.types import Taste
    from store.map import LibraryMap

MOST_SHOWN = 20_000
"""Videos. Of more, those that were seen and a fixed sample of the others are shown."""
_SEED = 0


class ViewerMap(Value):
    """Where each video lies, and what it is to the viewer."""

    ids: tuple[str, ...]
    points: str
    """float32 in base64, two for each video, each from −1 to 1."""
    near: str
    """int8 in base64, one for each: the place of the interest that it is near to
    (`Interest.place`), −1 where there is none."""
    seen: str
    """int8 in base64: 1 for what is not recommended, for it was watched, liked, rated or hidden."""
    videos: int
    """How many there are in all."""
    made_at: datetime
    outdated: bool
    """Whether so much has changed that it is to be made anew."""

    def arrays(self) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.bool_]]:
        """The points, shape (n, 2); the places, and what was seen, shape (n,) each."""
        import numpy as np

        points = np.frombuffer(b64decode(self.points), "<f4").reshape(-1, 2)
        near = np.frombuffer(b64decode(self.near), np.int8)
        return points, near, np.frombuffer(b64decode(self.seen), np.int8) == 1


def map_for(source: Source, taste: Taste) -> ViewerMap | None:
    """The map that is kept, in step with the library; None where there is none to be used.

    A video is near to an interest if it would be a part of it were it liked.
    """
    from store.map import is_outdated, load, map_file, with_new

    library = source.library
    kept = load(map_file(library.path))
    if kept is None or kept.model != source.model or kept.library != library.identity():
        return None
    outdated = is_outdated(kept, library.vector_ids(source.model), source.model)
    return _seen_by(taste, with_new(kept, library), source, outdated=outdated)


def needs_map(source: Source) -> bool:
    """Whether there are enough videos for a map, and none of them as they are now."""
    from store.map import is_outdated, load, map_file

    kept = load(map_file(source.library.path))
    ids = source.library.vector_ids(source.model)
    other = kept is not None and kept.library != source.library.identity()
    return bool(ids) and (other or is_outdated(kept, ids, source.model))


def _seen_by(taste: Taste, kept: LibraryMap, source: Source, *, outdated: bool) -> ViewerMap:
    import numpy as np

    from assistant.interests.nearness import NONE, joined_interests
    from assistant.interests.report import all_interests

    seen = np.array([one in taste.excluded_ids for one in kept.ids], np.int8)
    rows = _shown(seen)
    ids = [kept.ids[row] for row in rows]
    interests = all_interests(taste)
    near = np.full(len(ids), NONE, np.int8)
    if interests:
        found, vectors = source.library.vectors(source.model, ids)
        joined = joined_interests(vectors, interests).tolist()
        labels = dict(zip(found, joined, strict=True))
        # a like is of its own interest, however far from the middle of it
        members = {video_id: one.place for one in interests for video_id in one.video_ids}
        near = np.array([members.get(one, labels.get(one, NONE)) for one in ids], np.int8)
    return ViewerMap(
        ids=tuple(ids),
        points=_encoded(kept.points[rows].astype("<f4")),
        near=_encoded(near),
        seen=_encoded(seen[rows]),
        videos=len(kept.ids),
        made_at=kept.made_at,
        outdated=outdated,
    )


def _shown(seen: NDArray[np.int8]) -> NDArray[np.intp]:
    """The rows to show: all of them, or what was seen and a sample of the rest."""
    import numpy as np

    order = np.random.default_rng(_SEED).permutation(len(seen))
    first = order[np.argsort(-seen[order], kind="stable")]
    return np.sort(first[:MOST_SHOWN])


def _encoded(values: NDArray[np.float32] | NDArray[np.int8]) -> str:
    return b64encode(values.tobytes()).decode()
