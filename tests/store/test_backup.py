from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.importers.stored import StoredRows
from assistant.types import Video
from store.backup import Counts, Manifest, NoBackupError, Offer, Restored, back_up, restore
from store.backup.restoring import KEPT_ASIDE
from store.library import Library, RemovedVideo, migrations
from store.locks import one_writer
from tests.store import rows
from tests.toys import ToyEmbedder

COUNTS = Counts(videos=40, signals=40, sessions=1)
GONE = [(Video(id="gone:1", title="Gone"), datetime(2026, 3, 1, 12, tzinfo=UTC))]


def filled(path: Path, seed: int = 0) -> Path:
    chance, embedder = random.Random(seed), ToyEmbedder()
    with Library.open(path) as library:
        made = list(rows.videos(chance, COUNTS.videos))
        library.put_videos(made)
        library.put_keywords({made[0].id: (), made[1].id: ("a key|word",)})
        ids = library.ids()
        library.put_vectors(embedder.key, ids[:30], embedder.encode_videos(made[:30]))
        library.put_title_likelihoods("model", dict.fromkeys(ids, (-12.5, 3)))
        library.add_interactions(rows.interactions(chance, ids, COUNTS.signals))
        library.edit_tags(ids[39], (*made[39].tags, "of my own"))
        library.put_removed_videos([RemovedVideo(video, at) for video, at in GONE])
        session = library.start_session()
        library.add_turn(session, rows.turn("warm  and\nfunny", *made[1:3]))
        library.add_turn(session, rows.turn("  u\u0308nd so 👩\u200d👧"))
        library.rename_session(session, "周末电影 – Ümit's")
        library.start_session()
        library._connection.execute("DELETE FROM sessions WHERE id != ?", (session,))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "data" / "library.db")


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    with Library.open(path) as library:
        back_up(library, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def restored(backup: Path, path: Path, **more: Any) -> Restored:
    done = restore(backup, path, StoredRows(), **more)
    assert done is not None
    return done


# --- there and back ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_backup_is_restored_row_by_row(tmp_path: Path, seed: int) -> None:
    path = filled(tmp_path / "data" / "library.db", seed)
    with Library.open(path) as library:
        back_up(library, tmp_path / "backup.zip")
        identity = library.identity()
    before = rows.everything(path)
    assert all(before.values())
    done = restored(tmp_path / "backup.zip", tmp_path / "new" / "library.db")
    assert rows.everything(tmp_path / "new" / "library.db") == before
    assert (done.counts, done.aside, done.skipped_count) == (COUNTS, None, 0)
    with Library.open(tmp_path / "new" / "library.db") as library:
        assert library.identity() != identity
        assert library.search("bread", limit=5)


def test_the_library_before_is_kept_aside(path: Path, backup: Path) -> None:
    for number in range(4):
        with Library.open(path) as library:
            library.put_videos([Video(id=f"new:{number}", title="New")])
        done = restored(backup, path)
        assert done.aside is not None
        assert {"new"} < {
            row[0].split(":")[0] for row in rows.rows(done.aside / "library.db", "videos")
        }
    assert len(list((path.parent / "aside").iterdir())) == KEPT_ASIDE
    assert done.aside is not None
    assert done.aside.exists()
    assert sorted(entry.name for entry in path.parent.iterdir()) == [
        "aside", "library.db", "library.lock", "snapshots", "writer.lock"
    ]  # fmt: skip


def test_what_would_be_done_is_asked_first(path: Path, backup: Path) -> None:
    with Library.open(path) as library:
        library.put_videos([Video(id="new:1", title="New")])
    before = rows.everything(path)
    offers: list[Offer] = []

    def decline(offer: Offer) -> bool:
        offers.append(offer)
        return False

    assert restore(backup, path, StoredRows(), confirm=decline) is None
    assert rows.everything(path) == before
    assert not (path.parent / "aside").exists()
    assert not (path.parent / "restoring").exists()
    [offer] = offers
    assert offer.backup == COUNTS
    assert offer.there == COUNTS.model_copy(update={"videos": 41})
    assert abs((datetime.now(UTC) - offer.made).total_seconds()) < 3600


def test_a_damaged_library_can_be_replaced(path: Path, backup: Path) -> None:
    path.write_bytes(b"nonsense" * 1000)

    def agree(offer: Offer) -> bool:
        assert (offer.there, offer.replaces) == (None, True)
        return True

    done = restored(backup, path, confirm=agree)
    assert done.aside is not None
    assert (done.aside / "library.db").read_bytes().startswith(b"nonsense")
    with Library.open(path) as library:
        assert library.count() == COUNTS.videos


# --- the file ----------------------------------------------------------------------------------


def test_a_backup_holds_the_library_and_a_manifest_alone(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert sorted(archive.namelist()) == ["library.db", "manifest.json"]
        assert archive.testzip() is None
        manifest = Manifest.model_validate_json(archive.read("manifest.json"))
        library = archive.read("library.db")
    assert manifest.sha256 == hashlib.sha256(library).hexdigest()
    assert manifest.size == len(library)
    assert manifest.schema_version == migrations.latest()
    assert manifest.counts == COUNTS
    assert library[18:20] == b"\x01\x01", "not in WAL mode: the file stands alone"
    assert sorted(entry.name for entry in backup.parent.iterdir()) == ["backup.zip", "data"]


def test_an_earlier_file_is_replaced_only_when_that_is_meant(path: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with Library.open(path) as library:
        with pytest.raises(StoreError, match="such a file already"):
            back_up(library, backup)
        assert backup.read_bytes() == before
        library.put_videos([Video(id="new:1", title="New")])
        assert back_up(library, backup, overwrite=True).counts.videos == 41
        with pytest.raises(StoreError, match="cannot be written"):
            back_up(library, path.parent, overwrite=True)
        with pytest.raises(StoreError, match="cannot be written"):
            back_up(library, path.parent / "no" / "such" / "folder.zip")
    assert backup.read_bytes() != before


class Stops:
    """A reporter of one who presses Ctrl-C when some stage begins."""

    def __init__(self, name: str) -> None:
        self._name = name

    def stage(self, name: str, total: int | None) -> None:
        if name.startswith(self._name):
            raise KeyboardInterrupt

    def advance(self, n: int) -> None:
        pass


@pytest.mark.parametrize("stage", ["copying", "checking", "packing", "reading back"])
def test_stopping_a_backup_leaves_no_trace(path: Path, tmp_path: Path, stage: str) -> None:
    with Library.open(path) as library, pytest.raises(KeyboardInterrupt):
        back_up(library, tmp_path / "backup.zip", reporter=Stops(stage))
    assert [entry.name for entry in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("stage", ["unpacking", "videos", "vectors", "signals", "sessions"])
def test_stopping_a_restore_changes_nothing(path: Path, backup: Path, stage: str) -> None:
    with Library.open(path) as library:
        library.put_videos([Video(id="new:1", title="New")])
    before = rows.everything(path)
    with pytest.raises(KeyboardInterrupt):
        restored(backup, path, reporter=Stops(stage))
    assert rows.everything(path) == before
    assert {entry.name for entry in path.parent.iterdir()} <= {
        "library.db", "library.db-wal", "library.db-shm", "library.lock", "writer.lock"
    }  # fmt: skip


def test_too_little_room_is_said_before_anything_is_written(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("SKIPPED LOUDLY: this machine does not let a test mount a small tmpfs")
    try:
        with Library.open(path) as library, pytest.raises(StoreError, match="not enough room"):
            back_up(library, disk / "backup.zip")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_on_the_way_leaves_no_half_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("SKIPPED LOUDLY: this machine does not let a test mount a small tmpfs")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)  # as if another took the room then
    try:
        with Library.open(path) as library, pytest.raises(StoreError, match="The disk is full"):
            back_up(library, disk / "backup.zip")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_damaged_library_is_not_backed_up(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        [(root,)] = library._connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'interactions_by_time'"
        ).fetchall()
        with path.open("r+b") as file:
            file.seek((root - 1) * 4096 + 8)
            file.write(bytes(2000))
        with pytest.raises(LibraryDamagedError):
            back_up(library, tmp_path / "backup.zip")
    assert [entry.name for entry in tmp_path.iterdir()] == ["data"]


# --- strangers' files --------------------------------------------------------------------------


def refused(backup: Path, path: Path) -> StoreError:
    """The error of a restore that changes nothing, and is over at once."""
    before = rows.everything(path)
    with pytest.raises(StoreError) as raised:
        restored(backup, path)
    assert rows.everything(path) == before
    assert not (path.parent / "restoring").exists()
    assert raised.value.detail.isprintable()
    return raised.value


def members(backup: Path) -> tuple[bytes, dict[str, Any]]:
    with zipfile.ZipFile(backup) as archive:
        return archive.read("library.db"), json.loads(archive.read("manifest.json"))


def zipped(target: Path, library: bytes, manifest: dict[str, Any] | bytes) -> Path:
    """A backup with its manifest as it should be for this library, unless it is given as bytes."""
    if isinstance(manifest, dict):
        told = {"size": len(library), "sha256": hashlib.sha256(library).hexdigest()}
        manifest = json.dumps(manifest | told).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("library.db", library)
        archive.writestr("manifest.json", manifest)
    return target


def changed(backup: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """A backup of a library that somebody has changed by hand."""
    library, manifest = members(backup)
    file = backup.with_suffix(".db")
    file.write_bytes(library)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        change(connection)
    return zipped(backup.with_name("changed.zip"), file.read_bytes(), manifest)


def test_what_is_no_zip_is_refused(path: Path, tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    for content in (b"", b"PK", b"Dear diary", whole[: len(whole) // 2], whole[:-30], whole[30:]):
        (tmp_path / "x.zip").write_bytes(content)
        assert isinstance(refused(tmp_path / "x.zip", path), NoBackupError)
    assert isinstance(refused(tmp_path, path), NoBackupError)
    os.mkfifo(tmp_path / "pipe")
    assert isinstance(refused(tmp_path / "pipe", path), NoBackupError)
    assert "cannot be read" in refused(tmp_path / "nothing.zip", path).title


def test_no_flipped_byte_is_let_through(path: Path, tmp_path: Path, backup: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(0)
    original = rows.everything(path)
    for _ in range(60):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        (tmp_path / "x.zip").write_bytes(broken)
        try:
            restored(tmp_path / "x.zip", tmp_path / "x" / "library.db")
        except StoreError:
            assert not (tmp_path / "x" / "library.db").exists()
        else:  # a bit that says nothing: a time, an attribute
            assert rows.everything(tmp_path / "x" / "library.db") == original
            shutil.rmtree(tmp_path / "x")


@pytest.mark.parametrize(
    "names",
    [
        ("library.db",),
        ("manifest.json",),
        ("library.db", "manifest.json", "more.txt"),
        ("library.db", "library.db", "manifest.json"),
        ("../library.db", "manifest.json"),
        ("/library.db", "manifest.json"),
        ("library.db/", "manifest.json"),
        ("\x1b[31m", "manifest.json"),
        (*(str(number) for number in range(40_000)), "library.db", "manifest.json"),
    ],
    ids=["no manifest", "no library", "more", "twice", "up", "root", "folder", "escape", "many"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_other_members_is_refused(
    path: Path, tmp_path: Path, backup: Path, names: tuple[str, ...]
) -> None:
    library, manifest = members(backup)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in names:
            content = json.dumps(manifest) if name == "manifest.json" else library[:1000]
            archive.writestr(name, content)
    assert isinstance(refused(tmp_path / "x.zip", path), NoBackupError)
    assert not (tmp_path / "library.db").exists()


def test_an_encrypted_zip_is_refused(path: Path, tmp_path: Path, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(content)
    assert "encrypted" in refused(tmp_path / "x.zip", path).detail


def test_a_wrong_checksum_is_refused(path: Path, tmp_path: Path, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[content.index(b"PK\x01\x02") + 16] ^= 0xFF
    (tmp_path / "x.zip").write_bytes(content)
    assert "damaged" in refused(tmp_path / "x.zip", path).detail


def bomb(target: Path, library: bytes, manifest: dict[str, Any], size: int) -> Path:
    """A library with 200 MB of zeros behind it, whose manifest says `size`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("library.db", "w") as file:
            file.write(library)
            for _ in range(200):
                file.write(bytes(1024**2))
        archive.writestr("manifest.json", json.dumps(manifest | {"size": size}))
    return target


def test_a_bomb_is_refused_before_it_is_unpacked(path: Path, tmp_path: Path, backup: Path) -> None:
    library, manifest = members(backup)
    honest = bomb(tmp_path / "x.zip", library, manifest, len(library) + 200 * 1024**2)
    assert "far more than a library" in refused(honest, path).detail


def test_of_a_bomb_that_hides_its_size_no_more_is_read_than_it_says(
    path: Path, tmp_path: Path, backup: Path
) -> None:
    library, manifest = members(backup)
    liar = bomb(tmp_path / "x.zip", library, manifest, len(library))
    assert "another library" in refused(liar, path).detail
    content = bytearray(liar.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, len(library))
    liar.write_bytes(content)
    assert "damaged" in refused(liar, path).detail


def test_a_manifest_that_says_what_cannot_be_is_refused(
    path: Path, tmp_path: Path, backup: Path
) -> None:
    library, manifest = members(backup)
    wrong: tuple[bytes | dict[str, Any], ...] = (
        b"", b"[]", b"{}", b"\xff", b"[" * 50_000, b"{" + b" " * 100_000 + b"}",
        json.dumps(manifest | {"format": "x"}).encode(),
        json.dumps(manifest | {"sha256": "0" * 64}).encode(),
        json.dumps(manifest | {"size": len(library) - 1}).encode(),
        json.dumps(manifest | {"size": -1}).encode(),
        json.dumps(manifest | {"version": 0}).encode(),
        manifest | {"made": "yesterday"},
        manifest | {"counts": {"videos": -1}},
    )  # fmt: skip
    for told in wrong:
        error = refused(zipped(tmp_path / "x.zip", library, told), path)
        assert isinstance(error, NoBackupError), told


def test_newer_formats_and_libraries_are_told_apart_from_broken_ones(
    path: Path, tmp_path: Path, backup: Path
) -> None:
    library, _ = members(backup)
    newer = json.dumps({"format": "matinee-backup", "version": 2, "new": 1}).encode()
    assert "newer Matinee" in refused(zipped(tmp_path / "x.zip", library, newer), path).title
    later = migrations.latest() + 1
    of_later = changed(backup, lambda opened: opened.execute(f"PRAGMA user_version = {later}"))
    assert "newer Matinee" in refused(of_later, path).title


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON videos BEGIN DELETE FROM interactions; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more (a)",
        "CREATE INDEX i ON videos (title)",
        "CREATE VIRTUAL TABLE t USING fts5 (a)",
        "ALTER TABLE videos ADD COLUMN more AS (upper(title))",
        "DROP TABLE turns",
        "DROP INDEX interactions_by_time",
        "PRAGMA user_version = 0",
    ],
)
def test_a_library_that_is_more_or_less_than_one_is_refused(
    path: Path, backup: Path, sql: str
) -> None:
    assert isinstance(
        refused(changed(backup, lambda opened: opened.execute(sql)), path), NoBackupError
    )


def test_a_library_whose_pages_are_damaged_is_refused(
    path: Path, tmp_path: Path, backup: Path
) -> None:
    library, manifest = members(backup)
    for place in range(100, len(library), len(library) // 20):
        broken = library[:place] + bytes(300) + library[place + 300 :]
        file = zipped(tmp_path / "x.zip", broken[: len(library)], manifest)
        try:
            restored(file, tmp_path / "x" / "library.db")
        except StoreError:
            assert not (tmp_path / "x" / "library.db").exists()
        else:
            shutil.rmtree(tmp_path / "x")
    assert isinstance(
        refused(zipped(tmp_path / "x.zip", library[:-4096], manifest), path), NoBackupError
    )


ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnirts\u200b"


def poisoned(connection: sqlite3.Connection) -> None:
    """Escapes in every text of every table, and a link that runs a program."""
    for column in ("title", "description", "channel"):
        connection.execute(f"UPDATE videos SET {column} = {column} || 'x' || ?", (ESCAPES,))
    for column in ("other_titles", "tags", "keywords", "people"):
        connection.execute(f"UPDATE videos SET {column} = ?", (json.dumps([ESCAPES + "x", ""]),))
    connection.execute("UPDATE videos SET url = 'javascript:alert(1)', language = 'e\x1b[2Jn'")
    connection.execute("UPDATE videos SET id = id || char(27) || '[2J' WHERE row % 2")
    connection.execute("UPDATE interactions SET video_id = video_id || char(27) || '[2J'")
    connection.execute("UPDATE sessions SET title = ?", (ESCAPES,))
    for row, text in connection.execute("SELECT row, turn FROM turns").fetchall():
        turn = json.loads(text)
        turn["message"] = turn["answer"] = turn["request"]["wish"] = turn["model"] = ESCAPES
        turn["timings"] = {ESCAPES: 1.0}
        for pick in turn["picks"]:
            pick["video"]["title"] = pick["sentence"] = pick["cluster"] = ESCAPES + "x"
            pick["video"]["url"] = "javascript:alert(1)"
        connection.execute("UPDATE turns SET turn = ? WHERE row = ?", (json.dumps(turn), row))


HOSTILE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]|owned|javascript")


def strings(value: Any) -> Iterator[str]:
    """Every text in nested lists and tables, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def test_every_text_is_cleaned_as_it_enters(tmp_path: Path, backup: Path) -> None:
    done = restored(changed(backup, poisoned), tmp_path / "x" / "library.db")
    assert done.skipped_count == 0
    found = rows.everything(tmp_path / "x" / "library.db")
    assert {table: len(table_rows) for table, table_rows in found.items()} == {
        table: len(table_rows)
        for table, table_rows in rows.everything(tmp_path / "data" / "library.db").items()
    }
    texts = list(strings([found["videos"], found["interactions"], found["sessions"]]))
    texts += strings([json.loads(turn) for *_, turn in found["turns"]])
    assert len(texts) > 500
    assert [text for text in texts if HOSTILE.search(text)] == []


def test_rows_that_cannot_be_are_left_out_and_named(tmp_path: Path, backup: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        for row, change in enumerate(
            ("title = ' '", "id = 'no id'", "kind = 'porn\x1b[2J'", "year = 1", "tags = '{'",
             f"tags = '{'[' * 5000}{']' * 5000}'", "views = 9223372036854775807", "title = x'ff00'",
             "published = 'x'", "duration_s = 'long'"),
            start=1,
        ):  # fmt: skip
            connection.execute(f"UPDATE videos SET {change} WHERE row = {row}")
        connection.execute("UPDATE interactions SET at = 'x' WHERE row = 1")
        connection.execute("UPDATE interactions SET rating = 1e999 WHERE row = 2")
        connection.execute("UPDATE interactions SET at = '1066-10-14' WHERE row = 3")
        connection.execute("UPDATE turns SET turn = '{}' WHERE row = 1")
        connection.execute(
            "INSERT INTO sessions (id, started_at) VALUES ('../../x', '2026-01-01T00:00:00+00:00')"
        )
        connection.execute("INSERT INTO sessions (id, started_at) VALUES ('0123abcd', 'x')")

    done = restored(changed(backup, spoil), tmp_path / "x" / "library.db")
    assert done.counts == Counts(videos=30, signals=37, sessions=1)
    assert done.skipped_count == 16
    assert len(done.skipped) == 16
    assert all(f"{skip.record}{skip.reason}".isprintable() for skip in done.skipped)
    assert done.skipped[1].record == "video no id"


def test_a_value_of_absurd_size_is_refused(path: Path, backup: Path) -> None:
    huge = changed(
        backup,
        lambda opened: opened.execute(
            "UPDATE videos SET title = hex(zeroblob(9000000)) WHERE row = 1"
        ),
    )
    assert isinstance(refused(huge, path), NoBackupError)


def test_vectors_that_cannot_be_right_are_left_out(tmp_path: Path, backup: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        for row, vector in enumerate(
            (b"", b"xxx", bytes(256), np.full(64, np.nan, "<f4").tobytes(),
             np.full(64, np.inf, "<f4").tobytes(), np.ones(64, "<f4").tobytes(), "text", None),
            start=2,
        ):  # fmt: skip
            if vector is not None:
                connection.execute(
                    "UPDATE vectors SET vector = ? WHERE revision ="
                    " (SELECT revision FROM vectors ORDER BY revision LIMIT 1 OFFSET ?)",
                    (vector, row),
                )
        connection.execute(
            "INSERT INTO vectors SELECT revision + 1000, '../x', video_id, vector FROM vectors"
        )

    restored(changed(backup, spoil), tmp_path / "x" / "library.db")
    with Library.open(tmp_path / "x" / "library.db") as library:
        key = ToyEmbedder().key
        assert library.vector_models() == [key]
        assert library.vector_count(key) == 23
        ids, vectors = library.vectors(key, library.ids())
        assert len(ids) == 23
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    tmp_path: Path, path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (
        *migrations.steps(),
        "CREATE TABLE more (a INTEGER PRIMARY KEY);\nALTER TABLE turns ADD note TEXT;",
    )
    monkeypatch.setattr(migrations, "steps", lambda: steps)
    restored(backup, tmp_path / "x" / "library.db")
    with Library.open(tmp_path / "x" / "library.db") as library:
        assert migrations.version(library._connection) == len(steps)
        assert library.count() == COUNTS.videos
        assert len(library.sessions()) == 1


# --- beside other processes --------------------------------------------------------------------


def test_while_another_has_the_library_nothing_is_restored(path: Path, backup: Path) -> None:
    with Library.open(path):
        assert "Another Matinee has this library open" in refused(backup, path).title
    with one_writer(path.parent, "an import"):
        assert "is writing to this library" in refused(backup, path).title


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from assistant.types import Interaction, Signal
from store.library import Library
start = datetime(2026, 1, 1, tzinfo=UTC)
with Library.open(Path(sys.argv[1])) as library:
    number = 0
    while True:
        at = start + timedelta(seconds=number)
        library.add_interaction(Interaction(video_id="w:1", signal=Signal.LIKED, at=at))
        number += 1
        print(number, flush=True)
"""


def test_a_backup_holds_all_that_was_acknowledged_before_and_no_gap(
    path: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    try:
        for number in range(5):
            written = int(writer.stdout.readline())
            with Library.open(path) as library:
                back_up(library, tmp_path / f"{number}.zip")
            restored(tmp_path / f"{number}.zip", tmp_path / str(number) / "library.db")
            found = rows.rows(tmp_path / str(number) / "library.db", "interactions")
            moments = [row[2] for row in found if row[0] == "w:1"]
            seconds = [datetime.fromisoformat(at).timestamp() for at in moments]
            assert len(seconds) >= written
            assert seconds == [seconds[0] + number for number in range(len(seconds))]
    finally:
        writer.kill()
        writer.wait()


RESTORE = """
import os, sys
from pathlib import Path
from assistant.importers.stored import StoredRows
from store.backup import restore
print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), StoredRows())
print("done", flush=True)
"""


def test_who_is_killed_in_a_restore_has_the_old_or_the_new_library(
    path: Path, backup: Path
) -> None:
    with Library.open(path) as library:
        library.put_videos([Video(id="old:1", title="Old")])
    old = rows.everything(path)
    with Library.open(path) as library:
        library.remove_videos(["old:1"])
    new = rows.everything(path)
    chance, seen = random.Random(0), set()
    took = 0.0
    for number in range(11):
        with Library.open(path) as library:
            library.put_videos([Video(id="old:1", title="Old")])
        command = [sys.executable, "-c", RESTORE, str(backup), str(path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        started = time.monotonic()
        try:
            process.wait(chance.uniform(0, took) if number else None)
            took = took or time.monotonic() - started
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        process.stdout.close()
        Library.open(path).close()
        found = rows.everything(path)
        assert found in (old, new)
        seen.add("old" if found == old else "new")
    assert seen == {"old", "new"}
    restored(backup, path)
    assert not (path.parent / "restoring").exists()
