"""Whatever Matinee leaves is readable by its owner alone, and lies in its folders."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.network.life import SECRET, USUAL_UMASK, Life, environment_at, life_of, write_source
from tests.network.modes import FILE, FOLDER, modes, too_open
from tests.network.refusing import ROOT


@pytest.mark.real_models
class TestALife:
    """What a life of the app left, with the usual umask and with folders of its own for each."""

    @pytest.fixture
    def life(self, tmp_path_factory: pytest.TempPathFactory) -> Life:
        return life_of(tmp_path_factory)

    def test_every_file_is_its_owners_alone(self, life: Life) -> None:
        names = {path.name for path in life.home.rglob("*")}
        assert {"library.db", "index", "chroma.sqlite3", "matinee.log"} <= names
        assert too_open(life.locations.data, life.locations.state) == []

    def test_so_is_every_file_while_the_library_is_open(self, life: Life) -> None:
        told = json.loads(life.said["app"].stdout)
        assert told["write-ahead log"]
        assert told["too open"] == []

    def test_nothing_lies_anywhere_else(self, life: Life) -> None:
        ours = (life.locations.data, life.locations.state)
        parents = {parent for folder in ours for parent in folder.parents}
        outside = [
            path
            for path in life.home.rglob("*")
            if path not in parents and not any(path.is_relative_to(folder) for folder in ours)
        ]
        assert outside == []
        assert list(life.temporary.iterdir()) == []


def matinee(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does whose umask is the usual one."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", "--data-dir", str(folder), *arguments],
        cwd=ROOT,
        env=environment_at(home),
        capture_output=True,
        text=True,
        check=True,
        umask=USUAL_UMASK,
    )


def test_a_folder_that_was_opened_up_is_closed_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    matinee(folder, tmp_path, "import", "--no-embed", str(write_source(tmp_path / "a.jsonl", 3)))
    matinee(folder, tmp_path, "ask", "--no-llm", SECRET)
    (folder / "matinee.log").touch()
    for path, mode in modes(folder).items():
        path.chmod(mode | (0o055 if path.is_dir() else 0o044))
    matinee(folder, tmp_path, "library")
    for path, mode in modes(folder).items():
        if path in (folder, *folder.iterdir()):  # what lies deeper is out of reach as well
            assert mode == (FOLDER if path.is_dir() else FILE), path


def test_a_folder_that_holds_other_things_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "photos").mkdir()
    (folder / "photos").chmod(0o755)
    matinee(folder, tmp_path, "import", "--no-embed", str(write_source(tmp_path / "a.jsonl", 3)))
    (folder / "library.db").chmod(0o644)
    matinee(folder, tmp_path, "library")
    found = {path.name: mode for path, mode in modes(folder).items()}
    assert (found["shared"], found["photos"], found["library.db"]) == (0o755, 0o755, FILE)
