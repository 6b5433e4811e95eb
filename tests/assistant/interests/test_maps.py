from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.interests import maps
from assistant.interests.maps import map_for, needs_map
from assistant.interests.nearness import NONE, joined_interests, nearest_interests
from assistant.interests.reading import Source, taste_of
from assistant.settings import EmbeddingSettings, RecommendSettings
from assistant.types import Interest
from store.embedder import model_key
from store.library import Library
from store.map import load, map_file, save
from tests.assistant.tui.taste.support import fill


def interest(*vector: float) -> Interest:
    return Interest("x", (), np.array(vector, np.float32), 1.0, ())


def source_of(library: Library) -> Source:
    return Source(library, model_key(EmbeddingSettings()), RecommendSettings())


def test_a_video_is_near_to_the_interest_that_it_would_join() -> None:
    vectors = np.array([[1, 0, 0], [0.6, 0.8, 0], [0.4, 0, 0.9165]], np.float32)
    interests = [interest(1, 0, 0), interest(0, 1, 0)]
    assert joined_interests(vectors, interests).tolist() == [0, 1, NONE]
    assert joined_interests(vectors, []).tolist() == [NONE] * 3
    assert joined_interests(vectors[:0], interests).tolist() == []


def test_a_pick_is_near_to_what_it_is_nearer_to_than_the_library_is() -> None:
    chance = np.random.default_rng(0)
    background = chance.standard_normal((200, 8)).astype(np.float32)
    background /= np.linalg.norm(background, axis=1, keepdims=True)
    axes = np.eye(8, dtype=np.float32)
    interests = [interest(*axes[0]), interest(*axes[1])]
    assert nearest_interests(axes[:3], interests, background).tolist() == [0, 1, NONE]
    assert nearest_interests(axes[:2], interests, background[:0]).tolist() == [NONE] * 2


def test_the_map_tells_what_is_near_and_what_was_seen(tmp_path: Path) -> None:
    fill(tmp_path)
    with Library.open(tmp_path / "library.db") as library:
        source = source_of(library)
        shown = map_for(source, taste_of(source))
        assert shown is not None
        assert not shown.outdated
        assert not needs_map(source)
        points, near, seen = shown.arrays()
        kept = load(map_file(library.path))
    assert kept is not None
    np.testing.assert_array_equal(points, kept.points)
    assert shown.ids == kept.ids
    assert near.tolist() == [0] * 10 + [1] * 10 + [2] * 10 + [NONE] * 10
    assert [shown.ids[row] for row in np.flatnonzero(seen)] == [
        *(f"t:astronomy-{number}" for number in range(6)),
        *(f"t:cooking-{number}" for number in range(4)),
        *(f"t:jazz-{number}" for number in range(3)),
    ]


def test_of_a_large_library_what_was_seen_is_always_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST_SHOWN", 20)
    fill(tmp_path)
    with Library.open(tmp_path / "library.db") as library:
        source = source_of(library)
        shown = map_for(source, taste_of(source))
    assert shown is not None
    assert (len(shown.ids), shown.videos) == (20, 40)
    assert shown.arrays()[2].sum() == 13


def test_a_map_of_another_library_or_model_is_none(tmp_path: Path) -> None:
    fill(tmp_path)
    with Library.open(tmp_path / "library.db") as library:
        source = source_of(library)
        kept = load(map_file(library.path))
        assert kept is not None
        for other in (replace(kept, library="another"), replace(kept, model="another")):
            save(map_file(library.path), other)
            assert map_for(source, taste_of(source)) is None
            assert needs_map(source)


def test_an_empty_library_needs_no_map(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        assert not needs_map(source_of(library))
        assert map_for(source_of(library), taste_of(source_of(library))) is None
