"""Damage made by hand. Whatever it is, the right answers come afterwards, and nobody is asked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from store.index import Mark
from store.library import Library
from tests.store.index.damaging import (
    COUNT,
    MADE_ANEW,
    Damage,
    Home,
    cut,
    delete,
    delete_collection,
    delete_vector_files,
    files_of,
    flip,
    mark,
    put_file_for_collection,
    put_folder,
    put_pipe,
    sound,
)
from tests.store.index.making import MODEL, collection_folder, fill, nearest, opened, units, video

TENTHS = [tenth / 10 for tenth in range(10)]


@pytest.fixture
def folder(home: Home, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home.healthy, tmp_path / "index"))


# --- files -------------------------------------------------------------------------------------


def test_a_healthy_index_is_opened_without_a_word(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", None)  # no other process is asked
    before = collection_folder(folder)
    assert sound(folder, home) == []
    assert sound(folder, home) == []
    assert collection_folder(folder) == before


@pytest.mark.parametrize("share", TENTHS)
@pytest.mark.parametrize("pattern", ["chroma.sqlite3", "*/*"])
def test_truncated_files(home: Home, folder: Path, pattern: str, share: float) -> None:
    cut(pattern, share)(folder)
    assert sound(folder, home) == [MADE_ANEW]
    assert (folder / "damaged" / "chroma.sqlite3").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("pattern", ["chroma.sqlite3", "*/*.bin", "*/*.pickle"])
def test_flipped_bytes(home: Home, folder: Path, pattern: str, share: float) -> None:
    flip(pattern, share)(folder)
    assert sound(folder, home) == [MADE_ANEW]


def test_one_flipped_bit(home: Home, folder: Path) -> None:
    [file] = files_of(folder, "*/data_level0.bin")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert sound(folder, home) == [MADE_ANEW]


OTHER_DAMAGE = {
    "no database": delete("chroma.sqlite3"),
    "no links": delete("*/link_lists.bin"),
    "no vectors": delete_vector_files,
    "no collection": delete_collection,
    "a pipe for the database": put_pipe("chroma.sqlite3"),
    "a pipe for the vectors": put_pipe("*/data_level0.bin"),
    "a folder for the database": put_folder("chroma.sqlite3"),
    "a file for the collection": put_file_for_collection,
}


@pytest.mark.parametrize("damage", OTHER_DAMAGE.values(), ids=OTHER_DAMAGE.keys())
def test_what_is_gone_or_of_another_kind(home: Home, folder: Path, damage: Damage) -> None:
    damage(folder)
    assert sound(folder, home) == [MADE_ANEW]


def test_a_copy_is_as_good(home: Home, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(home.healthy, copied, copy_function=shutil.copyfile)  # at another time
    before = collection_folder(copied)
    assert sound(copied, home) == []
    assert collection_folder(copied) == before


# --- folders and notes -------------------------------------------------------------------------


def test_no_folder_at_all(home: Home, folder: Path) -> None:
    shutil.rmtree(folder)
    assert sound(folder, home) == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_where_the_folder_belongs(home: Home, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")
    assert sound(folder, home) == []
    assert folder.with_name("index.aside").read_text() == "no folder"


@pytest.mark.parametrize("name", ["lock", f"{MODEL}.json"])
def test_a_folder_where_a_file_belongs(home: Home, folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name / "inside").mkdir(parents=True)
    sound(folder, home)
    assert (folder / f"{name}.aside" / "inside").is_dir()


@pytest.mark.parametrize(
    "text", ["", "{", '{"library": 3}', "[]", '{"library": "a", "collection": "../../etc"}']
)
def test_notes_that_cannot_be_read(home: Home, folder: Path, text: str) -> None:
    (folder / f"{MODEL}.json").write_text(text)
    told = "What was noted of the index could not be read: made anew from the library"
    assert sound(folder, home) == [f"{told} ({COUNT:,} videos)."]


def test_the_index_of_another_library(home: Home, folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other.db") as other:
        other.put_videos([video(50)])
        other.put_vectors(MODEL, ["t:50"], units(1, seed=9))
        index = opened(folder)
        assert index.sync(other) == 1
        assert nearest(index, home.vectors[3]) == "t:50"
        index.close()
    told = "The index was that of another library: made anew from the library"
    assert sound(folder, home) == [f"{told} ({COUNT:,} videos)."]


@pytest.mark.parametrize("how", [Mark.CLEAN, Mark.WRITING])
def test_the_collection_of_another_library(
    home: Home, folder: Path, tmp_path: Path, how: Mark
) -> None:
    with Library.open(tmp_path / "other.db") as other:
        fill(other, COUNT, seed=5)
        index = opened(tmp_path / "other")
        index.sync(other)
        index.close()
    ours, theirs = collection_folder(folder), collection_folder(tmp_path / "other")
    shutil.rmtree(ours)
    theirs.rename(ours)
    mark(folder, how)
    assert sound(folder, home) == [MADE_ANEW]
