"""The file format read without SQLite, compared with what SQLite reads."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.library.format import Head, WriteAheadLog
from store.library.pages import PageError, Pages
from store.library.records import values_of, varint
from tests.store.conftest import ROOT, program

EDGES = [0, 1, -1, 127, -128, 1 << 15, -(1 << 23), 1 << 31, 1 << 47, -(1 << 47), (1 << 63) - 1,
         -(1 << 63), 0.0, -1.5, 1e300, float("inf"), None, "", "é学", b"", b"\0\xff"]  # fmt: skip


def a_value(random_: random.Random) -> object:
    kind = random_.randrange(4)
    if kind == 0:
        return random_.choice(EDGES)
    if kind == 1:
        return random_.randrange(-(1 << 63), 1 << 63) >> random_.randrange(64)
    size = random_.choice((3, 30, 300, 3_000, 30_000))
    return random_.randbytes(size) if kind == 2 else "学a" * (size // 2)


@contextmanager
def database(path: Path, page_size: int = 4096) -> Iterator[sqlite3.Connection]:
    """Two tables and an index of values of all sorts, some of them removed again."""
    random_ = random.Random(page_size)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE numbered (row INTEGER PRIMARY KEY, a, b, c)")
        connection.execute("CREATE INDEX of_a ON numbered (a, b)")
        connection.execute("CREATE TABLE keyed (a PRIMARY KEY, b, c) WITHOUT ROWID")
        connection.execute("BEGIN")
        for _ in range(400):
            number = random_.choice((random_.randrange(1 << 40), random_.randrange(-99, 99)))
            values = [a_value(random_) for _ in range(3)]
            connection.execute(
                "INSERT OR REPLACE INTO numbered VALUES (?, ?, ?, ?)", (number, *values)
            )
            values[0] = random_.randrange(1 << 62)
            connection.execute("INSERT OR REPLACE INTO keyed VALUES (?, ?, ?)", values)
        connection.execute("DELETE FROM numbered WHERE row % 3 = 0")
        connection.execute("COMMIT")
        yield connection


def read(path: Path, root: int, *, table: bool) -> list[tuple[Any, ...]]:
    """All rows of a tree; those with numbers have them in the place of their first value."""
    with Pages(path) as pages:
        tree = pages.tree(root, table=table)
        assert tree.whole
        records = [record for page in tree.holding for record in pages.records(page)]
    assert None not in records
    return [
        (record.number, *record.values[1:]) if record.number is not None else tuple(record.values)
        for record in records
        if record is not None
    ]


def compare(path: Path, connection: sqlite3.Connection) -> None:
    roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
    for name, table in (("numbered", True), ("keyed", False)):
        expected = connection.execute(f"SELECT * FROM {name}").fetchall()
        assert len(expected) > 200
        found = read(path, roots[name], table=table)
        assert found == expected if table else sorted(found) == sorted(expected)
    in_index = connection.execute("SELECT a, b, row FROM numbered").fetchall()
    assert sorted(map(repr, read(path, roots["of_a"], table=False))) == sorted(map(repr, in_index))


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_rows_are_those_that_sqlite_reads(tmp_path: Path, page_size: int) -> None:
    path = tmp_path / "some.db"
    with database(path, page_size) as connection:
        compare(path, connection)  # from the log
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        compare(path, connection)  # from the file
        connection.execute("DELETE FROM keyed WHERE a % 2")
        connection.execute("DELETE FROM numbered WHERE row % 2")
        with Pages(path) as pages:
            assert pages.head is not None
            assert pages.head.page_size == page_size
            assert len(pages.free()) == connection.execute("PRAGMA freelist_count").fetchone()[0]
            assert pages.count == connection.execute("PRAGMA page_count").fetchone()[0]


def test_the_head_says_what_sqlite_says(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with database(path) as connection:
        connection.execute("PRAGMA user_version = 70000")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    head = Head.of(path.read_bytes())
    assert head is not None
    assert (head.page_size, head.reserved, head.pages, head.version) == (4096, 0, pages, 70000)
    assert Head.of(path.read_bytes()[:99]) is None
    assert Head.of(b"\0" * 100) is None


def logged(path: Path) -> bytes:
    """A database of which everything is in the log: three commits, and one that was not done."""
    code = (
        "import os, signal, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA journal_mode = WAL')\n"
        "connection.execute('PRAGMA cache_size = 5')\n"
        "connection.execute('CREATE TABLE t (row INTEGER PRIMARY KEY, a)')\n"
        "for number in range(2):\n"
        "    connection.execute('INSERT INTO t VALUES (?, zeroblob(9000))', (number,))\n"
        "connection.execute('BEGIN')\n"
        "for number in range(2, 30):\n"
        "    connection.execute('INSERT INTO t VALUES (?, zeroblob(9000))', (number,))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(program("-c", code, path), cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    return Path(f"{path}-wal").read_bytes()


@pytest.mark.parametrize("verify", [False, True])
def test_of_the_log_what_was_committed_counts(tmp_path: Path, verify: bool) -> None:
    path = tmp_path / "some.db"
    content = logged(path)
    log = WriteAheadLog.read(Path(f"{path}-wal"), verify=verify)
    assert len(content) > 32 + log.size * (4096 + 24) * 2  # there is more that was not
    assert set(log.pages) == set(range(2, log.size + 1)) | ({1} & set(log.pages))
    assert [row for row, _ in read(path, 2, table=True)] == [0, 1]
    assert WriteAheadLog.read(tmp_path / "none") == WriteAheadLog()


def test_the_log_ends_where_sqlite_sees_its_end(tmp_path: Path) -> None:
    """Bytes of it are turned, anywhere; what SQLite makes of the rest is what we do."""
    random_ = random.Random(7)
    path, copy = tmp_path / "some.db", tmp_path / "copy.db"
    content = logged(path)
    seen = set()
    for _ in range(60):
        at = random_.choice((random_.randrange(48), random_.randrange(len(content))))
        garbled = bytearray(content)
        garbled[at] ^= 1 << random_.randrange(8)
        copy.write_bytes(path.read_bytes())
        Path(f"{copy}-wal").write_bytes(garbled)
        log = WriteAheadLog.read(Path(f"{copy}-wal"), verify=True)
        with closing(sqlite3.connect(copy)) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            rows = connection.execute("SELECT row FROM t").fetchall() if tables else []
        Path(f"{copy}-wal").write_bytes(garbled)
        found = read(copy, 2, table=True) if 2 in log.pages else []
        assert [(row,) for row, _ in found] == rows
        seen.add(len(rows))
    assert seen == {0, 1, 2}


def test_whatever_is_on_the_pages_nothing_but_page_errors_is_raised(tmp_path: Path) -> None:
    random_ = random.Random(5)
    path = tmp_path / "some.db"
    with database(path, 512) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'numbered'")
        connection.execute("PRAGMA journal_mode = DELETE")
    content = path.read_bytes()
    losses = 0
    for _ in range(60):
        garbled = bytearray(content)
        for _ in range(random_.choice((1, 5, 50))):
            at = random_.randrange(len(garbled))
            garbled[at] = random_.randrange(256)
        path.write_bytes(garbled[: random_.choice((len(garbled), random_.randrange(len(garbled))))])
        with Pages(path) as pages:
            for table in (True, False):
                tree = pages.tree(root, table=table)
                for page in [*tree.holding, *pages.free(), 1, random_.randrange(999)]:
                    try:
                        losses += sum(record is None for record in pages.records(page))
                    except PageError:
                        losses += 1
    assert losses > 50


def test_a_tree_that_leads_back_into_itself_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with database(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'numbered'")
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096 + 8)
        file.write(struct.pack(">I", root))  # its last child is itself
    with Pages(path) as pages:
        tree = pages.tree(root, table=True)
    assert not tree.whole
    assert len(tree.pages) > 3


def test_a_page_that_the_disk_does_not_give(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with database(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    os.truncate(path, path.stat().st_size - 100)
    with Pages(path) as pages:
        assert pages.kind(pages.count) == 0
        for number in (0, pages.count, pages.count + 1):
            with pytest.raises(PageError):
                pages.page(number)


def test_numbers_of_one_to_nine_bytes() -> None:
    assert varint(b"\x7f", 0) == (127, 1)
    assert varint(b"..\x81\x00", 2) == (128, 4)
    assert varint(b"\xff" * 9, 0) == (-1, 9)
    assert varint(b"\x80" * 8 + b"\x01", 0) == (1, 9)
    with pytest.raises(IndexError):
        varint(b"\x80", 0)


@pytest.mark.parametrize(
    "payload", [b"\x01", b"\x02\x0a", b"\x02\x0d", b"\x03\x0fa", b"\x02\x0fab"]
)
def test_a_record_that_is_of_another_length_than_it_says(payload: bytes) -> None:
    if payload in (b"\x01", b"\x02\x0d"):  # nothing, and one empty text
        assert values_of(payload) in ([], [""])
    else:
        with pytest.raises((ValueError, IndexError)):
            values_of(payload)
