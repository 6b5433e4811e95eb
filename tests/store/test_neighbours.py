from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.types import Video
from store import neighbours
from store.library import Library
from store.neighbours import nearest_videos
from store.unit import unit

MODEL = "toy"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as library:
        library.put_videos([Video(id=f"a:{n}", title=f"Video {n}") for n in range(30)])
        vectors = unit(np.random.default_rng(0).normal(size=(30, 8))).astype(np.float32)
        library.put_vectors(MODEL, [f"a:{n}" for n in range(29)], vectors[:29])
        yield library


def exact(library: Library, video_id: str) -> list[str]:
    ids, vectors = library.vectors(MODEL, library.vector_ids(MODEL))
    similarities = vectors @ vectors[ids.index(video_id)]
    ranked = [ids[row] for row in np.argsort(-similarities)]
    return [one for one in ranked if one != video_id]


def test_the_nearest_come_first_and_the_video_itself_does_not(library: Library) -> None:
    hits = nearest_videos(library, MODEL, "a:3", 5)
    assert [video_id for video_id, _ in hits] == exact(library, "a:3")[:5]
    assert [near for _, near in hits] == sorted((near for _, near in hits), reverse=True)


def test_a_library_of_many_pages(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_PAGE", 7)
    library.remove_videos(["a:5"])
    hits = nearest_videos(library, MODEL, "a:3", 5)
    assert [video_id for video_id, _ in hits] == exact(library, "a:3")[:5]


def test_nothing_is_near_to_a_video_without_a_vector(library: Library) -> None:
    assert nearest_videos(library, MODEL, "a:29", 5) == []
    assert nearest_videos(library, MODEL, "none:1", 5) == []


def test_no_more_than_there_are(library: Library) -> None:
    assert len(nearest_videos(library, MODEL, "a:3", 100)) == 28
