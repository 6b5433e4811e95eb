"""A new library made of what a damaged one still holds and of its snapshots."""

from __future__ import annotations

import errno
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import StoreError
from store.library import Library, migrations, opening
from store.library.connection import DiskFullError
from store.library.rows import is_sound, video
from store.library.sessions import derive_all
from store.library.tables import Table, persons_tables, tables
from store.recovery.salvage import Found, Rows, Salvage
from store.reporting import Reporter
from store.snapshots import Kind, Snapshot, Snapshots

T = TypeVar("T")

_BATCH = 500
_NOTHING = Found([], False)


@dataclass(slots=True)
class Outcome:
    """What became of each table."""

    kept: Counter[str] = field(default_factory=Counter)
    """Rows that were in the damaged file."""
    added: Counter[str] = field(default_factory=Counter)
    """Rows that only a snapshot had."""
    incomplete: set[str] = field(default_factory=set)
    """Tables of which the damaged file may have lost something."""
    snapshots: dict[Kind, datetime] = field(default_factory=dict)
    """When the snapshots were taken that were looked into."""
    without_vector: int = 0
    """Videos for which there is no vector of the model that has the most."""


class Rebuilding:
    """Fills a new library. Everything that it writes is in `folder`.

    Args:
        damaged: the damaged file; None when there is none to be read.
        snapshots: those of the library.
        folder: an empty one.
        reporter: is told of the progress.
    """

    def __init__(
        self, damaged: Salvage | None, snapshots: Snapshots, folder: Path, reporter: Reporter
    ) -> None:
        self._damaged = damaged
        self._snapshots = snapshots
        self._folder = folder
        self._reporter = reporter
        self._outcome = Outcome()
        identity = damaged.identity() if damaged is not None else None
        self._library = (identity or "")[:8]
        self._taken: dict[str, int] = {}
        """Videos that came from a snapshot, and the last revision at which they were as in it."""

    def run(self, target: Path) -> Outcome:
        """Make the new library at `target`.

        Raises:
            StoreError: there is no room, or it cannot be written.
            OSError: the same, of the operating system.
        """
        migrations.create(target)
        with Library.open_held(target) as library:
            self._videos(library)
            self._derived(library)
            self._community(library)
            self._persons(library)
            self._outcome.without_vector = _without_vector(library)
            [(answer,)] = library._connection.execute("PRAGMA integrity_check(1)").fetchall()
        if answer != "ok":
            raise StoreError("The library cannot be mended.", f"{target}: {answer}")
        return self._outcome

    def _read(self, table: str) -> Found:
        found = self._damaged.read(table) if self._damaged is not None else _NOTHING
        if not found.whole:
            self._outcome.incomplete.add(table)
        return found

    # --- videos and what is derived from them --------------------------------------------------

    def _videos(self, library: Library) -> None:
        found = self._read("videos")
        self._outcome.kept["videos"] = self._put(library, found.rows, "videos read from the file")
        if found.whole:
            return
        with self._snapshot("videos") as (snapshot, videos):
            if snapshot is not None and videos is not None:
                there = set(library.ids())
                rows = [row for row in _rows(videos, "videos") if row["id"] not in there]
                self._outcome.added["videos"] = self._put(library, rows, "videos of the snapshot")
                self._taken = {row["id"]: self._revision(snapshot) for row in rows}

    def _put(self, library: Library, rows: Rows, stage: str) -> int:
        """Put videos in, with what was known of their keywords, and their words anew."""
        self._reporter.stage(stage, len(rows))
        for batch in _batches(rows, _BATCH):
            videos = [video(row) for row in batch]
            library.put_videos(videos)
            # No keywords are an answer too, which a video cannot tell from not being asked.
            asked = [one for one, row in zip(videos, batch, strict=True) if row.get("keywords")]
            library.put_keywords({one.id: one.keywords for one in asked if not one.keywords})
            self._reporter.advance(len(batch))
        return len(rows)

    def _derived(self, library: Library) -> None:
        """Vectors and likelihoods of the videos that are there. What is missing is made again.

        A vector goes when its video changes. So one that is older than a snapshot is of the video
        as the snapshot has it, and a younger one may not be.
        """
        import numpy as np

        there = set(library.ids())
        vectors = [
            row
            for row in self._read("vectors").rows
            if row["video_id"] in there
            and row["revision"] <= self._taken.get(row["video_id"], row["revision"])
        ]
        self._reporter.stage("vectors", len(vectors))
        for model, rows in _by_model(vectors).items():
            [(size, _)] = Counter(len(row["vector"]) for row in rows).most_common(1)
            for batch in _batches([row for row in rows if len(row["vector"]) == size], _BATCH):
                blobs = np.frombuffer(b"".join(row["vector"] for row in batch), "<f4")
                ids = [row["video_id"] for row in batch]
                stored = library.put_vectors(model, ids, blobs.reshape(len(batch), -1))
                self._outcome.kept["vectors"] += stored
                self._reporter.advance(len(batch))
        for model, rows in _by_model(self._read("title_likelihoods").rows).items():
            library.put_title_likelihoods(
                model,
                {
                    row["video_id"]: (row["log_probability"], row["tokens"])
                    for row in rows
                    if row["video_id"] not in self._taken
                },
            )

    def _community(self, library: Library) -> None:
        """What was learned from other people, where all of it can be read. It can be had again."""
        if self._damaged is None:
            return
        items = self._damaged.read("community_items").rows
        for source in self._damaged.read("community_sources").rows:
            library.put_community_rows(
                source, (item for item in items if item["source"] == source["name"])
            )

    # --- the person's own doing ----------------------------------------------------------------

    def _persons(self, library: Library) -> None:
        tables = persons_tables(library._connection)
        with library._transaction() as connection:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            gaps = []
            for table in tables:
                found = self._read(table.name)
                self._outcome.kept[table.name] = _insert(connection, table, found.rows)
                if not found.whole:
                    gaps.append(table)
            if gaps:
                with self._snapshot("history") as (_, history):
                    for table in gaps:
                        rows = _rows(history, table.name) if history is not None else []
                        self._outcome.added[table.name] = _insert(connection, table, rows)
            _tie_up(connection)

    # --- snapshots -----------------------------------------------------------------------------

    @contextmanager
    def _snapshot(self, kind: Kind) -> Iterator[tuple[Snapshot | None, Library | None]]:
        """The newest snapshot of this kind that can be read, and the library that it is."""
        file = self._folder / f"{kind}.db"
        for snapshot in self._candidates(kind):
            if _usable(snapshot, file):
                self._outcome.snapshots[kind] = snapshot.taken
                with Library.open_held(file) as library:
                    yield snapshot, library
                return
        yield None, None

    def _candidates(self, kind: Kind) -> list[Snapshot]:
        """Those of this very library, where it still says which it is and there are any."""
        snapshots = self._snapshots.all(kind)
        return [one for one in snapshots if one.library == self._library] or snapshots

    def _revision(self, snapshot: Snapshot) -> int:
        """How far this library had come when a snapshot of its videos was taken; -1 if unknown."""
        return int(snapshot.state, 16) if snapshot.library == self._library else -1


def _usable(snapshot: Snapshot, file: Path) -> bool:
    """Unpack a snapshot to `file`; whether it is a library that can be read."""
    try:
        snapshot.unpack(file)
        opening.look(file)
        migrations.upgrade(file)
        with Library.open_held(file) as library:
            [(answer,)] = library._connection.execute("PRAGMA integrity_check(1)").fetchall()
    except DiskFullError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        return False
    except (StoreError, EOFError, zlib.error):
        return False
    return bool(answer == "ok")


def _rows(library: Library, name: str) -> Rows:
    """The rows of a table that say something that can be."""
    table = tables(library._connection)[name]
    rows = [
        dict(zip(table.columns, values, strict=True))
        for values in library._connection.execute(table.select)
    ]
    return [row for row in rows if is_sound(name, row)]


def _insert(connection: sqlite3.Connection, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    """Put rows into a table, as far as both know their columns; how many were not there yet."""
    before = connection.total_changes
    for row in rows:
        names = [name for name in table.columns if name in row]
        connection.execute(table.insert(names), [row[name] for name in names])
    return connection.total_changes - before


def _tie_up(connection: sqlite3.Connection) -> None:
    """Give turns whose session was lost one of today, and remove what else leads nowhere.

    What sessions are listed and searched by is not trusted: it is read out of the turns again.
    """
    connection.execute(
        "INSERT INTO sessions (id, started_at) SELECT DISTINCT session_id, ? FROM turns"
        " WHERE session_id NOT IN (SELECT id FROM sessions)",
        (datetime.now(UTC).isoformat(timespec="microseconds"),),
    )
    derive_all(connection)
    for name, row, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
        connection.execute(f"DELETE FROM {name} WHERE rowid = ?", (row,))  # noqa: S608


def _without_vector(library: Library) -> int:
    """How many videos no vector was kept of, of the model that has the most."""
    models = library.vector_models()
    return library.count() - max(map(library.vector_count, models), default=0)


def _by_model(rows: Rows) -> dict[str, Rows]:
    grouped: dict[str, Rows] = {}
    for row in rows:
        grouped.setdefault(row["model"], []).append(row)
    return grouped


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
