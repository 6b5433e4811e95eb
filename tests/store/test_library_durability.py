"""What was acknowledged is there after a kill at any moment."""

from __future__ import annotations

import multiprocessing
import random
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.types import Interaction, Request, Turn, Video
from store.library import Library
from store.recovery import open_library

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
KILLS = 25


def busy(path: Path, first: int, telling: Connection) -> None:
    """Give signals, ask, store videos, and tell of each as soon as it is done; for ever."""
    with Library.open(path) as library:
        session = library.start_session()
        for number in range(first, first + 1_000_000):
            at = NOON + timedelta(seconds=number)
            id_ = f"test:{number}"
            library.put_videos([Video(id=id_, title=f"Video {number}", description="x" * 5_000)])
            telling.send(("video", id_))
            library.add_interaction(Interaction(video_id=id_, signal="liked", at=at))
            telling.send(("signal", id_))
            library.add_turn(session, Turn(message=id_, request=Request(message=id_)))
            telling.send(("turn", id_))


def told_of(reading: Connection) -> set[tuple[str, str]]:
    """Everything that was told; the last message may have been cut short by the kill."""
    told = set()
    while reading.poll(0):
        try:
            told.add(reading.recv())
        except EOFError:
            break
    return told


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    random_ = random.Random(3)
    path = tmp_path / "data" / "library.db"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["store.library"])
    acknowledged: set[tuple[str, str]] = set()
    said: list[str] = []
    for kill in range(KILLS):
        reading, telling = context.Pipe(duplex=False)
        process = context.Process(target=busy, args=(path, kill * 1_000_000, telling))
        process.start()
        telling.close()
        assert reading.poll(60)  # it has begun
        time.sleep(random_.random() * 0.1)
        process.kill()
        process.join(60)
        acknowledged |= told_of(reading)
        with open_library(path, said.append) as library:
            there = {("video", id_) for id_ in library.ids()}
            there |= {("signal", signal.video_id) for signal in library.interactions()}
            there |= {
                ("turn", turn.message)
                for session in library.sessions()
                for turn in library.turns(session.id)
            }
            assert acknowledged <= there
            assert len(there) <= len(acknowledged) + kill + 1  # at most one was not yet told
    assert said == []
    assert len(acknowledged) > KILLS * 3
    with Library.open(path) as library:
        assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(library.search("video", limit=99_999)) == library.count()
