from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.types import Video
from store.library import Library

if TYPE_CHECKING:
    from assistant.types import Matrix

IDS = [f"test:{number}" for number in range(6)]


def videos(title: str = "A video") -> list[Video]:
    return [Video(id=id_, title=title) for id_ in IDS]


def units(count: int, seed: int = 0) -> Matrix:
    rows = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_videos(videos())
    return library


def test_vectors_come_back_in_the_order_asked(filled: Library) -> None:
    vectors = units(3)
    assert filled.put_vectors("m", IDS[:3], vectors) == 3
    ids, found = filled.vectors("m", [IDS[2], "test:none", IDS[5], IDS[0], IDS[2]])
    assert ids == [IDS[2], IDS[0]]
    np.testing.assert_array_equal(found, vectors[[2, 0]])
    assert found.dtype == np.float32
    assert found.flags.writeable


def test_no_vectors_have_the_right_shape(filled: Library) -> None:
    assert filled.vectors("m", IDS)[1].shape == (0, 0)
    filled.put_vectors("m", IDS[:1], units(1))
    assert filled.vectors("m", [])[1].shape == (0, 8)


def test_models_are_kept_apart(filled: Library) -> None:
    filled.put_vectors("a", IDS[:2], units(2))
    filled.put_vectors("b", IDS[1:4], units(3))
    assert filled.vector_count("a") == 2
    assert filled.vector_ids("b") == IDS[1:4]
    assert sorted(filled.vector_models()) == ["a", "b"]
    assert sorted(filled.missing_vectors("a")) == IDS[2:]
    assert sorted(filled.missing_vectors("c")) == IDS


def test_rows_and_ids_must_agree(filled: Library) -> None:
    with pytest.raises(ValueError, match="2 ids"):
        filled.put_vectors("m", IDS[:2], units(3))


def test_a_video_that_changed_meanwhile_gets_no_outdated_vector(filled: Library) -> None:
    version = filled.data_version()
    filled.put_videos([Video(id=IDS[0], title="Changed while it was being embedded")])
    filled.remove_videos([IDS[1]])
    assert filled.put_vectors("m", IDS[:3], units(3), as_of=version) == 1
    assert filled.vector_ids("m") == [IDS[2]]
    assert filled.put_vectors("m", IDS[:2], units(2)) == 1


def test_changes_are_told_in_order_and_once(filled: Library) -> None:
    assert not filled.vector_changes("m", 0, 10)
    filled.put_vectors("m", IDS[:4], units(4))
    first = filled.vector_changes("m", 0, 3)
    second = filled.vector_changes("m", first.revision, 3)
    assert (first.ids, second.ids) == (IDS[:3], IDS[3:4])
    assert not filled.vector_changes("m", second.revision, 3)

    filled.put_videos([Video(id=IDS[0], title="Changed")])
    filled.remove_videos([IDS[1]])
    filled.put_vectors("m", [IDS[2]], units(1, seed=5))
    last = filled.vector_changes("m", second.revision, 10)
    assert last.ids == [IDS[2]]
    assert last.removed_ids == [IDS[0], IDS[1]]

    filled.put_vectors("m", [IDS[0]], units(1))  # it is back: no longer told as removed
    last = filled.vector_changes("m", second.revision, 10)
    assert (last.ids, last.removed_ids) == ([IDS[2], IDS[0]], [IDS[1]])


def test_whoever_follows_the_changes_holds_what_the_library_holds(tmp_path: Path) -> None:
    """A follower that stops anywhere between the writes of another process misses nothing."""
    random_ = random.Random(5)
    path = tmp_path / "library.db"
    held: dict[str, bytes] = {}
    revision = 0
    with Library.open(path) as writer, Library.open(path) as follower:
        for step in range(300):
            id_ = random_.choice(IDS)
            match random_.randrange(4):
                case 0:
                    writer.put_videos([Video(id=id_, title=f"Title {random_.randrange(3)}")])
                case 1:
                    writer.remove_videos([id_])
                case _:
                    writer.put_vectors(random_.choice("mn"), [id_], units(1, seed=step))
            if random_.random() < 0.5:
                changes = follower.vector_changes("m", revision, random_.choice((1, 2, 50)))
                revision = changes.revision
                held.update(zip(changes.ids, map(np.ndarray.tobytes, changes.vectors), strict=True))
                for gone in changes.removed_ids:
                    held.pop(gone, None)
        while changes := follower.vector_changes("m", revision, 2):
            revision = changes.revision
            held.update(zip(changes.ids, map(np.ndarray.tobytes, changes.vectors), strict=True))
            for gone in changes.removed_ids:
                held.pop(gone, None)
        ids, vectors = writer.vectors("m", IDS)
        assert held == dict(zip(ids, map(np.ndarray.tobytes, vectors), strict=True))
        assert held
