from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import tree
from assistant.importers.reading import MAX_RECORD_BYTES, Unreadable
from assistant.importers.tree import Tree, open_tree
from benchmarks.bad_input.bombs import overlapping


def read(files: Tree, name: str) -> bytes | str:
    """What a file holds, or the reason why that cannot be known."""
    try:
        return files.read(name)
    except Unreadable as error:
        return str(error)


def test_a_small_zip_of_many_large_members_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_RATIO_COUNTS_FROM", 4 * MAX_RECORD_BYTES)
    path = overlapping(tmp_path, members=100, size=MAX_RECORD_BYTES)
    assert path.stat().st_size < MAX_RECORD_BYTES // 100
    with open_tree(path) as files:
        found = [read(files, name) for name in files.names]
    assert sum(len(one) for one in found if isinstance(one, bytes)) == 4 * MAX_RECORD_BYTES
    assert found[4:] == ["is in a zip that unpacks to over 50 times its size"] * 96


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_other_ways_are_not_unpacked(tmp_path: Path, packing: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.json", b"{}")
    with open_tree(path) as files, pytest.raises(Unreadable, match="not known"):
        files.read("a.json")


def test_names_that_climb_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../etc/passwd.json", "/etc/passwd.json", "C:\\x.json", "~/x.json"]
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"{}")
    with open_tree(path) as files:
        assert [files.read(name) for name in files.names] == [b"{}"] * 4
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", range(0, 300, 7))
def test_a_zip_with_a_wrong_byte_is_read_or_has_a_reason(tmp_path: Path, place: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/caf\u00e9.json", b"{}" * 40)
        archive.writestr("b.json", b"[]")
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 0x95
    path.write_bytes(data)
    with suppress(ImportSourceError), open_tree(path) as files:
        for name in files.names:
            assert read(files, name)
