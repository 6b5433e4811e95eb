"""A disk that is full, and one that cannot be written to."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from store.index import Index, IndexUnusableError
from store.ingest import embed_missing
from store.library import Library
from store.vectors import Searcher
from tests.store.index.damaging import COUNT, Home, sound
from tests.store.index.making import MODEL, fill, opened, video
from tests.toys import ToyEmbedder

Mount = Callable[[int], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a disk of so many megabytes."""
    with ExitStack() as mounted:

        def mount(megabytes: int) -> Path:
            folder = tmp_path / "disk"
            folder.mkdir()
            command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
            if subprocess.run(command, check=False, capture_output=True).returncode:
                pytest.skip("SKIPPED LOUDLY: nothing can be mounted here")
            mounted.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
            return folder

        yield mount


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def scans(searcher: Searcher, home: Home) -> bool:
    """Whether the right answers come, by comparing every vector."""
    found = [searcher.search(home.vectors[row], 1)[0][0] for row in (0, 700, COUNT - 1)]
    return found == ["t:0", "t:700", f"t:{COUNT - 1}"] and searcher.method == "scan"


def test_a_full_disk_while_the_index_is_made(home: Home, disk: Mount) -> None:
    folder = disk(1) / "index"
    searcher = Searcher(home.library, MODEL, opened(folder))
    searcher.refresh()
    assert scans(searcher, home)
    assert searcher.problem is not None
    assert searcher.problem.title == "The index cannot be written: the disk is full."
    [told] = searcher.news()
    assert str(folder) in told
    assert "Make room" in told
    searcher.refresh()  # a moment later it is not tried again
    assert searcher.news() == []
    searcher.close()

    remount(folder.parent, "size=100m")
    assert sound(folder, home) == []


def test_a_full_disk_is_tried_again_by_and_by(
    home: Home, disk: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.condition._PAUSE_S", 0)
    folder = disk(1) / "index"
    searcher = Searcher(home.library, MODEL, opened(folder))
    searcher.refresh()
    assert scans(searcher, home)
    remount(folder.parent, "size=100m")
    searcher.refresh()
    assert searcher.problem is None
    searcher.search(home.vectors[0], 1)
    assert searcher.method == "index"
    searcher.close()


def test_an_import_goes_on_without_the_index(library: Library, disk: Mount) -> None:
    index = opened(disk(1) / "index")
    fill(library, 2_000)
    library.put_videos(video(number) for number in range(2_000, 2_010))
    assert embed_missing(library, ToyEmbedder(MODEL), index) == 10
    assert index.problem is not None
    assert library.missing_vectors(MODEL) == []
    index.close()


def test_not_even_the_state_can_be_written(home: Home, disk: Mount) -> None:
    folder = disk(1)
    with (folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4_096))
    searcher = Searcher(home.library, MODEL, Index.open(folder / "index", MODEL))
    searcher.refresh()
    assert scans(searcher, home)
    assert searcher.problem is not None
    assert "No space left on device" in searcher.problem.detail
    searcher.close()


def test_a_disk_that_cannot_be_written_to(home: Home, disk: Mount) -> None:
    folder = disk(50) / "index"
    shutil.copytree(home.healthy, folder)
    remount(folder.parent, "ro")
    searcher = Searcher(home.library, MODEL, opened(folder))
    for _ in range(2):
        searcher.refresh()
        assert scans(searcher, home)
    assert searcher.problem is not None
    assert searcher.problem.title == "The index cannot be used."
    [told] = searcher.news()
    assert "Read-only file system" in told
    searcher.close()
    remount(folder.parent, "rw")
    assert sound(folder, home) == []


def test_rebuilding_where_nothing_can_be_written_says_so(library: Library, disk: Mount) -> None:
    fill(library, 10)
    folder = disk(5)
    remount(folder, "ro")
    index = opened(folder / "index")
    with pytest.raises(IndexUnusableError) as caught:
        index.rebuild(library)
    assert caught.value.title == "The index cannot be used."
    assert index.count() == 0
    index.close()
