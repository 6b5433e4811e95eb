from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from store.index import Index
from store.library import Library
from tests.store.index.making import MODEL, Stages, fill, nearest, opened, units, video

# --- one at a time -----------------------------------------------------------------------------


def test_it_is_open_once(folder: Path, index: Index) -> None:
    assert Index.open(folder, MODEL) is None
    assert Index.open(folder, "another-model") is None
    index.close()
    again = Index.open(folder, MODEL)
    assert again is not None
    again.close()
    index.close()  # twice does no harm, and frees nobody else's lock


def test_another_process_cannot_open_it(folder: Path, index: Index) -> None:
    program = (
        "import sys; from pathlib import Path; from store.index import Index\n"
        "sys.exit(Index.open(Path(sys.argv[1]), 'm') is not None)"
    )
    command = [sys.executable, "-c", program, str(folder)]
    assert subprocess.run(command, check=False).returncode == 0
    index.close()
    assert subprocess.run(command, check=False).returncode == 1


def test_opening_loads_no_chroma(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from store.index import Index\n"
        "index = Index.open(Path(sys.argv[1]), 'm'); index.query(None, 5)\n"
        "sys.exit('chromadb' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True)


def test_its_folder_is_private(folder: Path, index: Index) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700


# --- in step with the library ------------------------------------------------------------------


def test_it_finds_what_the_library_holds(library: Library, index: Index) -> None:
    vectors = fill(library, 40)
    stages = Stages()
    assert index.sync(library, stages) == 40
    assert stages.seen == [("indexing", 40)]
    assert stages.steps == index.count() == 40
    hits = index.query(vectors[7], 40)
    assert len(hits) == 40
    assert hits[0][0] == "t:7"
    similarities = dict(zip((f"t:{n}" for n in range(40)), vectors @ vectors[7], strict=True))
    for id_, similarity in hits:
        assert similarity == pytest.approx(similarities[id_], abs=1e-5)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert len(index.query(vectors[7], 3)) == 3
    assert index.query(vectors[7], 0) == []


def test_it_is_empty_before_the_first_sync(library: Library, index: Index) -> None:
    assert (index.count(), index.query(np.ones(64, np.float32), 5)) == (0, [])
    assert index.sync(library) == 0
    assert (index.count(), index.query(np.ones(64, np.float32), 5)) == (0, [])


def test_it_follows_changes_and_removals(library: Library, index: Index) -> None:
    vectors = fill(library, 20)
    index.sync(library)
    assert index.sync(library) == 0

    library.remove_videos(["t:3"])
    library.put_videos([video(4, "lighthouse")])  # its vector is dropped until made anew
    new = units(1, seed=9)
    library.put_vectors(MODEL, ["t:5"], new)
    assert index.sync(library) == 3
    assert index.count() == 18
    assert nearest(index, new[0]) == "t:5"
    assert not {"t:3", "t:4"} & {id_ for id_, _ in index.query(vectors[3], 20)}


def test_it_goes_on_where_it_was(library: Library, folder: Path) -> None:
    vectors = fill(library, 30)
    index = opened(folder)
    index.sync(library)
    index.close()
    library.put_videos([video(99)])
    library.put_vectors(MODEL, ["t:99"], units(1, seed=9))
    index = opened(folder)
    assert index.count() == 30
    assert nearest(index, vectors[3]) == "t:3"
    assert index.sync(library) == 1
    index.close()


def test_another_library_makes_it_anew(library: Library, index: Index, tmp_path: Path) -> None:
    fill(library, 10)
    index.sync(library)
    with Library.open(tmp_path / "other.db") as other:
        other.put_videos([video(50)])
        other.put_vectors(MODEL, ["t:50"], units(1, seed=9))
        assert index.sync(other) == 1
        assert (index.count(), nearest(index, np.ones(64, np.float32))) == (1, "t:50")


def test_a_library_put_back_to_an_earlier_state_makes_it_anew(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        fill(library, 5)
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        backup = path.read_bytes()
        fill(library, 12)
        index = opened(folder)
        assert index.sync(library) == 12
    path.write_bytes(backup)
    with Library.open(path) as library:
        assert index.sync(library) == 5
        assert index.count() == 5
    index.close()


def test_rebuilding(library: Library, index: Index, folder: Path) -> None:
    vectors = fill(library, 15)
    index.sync(library)
    assert index.rebuild(library) == 15
    assert nearest(index, vectors[2]) == "t:2"
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 1


def test_models_have_an_index_each(library: Library, folder: Path) -> None:
    vectors = fill(library, 5)
    library.put_vectors("other", ["t:1"], units(1, dimension=8))
    index = opened(folder)
    index.sync(library)
    index.close()
    other = Index.open(folder, "other")
    assert other is not None
    assert other.sync(library) == 1
    assert other.query(np.ones(8, np.float32), 5)[0][0] == "t:1"
    other.close()
    index = opened(folder)
    assert (index.count(), nearest(index, vectors[2])) == (5, "t:2")
    index.close()


def test_a_missing_vector_is_noticed_at_the_next_change(library: Library, index: Index) -> None:
    vectors = fill(library, 10)
    index.sync(library)
    index._holding.collection().remove(["t:6"])
    library.put_vectors(MODEL, ["t:0"], vectors[:1])
    stages = Stages()
    index.sync(library, stages)
    assert stages.seen == [("making the index anew", 10)]
    assert index.count() == stages.steps == 10
    assert nearest(index, vectors[6]) == "t:6"
    told = "The index was incomplete (9 of 10 videos): made anew from the library (10 videos)."
    assert index.news() == [told]


def test_what_is_put_in_is_private(library: Library, folder: Path) -> None:
    fill(library, 1_200)
    before = os.umask(0)
    try:
        index = opened(folder)
        index.sync(library)
        index.close()
    finally:
        os.umask(before)
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_progress_is_told(library: Library, folder: Path) -> None:
    fill(library, 600)
    index, stages = opened(folder), Stages()
    index.sync(library, stages)
    assert (stages.seen, stages.steps) == ([("indexing", 600)], 600)
    library.put_videos([video(601)])
    library.put_vectors(MODEL, ["t:601"], units(1, seed=9))
    stages = Stages()
    assert index.sync(library, stages) == 1
    assert stages.seen == []
    index.close()
