"""Every version that there ever was becomes the newest one, or stays as it was.

Who adds a migration runs ``python -m tests.store.databases.make`` before, and has it tested here.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import LibraryDamagedError, StoreError
from store.library import Library, migrations
from store.library.integrity import Inspection
from store.library.tables import tables
from store.recovery import open_library
from store.snapshots import Snapshots
from tests.store.conftest import program, small_disk
from tests.store.databases.make import FOLDER, contents

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


# --- from each version to the newest -----------------------------------------------------------

DATABASES = sorted(FOLDER.glob("*.db.gz"))


def unpacked(packed: Path, folder: Path) -> Path:
    path = folder / "library.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def said_of(library: Library, expected: dict[str, Any]) -> dict[str, Any]:
    """What a library says of that of which an older one could say something."""
    said = json.loads(json.dumps(contents(library)))
    return {name: said[name] for name in expected}


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every ordinary table, by the names of the columns."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: [
                dict(zip(table.columns, values, strict=True))
                for values in connection.execute(table.select)
            ]
            for table in tables(connection).values()
        }


def test_there_is_a_database_of_every_version() -> None:
    versions = [int(packed.name[:4]) for packed in DATABASES]
    assert versions == list(range(1, len(versions) + 1))
    assert len(STEPS) - 1 <= versions[-1] <= len(STEPS)
    assert all(packed.stat().st_size < 60_000 for packed in DATABASES)


@pytest.mark.parametrize("packed", DATABASES, ids=lambda packed: packed.name)
def test_a_database_of_each_version_says_what_it_said(packed: Path, tmp_path: Path) -> None:
    path = unpacked(packed, tmp_path)
    assert version(path) == int(packed.name[:4])
    before = rows(path)
    with Library.open(path) as library:
        expected = json.loads(packed.with_name(f"{packed.name[:4]}.json").read_text("utf-8"))
        assert said_of(library, expected) == expected
        assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert library._connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert version(path) == len(STEPS)
    with Inspection.open(path) as inspection:
        assert inspection.schema_differences() == []
        inspection.check_words()
    after = rows(path)
    assert {"videos", "interactions", "turns"} <= {name for name in before if before[name]}
    for name in before.keys() & after.keys():
        kept = before[name][0].keys() & after[name][0].keys() if before[name] else set()
        assert [{key: row[key] for key in kept} for row in after[name]] == [
            {key: row[key] for key in kept} for row in before[name]
        ], name


@pytest.mark.parametrize("packed", DATABASES, ids=lambda packed: packed.name)
def test_a_damaged_database_of_each_version_is_mended(packed: Path, tmp_path: Path) -> None:
    path = unpacked(packed, tmp_path)
    content = bytearray(path.read_bytes())
    content[:16] = b"not a database.."
    path.write_bytes(content)
    said: list[str] = []
    with open_library(path, said.append) as library:
        expected = json.loads(packed.with_name(f"{packed.name[:4]}.json").read_text("utf-8"))
        expected.pop("trained", None)  # it can be had again
        assert said_of(library, expected) == expected
    assert said[1].startswith("All of it could be read")


# --- a step that fails, after one that does not ------------------------------------------------

GOOD = "ALTER TABLE interactions ADD COLUMN place TEXT NOT NULL DEFAULT 'here';\n"
LATER = "CREATE TABLE notes (row INTEGER PRIMARY KEY, text TEXT NOT NULL);\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The newest database there is, as one that two further steps are to be run on."""
    return unpacked(DATABASES[-1], tmp_path)


def add_steps(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    known = migrations.steps()
    monkeypatch.setattr(migrations, "steps", lambda: (*known, *scripts))


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE videos SET kind = 'cake'; SELECT nothing FROM nowhere;\n",
        "DELETE FROM interactions; INSERT INTO state VALUES (2, 1, 'x');\n",
        "DELETE FROM videos;\n",  # vectors would belong to nothing
        "CREATE TABLE half (",
    ],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    content, before = old.read_bytes(), rows(old)
    with monkeypatch.context() as patch:
        add_steps(patch, GOOD, broken)
        with pytest.raises(StoreError, match="cannot be made or upgraded") as caught:
            Library.open(old)
    assert "It is as it was" in caught.value.hint
    assert old.read_bytes() == content
    assert rows(old) == before
    assert not (old.parent / "library.suspect").exists()
    snapshots = Snapshots.of(old)  # it was taken before
    assert snapshots.newest("history") is not None
    assert snapshots.newest("videos") is not None
    Library.open(old).close()


def test_steps_that_do_not_fail(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(old)
    add_steps(monkeypatch, GOOD, LATER)
    with Library.open(old) as library:
        assert library.interactions()
    assert version(old) == len(STEPS) + 2
    after = rows(old)
    assert after["interactions"] == [{**row, "place": "here"} for row in before["interactions"]]
    assert after["videos"] == before["videos"]


def test_no_step_is_run_on_a_damaged_library(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong before is not to be blamed on the step, nor made worse by it."""
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'vectors') WHERE name = 'turns'"
        )
    content = old.read_bytes()
    add_steps(monkeypatch, GOOD)
    with pytest.raises(LibraryDamagedError):
        Library.open(old)
    assert old.read_bytes() == content


def test_a_snapshot_of_before_an_upgrade_fills_a_library_of_after_it(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_steps(monkeypatch, GOOD, LATER)
    with Library.open(old) as library:
        signals = library.interactions()
    old.unlink()
    with open_library(old) as library:
        assert library.interactions() == signals
        places = library._connection.execute("SELECT DISTINCT place FROM interactions").fetchall()
        assert places == [("here",)]


def test_no_room_for_an_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 2_000) as disk:
        old = unpacked(DATABASES[-1], disk)
        content = old.read_bytes()
        add_steps(monkeypatch, "CREATE TABLE big AS SELECT zeroblob(4000000) AS data;\n")
        with pytest.raises(StoreError, match="The disk is full"):
            Library.open(old)
        assert old.read_bytes() == content


def test_two_upgrade_at_once(old: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.library import Library, migrations\n"
        "known = migrations.steps()\n"
        f"migrations.steps = lambda: (*known, {GOOD!r}, {LATER!r})\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    print(len(library.interactions()))"
    )
    starts = [subprocess.Popen(program("-c", code, old), stdout=subprocess.PIPE) for _ in range(3)]
    answers = {start.communicate(timeout=60)[0] for start in starts}
    assert [start.returncode for start in starts] == [0] * 3
    assert len(answers) == 1
    assert version(old) == len(STEPS) + 2


def test_opening_a_library_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from store.library import Library\n"
        "Library.open(Path(sys.argv[1])).search('plain words', limit=5)\n"
        "heavy = {'numpy', 'torch', 'chromadb', 'rjieba', 'pydantic_settings'}\n"
        "print(*(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "library.db")]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout == b"\n"
