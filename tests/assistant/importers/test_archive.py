from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.importers import archive
from assistant.importers.archive import Archive, open_archive, start_of, whole
from assistant.importers.reading import Unreadable
from benchmarks.bad_input.bombs import overlapping
from tests.assistant.importers.sources import write_zip


def read(files: Archive, name: str) -> bytes | str:
    """What a file holds, or the reason why that cannot be known."""
    try:
        return whole(files, name)
    except Unreadable as error:
        return str(error)


def test_a_folder_a_zip_and_a_file_hold_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "x.CSV").write_bytes(b"1")
    (folder / "a" / ".hidden.csv").write_bytes(b"2")
    (folder / "y.txt").write_bytes(b"3")
    packed = write_zip(
        tmp_path / "x.zip", {"a/x.CSV": b"1", "__MACOSX/a/._x.csv": b"2", "y.txt": b"3"}
    )
    for path in (folder, packed):
        with open_archive(path, ".csv") as files:
            assert {name: read(files, name) for name in files.names} == {"a/x.CSV": b"1"}
    with open_archive(folder / "a" / "x.CSV", ".csv") as files:
        assert [whole(files, name) for name in files.names] == [b"1"]


def test_pieces_are_read_as_far_as_they_are_wanted(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(bytes(200_000))
    with open_archive(path) as files:
        assert [len(piece) for piece in files.pieces("x.csv")] == [65_536] * 3 + [3_392]
        assert len(start_of(files, "x.csv", 100_000)) == 100_000
        with pytest.raises(Unreadable, match="larger than 0 MB"):
            whole(files, "x.csv", 1_000)


def test_a_small_zip_of_large_members_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_RATIO_COUNTS_FROM", 3 * 2**20)
    path = write_zip(tmp_path / "x.zip", {f"{n}.csv": bytes(2**20) for n in range(5)})
    with open_archive(path, ".csv") as files:
        found = [read(files, name) for name in files.names]
    assert [len(one) for one in found[:3]] == [2**20] * 3
    assert found[3:] == ["is in a zip that unpacks to over 50 times its size"] * 2


def test_members_that_overlap_are_counted_as_often_as_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_RATIO_COUNTS_FROM", 3 * 2**20)
    path = overlapping(tmp_path, members=10, size=2**20)
    with open_archive(path, ".json") as files:
        [name] = files.names
        found = [read(files, name) for _ in range(4)]
    assert isinstance(found[2], bytes)
    assert isinstance(found[3], str)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_other_ways_are_not_unpacked(tmp_path: Path, packing: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", packing) as packed:
        packed.writestr("a.csv", b"x")
    with open_archive(path, ".csv") as files:
        assert read(files, "a.csv") == "is packed in a way that is not known"
        assert start_of(files, "a.csv") == b""


def test_a_damaged_member_gives_what_comes_before(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("a.csv", b"x" * 200_000)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"x" * 10, b"y" * 10, 1))
    with open_archive(path, ".csv") as files:
        assert read(files, "a.csv") == "is damaged or cut off from here on"
        assert len(start_of(files, "a.csv")) == 65_536
