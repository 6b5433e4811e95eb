from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from assistant.errors import StoreError
from store.library import Library, migrations

STEPS = sorted(
    entry.name
    for entry in resources.files("store").joinpath("migrations").iterdir()
    if entry.name.endswith(".sql")
)


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def test_the_steps_are_numbered_without_a_gap() -> None:
    numbers = [int(re.match(r"(\d{4})_\w+\.sql$", name)[1]) for name in STEPS]  # type: ignore[index]
    assert numbers == list(range(1, len(STEPS) + 1))


def test_a_new_library_is_of_the_newest_version_and_opens_again_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    for _ in range(2):
        with Library.open(path) as library:
            assert library._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert library._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert version(path) == len(STEPS)


def test_a_step_that_fails_leaves_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"

    def broken(_: str) -> Iterator[str]:
        yield "CREATE TABLE half (done)"
        yield "CREATE TABLE half (done)"

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_statements", broken)
        with pytest.raises(StoreError, match="cannot be made or upgraded"):
            Library.open(path)
    assert not path.exists()
    Library.open(path).close()
    assert version(path) == len(STEPS)


def test_opening_a_library_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from store.library import Library\n"
        "Library.open(Path(sys.argv[1])).search('plain words', limit=5)\n"
        "heavy = {'numpy', 'torch', 'chromadb', 'rjieba', 'pydantic_settings'}\n"
        "print(*(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "library.db")]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout == b"\n"
