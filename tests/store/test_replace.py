"""One library file in the place of another, also when killed on the way."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.types import Video
from store.library import Library
from store.library.connection import suspect_file
from store.library.replace import alone, finish_replacing, replace_library, replacing
from tests.store.conftest import ROOT, program, small_disk

REPLACE = """
import os, signal, sys
from pathlib import Path
from store.library.replace import alone, replace_library

folder, left = Path(sys.argv[1]), int(sys.argv[2])

def watch(event, arguments):
    global left
    if event in {"os.rename", "os.remove", "os.mkdir", "open"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with alone(folder / "library.db"):
    sys.addaudithook(watch)
    replace_library(folder / "library.db", folder / "restored.db", folder / "aside" / "1")
"""
LEAVE_LOG = """
import os, signal, sys
from pathlib import Path
from assistant.types import Video
from store.library import Library
library = Library.open(Path(sys.argv[1]))
library.put_videos([Video(id="old:2", title="In the log alone")])
os.kill(os.getpid(), signal.SIGKILL)
"""
OLD, NEW = ["old:1", "old:2"], ["new:1"]


def ids(path: Path) -> list[str]:
    with Library.open(path) as library:
        assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return library.ids()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old library, a part of which is in its log alone, and a new one."""
    folder = tmp_path_factory.mktemp("template")
    with Library.open(folder / "library.db") as library:
        library.put_videos([Video(id="old:1", title="Old")])
    killed = subprocess.run(program("-c", LEAVE_LOG, folder / "library.db"), cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / "library.db-wal").stat().st_size
    with Library.open(folder / "restored.db") as library:
        library.put_videos([Video(id="new:1", title="New")])
    suspect_file(folder / "library.db").touch()
    return folder


def test_killed_at_every_step(template: Path, tmp_path: Path) -> None:
    outcomes = []
    for step in range(1, 100):
        folder = tmp_path / str(step)
        shutil.copytree(template, folder)
        done = subprocess.run(program("-c", REPLACE, folder, step), cwd=ROOT)
        path = folder / "library.db"
        found = ids(path)  # by whoever opens it next
        outcomes.append(found)
        assert not replacing(path)
        if found == NEW:
            assert ids(folder / "aside" / "1" / "library.db") == OLD
            assert not suspect_file(path).exists()
        else:
            assert found == OLD
            assert ids(folder / "restored.db") == NEW
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert outcomes[-1] == NEW
    kept = outcomes.count(OLD)
    assert 1 < kept < len(outcomes) - 5
    assert outcomes == [OLD] * kept + [NEW] * (len(outcomes) - kept)  # from one step on


def test_there_need_not_be_an_old_one(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(template / "restored.db", tmp_path / "new.db")
    with alone(path):
        replace_library(path, tmp_path / "new.db", tmp_path / "aside" / "1")
        assert not finish_replacing(path)
    assert ids(path) == NEW
    assert not (tmp_path / "aside").exists()


def test_the_old_one_is_not_put_over_an_older_one(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(template / "restored.db", path)
    with alone(path), pytest.raises(ValueError, match="there already"):
        replace_library(path, path, tmp_path)


def test_a_replacement_without_its_note_is_finished_too(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(template / "restored.db", f"{path}.new")
    Library.open(tmp_path / "other.db").close()
    (tmp_path / "other.db").rename(path)
    assert ids(path) == NEW
    assert len(list(tmp_path.glob("aside/*/library.db"))) == 1


def test_alone_means_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path), pytest.raises(StoreError, match="has this library open"):
        alone(path).__enter__()
    with alone(path, "restoring"):
        with pytest.raises(StoreError, match="has this library open") as caught:
            alone(path).__enter__()
        assert "restoring" in caught.value.detail


def test_a_place_on_another_disk_leaves_everything_as_it_was(
    template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    with small_disk(tmp_path / "disk", 1_000) as disk:
        shutil.copy(template / "restored.db", disk / "new.db")
        with (
            alone(folder / "library.db"),
            pytest.raises(StoreError, match="cannot be replaced"),
        ):
            replace_library(folder / "library.db", disk / "new.db", folder / "aside")
    assert ids(folder / "library.db") == OLD


def test_no_leave_to_be_alone(tmp_path: Path) -> None:
    (tmp_path / "library.lock").mkdir()
    with pytest.raises(StoreError, match="cannot be written to"):
        alone(tmp_path / "library.db").__enter__()
    assert [file.name for file in tmp_path.iterdir()] == ["library.lock"]
