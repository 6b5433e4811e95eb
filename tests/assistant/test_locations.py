"""The folders in force, and whom they let in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import MatineeError
from assistant.locations import SCRATCH_VARIABLES, Locations, find


def at(folder: Path) -> Locations:
    return Locations(data=folder, config=folder, state=folder)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture(autouse=True)
def _usual(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SCRATCH_VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_a_folder_that_is_named_holds_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATINEE_DATA_DIR", str(tmp_path / "named"))
    assert find() == at(tmp_path / "named")
    assert find(tmp_path / "other") == at(tmp_path / "other")
    monkeypatch.delenv("MATINEE_DATA_DIR")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert find().log == tmp_path / "state" / "matinee" / "matinee.log"


def test_new_folders_are_private(tmp_path: Path) -> None:
    locations = at(tmp_path / "deep" / "data")
    locations.make()
    assert mode(locations.data) == 0o700


def test_a_folder_that_is_in_everybodys_hands_stays_there(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    at(tmp_path).make()
    assert mode(tmp_path) == 0o1777


def test_what_a_link_points_at_is_somebody_elses(tmp_path: Path) -> None:
    theirs = tmp_path / "dotfiles.toml"
    theirs.touch()
    theirs.chmod(0o644)  # whatever the umask is
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "settings.toml").symlink_to(theirs)
    (folder / "matinee.log.1").touch(mode=0o644)
    at(folder).make()
    assert [mode(path) for path in (theirs, folder, folder / "matinee.log.1")] == [
        0o644, 0o700, 0o600
    ]  # fmt: skip


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MatineeError, match="A folder cannot be created") as raised:
        at(tmp_path / "file").make()
    assert "--data-dir" in raised.value.hint


def test_libraries_keep_their_scratch_in_the_data_folder(tmp_path: Path) -> None:
    Locations(data=tmp_path / "d", config=tmp_path, state=tmp_path / "s").make()
    assert {os.environ[name] for name in SCRATCH_VARIABLES} == {str(tmp_path / "d")}
