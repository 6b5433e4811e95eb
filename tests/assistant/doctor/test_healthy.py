"""A folder that is well is found so, and is left as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.doctor import CHECKS, Context, State, examine
from assistant.locations import Locations
from tests.assistant.doctor.conftest import Folder, not_well


def files(folder: Path) -> dict[str, str]:
    """What is in a folder, but what SQLite's readers share and a lock that was looked at."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-shm", "-wal"))
    }


def test_everything_is_well(folder: Folder) -> None:
    rows = folder.look()
    assert not_well(rows) == {}
    assert rows["videos"].detail == "61 videos, all as they were given"
    assert rows["history"].detail == "9 signals, 1 session, 1 turn, 0 preferences"
    assert rows["index"].detail == "61 vectors, as many as in the library; 61 of 61 find themselves"
    assert "1 snapshot in all" in rows["snapshots"].detail


def test_looking_changes_nothing(folder: Folder) -> None:
    before = files(folder.places.data)
    folder.look()
    assert files(folder.places.data) == before


def test_a_repair_of_what_is_well_changes_nothing(folder: Folder) -> None:
    before = files(folder.places.data)
    assert not_well(folder.look(repair=True)) == {}
    assert files(folder.places.data) == before


def test_looking_at_a_folder_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    rows = Folder(Locations(data=nowhere, config=nowhere, state=nowhere)).look()
    assert rows["folders"].state is State.WARNING
    assert "import FOLDER" in rows["folders"].hint
    assert rows["library"].state is State.SKIPPED
    assert not [row for row in rows.values() if row.state is State.FAILED]
    assert not nowhere.exists()


@pytest.mark.real_models
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("embedding model", "384 dimensions, as published"),
        ("torch", "embeds on"),
        ("language model", "as published"),
        ("llama.cpp", "reads with SmolLM2-135M-Instruct"),
    ],
)
def test_the_models_that_come_along_are_well(tmp_path: Path, name: str, said: str) -> None:
    places = Locations(data=tmp_path, config=tmp_path, state=tmp_path)
    [row] = examine(Context(places), [check for check in CHECKS if check.name == name])
    assert row.state is State.OK, row
    assert said in row.detail
