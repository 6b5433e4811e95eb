from __future__ import annotations

import stat
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Cancelled, StoreError
from assistant.types import Video
from store.forget import Selection, What, forget
from store.library import Library
from store.map import LibraryMap, is_outdated, load, make, map_file, projection, save, with_new
from store.map.projection import ITERATIONS, place, project
from store.unit import unit

MODEL = "a-model"
GROUPS = 4


def nobody(stage: str, done: int, total: int) -> None:
    """Nobody is told."""


def grouped(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors in four groups, and the group of each."""
    chance = np.random.default_rng(seed)
    groups = np.arange(count) % GROUPS
    centres = np.eye(GROUPS, 16)[groups]
    noise = chance.standard_normal((count, 16)) * 0.15
    return unit((centres + noise).astype(np.float32)), groups


def purity(points: np.ndarray, groups: np.ndarray) -> float:
    """Of how many points the nearest other one is of the same group."""
    apart = np.square(points[:, None] - points[None]).sum(axis=-1)
    np.fill_diagonal(apart, np.inf)
    return float((groups[apart.argmin(axis=1)] == groups).mean())


def test_neighbours_stay_neighbours() -> None:
    vectors, groups = grouped(120)
    points = project(vectors, nobody)
    assert points.shape == (120, 2)
    assert points.dtype == np.float32
    np.testing.assert_allclose(points.min(axis=0), -1, atol=1e-5)
    np.testing.assert_allclose(points.max(axis=0), 1, atol=1e-5)
    assert purity(points, groups) > 0.95


def test_the_same_vectors_make_the_same_map() -> None:
    vectors, _ = grouped(60)
    np.testing.assert_array_equal(project(vectors, nobody), project(vectors, nobody))


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 6])
def test_a_handful_of_videos(count: int) -> None:
    points = project(grouped(count)[0], nobody)
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert (np.abs(points) <= 1 + 1e-6).all()


def test_the_same_video_over_and_over() -> None:
    points = project(np.repeat(grouped(1)[0], 20, axis=0), nobody)
    assert np.isfinite(points).all()


def test_of_more_than_are_laid_out_the_others_lie_among_their_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(projection, "MOST_LAID_OUT", 80)
    vectors, groups = grouped(200)
    points = project(vectors, nobody)
    assert np.isfinite(points).all()
    assert purity(points, groups) > 0.9


def test_a_video_lies_where_the_one_like_it_does() -> None:
    known = np.eye(8, dtype=np.float32)
    points = np.arange(16, dtype=np.float32).reshape(8, 2)
    np.testing.assert_allclose(place(known[3:4], known, points, nobody), points[3:4], atol=1e-4)
    assert place(known[:2], known[:0], points[:0], nobody).shape == (2, 2)


def test_it_is_told_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[str, int, int]] = []
    project(grouped(60)[0], lambda *step: told.append(step))
    laid_out = [done for stage, done, total in told if stage == "laying out videos"]
    assert laid_out == sorted(laid_out)
    assert len(laid_out) > 5
    assert laid_out[-1] == ITERATIONS

    def stop(stage: str, done: int, total: int) -> None:
        if done >= ITERATIONS // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        project(grouped(60)[0], stop)


# --- kept ----------------------------------------------------------------------------------------


def put(library: Library, numbers: Iterable[int]) -> list[str]:
    ids = [f"v:{number}" for number in numbers]
    library.put_videos([Video(id=video_id, title=video_id) for video_id in ids])
    library.put_vectors(MODEL, ids, grouped(200)[0][list(numbers)])
    return ids


def test_a_map_is_kept_for_its_owner_alone(library: Library) -> None:
    ids = put(library, range(30))
    made = make(library, MODEL, nobody)
    path = map_file(library.path)
    save(path, made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = load(path)
    assert kept is not None
    assert (kept.library, kept.model) == (library.identity(), MODEL)
    assert kept.made_at == made.made_at
    assert set(kept.ids) == set(ids)
    np.testing.assert_array_equal(kept.points, made.points)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x93NUMPY" + b"\0" * 50])
def test_what_is_no_map_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "map.npz").write_bytes(content)
    assert load(tmp_path / "map.npz") is None
    assert load(tmp_path / "nothing.npz") is None


def test_a_map_whose_points_are_not_those_of_its_videos_is_none(tmp_path: Path) -> None:
    points = np.zeros((3, 2), np.float32)
    wrong = LibraryMap("x", MODEL, ("v:1", "v:2"), points, datetime.now(UTC))
    save(tmp_path / "map.npz", wrong)
    assert load(tmp_path / "map.npz") is None


def test_it_is_made_anew_when_some_videos_in_a_hundred_have_changed(library: Library) -> None:
    ids = put(library, range(100))
    made = make(library, MODEL, nobody)
    assert is_outdated(None, ids, MODEL)
    assert not is_outdated(None, [], MODEL)
    assert is_outdated(made, ids, "another")
    assert not is_outdated(made, ids, MODEL)
    assert not is_outdated(made, [*ids, *(f"new:{number}" for number in range(5))], MODEL)
    assert is_outdated(made, [*ids, *(f"new:{number}" for number in range(6))], MODEL)
    assert is_outdated(made, ids[:90], MODEL)


def test_new_videos_are_placed_and_those_gone_left_out(library: Library) -> None:
    groups = grouped(200)[1]
    put(library, range(80))
    made = make(library, MODEL, nobody)
    put(library, range(80, 100))
    library.remove_videos([f"v:{number}" for number in range(10)])
    now = with_new(made, library)
    assert set(now.ids) == {f"v:{number}" for number in range(10, 100)}
    assert len(now.points) == 90
    numbers = [int(video_id.removeprefix("v:")) for video_id in now.ids]
    assert purity(now.points, groups[numbers]) > 0.9
    before = dict(zip(made.ids, made.points.tolist(), strict=True))
    after = dict(zip(now.ids, now.points.tolist(), strict=True))
    assert all(before[one] == after[one] for one in before.keys() & after.keys())


def test_forgetting_leaves_no_map(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.db"
    with Library.open(path) as library:
        put(library, range(10))
        save(map_file(path), make(library, MODEL, nobody))
    assert forget(path, Selection(What.VIDEOS, ids=("v:3",)), index=path.parent / "index").map
    assert not map_file(path).exists()


def test_a_library_without_vectors_has_none_and_says_what_to_do(library: Library) -> None:
    with pytest.raises(StoreError, match="no video has been embedded") as told:
        make(library, "another model", nobody)
    assert "reindex" in told.value.hint
