"""A data folder that is well, made once and copied for each test that breaks it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.doctor import CHECKS, MENDERS, Context, Row, State, examine
from assistant.locations import Locations
from assistant.startup import SWITCHES
from assistant.types import Interaction, Request, Signal, Turn, Video
from store.index import Index
from store.ingest import add_keywords
from store.library import Library
from store.snapshots import Snapshots
from tests.toys import ToyEmbedder

VIDEOS = [
    Video(
        id=f"file:{number}",
        title=f"{subject} for beginners, part {number}",
        description=f"Everything about {subject}, told in {number} minutes.",
        tags=(subject,),
    )
    for number, subject in enumerate(["bread", "trains", "chess", "bees", "rivers"] * 12)
]
CHINESE = Video(id="file:tokyo", title="東京の夏", description="東京で過ごす夏の一日。")
SLOW = frozenset({"embedding model", "torch", "llama.cpp", "index server"})
"""Checks of what the toy embedder stands in for, and of what takes seconds."""


@dataclass(frozen=True)
class Folder:
    """A data folder that a test breaks, and looks at."""

    places: Locations

    def __truediv__(self, name: str) -> Path:
        return self.places.data / name

    def sql(self, statement: str) -> None:
        """Run a statement in the library as no Matinee would."""
        with closing(sqlite3.connect(self / "library.db", isolation_level=None)) as connection:
            connection.execute(statement)

    def look(self, *names: str, repair: bool = False) -> dict[str, Row]:
        """Make the checks that are named, or all but the slow ones: the worst row of each."""
        checks = [
            check for check in CHECKS if (check.name in names if names else check.name not in SLOW)
        ]
        context = Context(self.places, embedder=ToyEmbedder())
        return worst(examine(context, checks, MENDERS if repair else None))


ORDER = (State.OK, State.REPAIRED, State.SKIPPED, State.WARNING, State.FAILED)


def worst(rows: Iterable[Row]) -> dict[str, Row]:
    """For each check the row that says the worst; a row that is told first wins a tie."""
    found: dict[str, Row] = {}
    for row in rows:
        before = found.get(row.check)
        if before is None or ORDER.index(row.state) > ORDER.index(before.state):
            found[row.check] = row
    return found


def not_well(rows: dict[str, Row]) -> dict[str, State]:
    """The checks that found something, and what."""
    return {name: row.state for name, row in rows.items() if row.state is not State.OK}


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the command line does before anything else."""
    for name, value in SWITCHES.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is well. Not to be changed."""
    folder = tmp_path_factory.mktemp("pattern") / "data"
    usual = os.umask(0o077)  # the command line's
    try:
        _make(folder)
    finally:
        os.umask(usual)
    return folder


def _make(folder: Path) -> None:
    toy, videos = ToyEmbedder(), [*VIDEOS, CHINESE]
    folder.mkdir(mode=0o700)
    with Library.open(folder / "library.db") as library:
        library.put_videos(videos)
        add_keywords(library)
        library.put_vectors(toy.key, [video.id for video in videos], toy.encode_videos(videos))
        for number, video in enumerate(videos[:9]):
            moment = datetime(2026, 1, 2, number, tzinfo=UTC)
            library.add_interaction(Interaction(video_id=video.id, signal=Signal.LIKED, at=moment))
        session = library.start_session()
        library.add_turn(session, Turn(message="bread", request=Request(message="bread")))
        index = Index.open(folder / "index", toy.key)
        assert index is not None
        index.sync(library)
        index.close()
        Snapshots.of(folder / "library.db").take(library)


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Folder:
    """A copy of it, for a test to break."""
    data = tmp_path / "data"
    shutil.copytree(pattern, data)
    return Folder(Locations(data=data, config=data, state=data))
