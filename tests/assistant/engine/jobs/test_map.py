from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.jobs.core import JobCore
from assistant.engine.protocol import Start
from assistant.engine.protocol.taste import MakeMap, MapMade
from assistant.errors import Cancelled, StoreError
from assistant.locations import Locations
from assistant.settings import Settings
from store.map import load
from tests.assistant.tui.taste.support import fill


class Listener:
    """Keeps what it is told; stops the work at some step."""

    def __init__(self, cancel: CancelToken, stop_after: int | None = None) -> None:
        self.stages: list[str] = []
        self.steps = 0
        self._cancel = cancel
        self._stop_after = stop_after

    def say(self, text: str) -> None:
        raise AssertionError(text)

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append(name)

    def advance(self, n: int) -> None:
        self.steps += n
        if self._stop_after is not None and self.steps >= self._stop_after:
            self._cancel.cancel()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("os.nice", lambda _: 0)  # this process has other tests to run
    fill(tmp_path, laid_out=False)
    return tmp_path


def make(folder: Path, *, stop_after: int | None = None) -> tuple[MapMade, Listener]:
    cancel = CancelToken()
    told = Listener(cancel, stop_after)
    start = Start(locations=Locations(folder, folder, folder), settings=Settings())
    job = JobCore(start, told)
    try:
        [made] = job.answer(MakeMap(), cancel)
    finally:
        job.close()
    assert isinstance(made, MapMade)
    return made, told


def test_a_map_is_made_kept_and_told_of(folder: Path) -> None:
    made, told = make(folder)
    assert made.videos == 40
    assert told.stages == ["reading vectors", "laying out videos"]
    assert told.steps == 500
    kept = load(folder / "map.npz")
    assert kept is not None
    assert len(kept.ids) == 40


def test_one_that_is_stopped_leaves_the_map_that_was_there(folder: Path) -> None:
    make(folder)
    before = (folder / "map.npz").read_bytes()
    with pytest.raises(Cancelled):
        make(folder, stop_after=100)
    assert (folder / "map.npz").read_bytes() == before
    assert not (folder / "map.npz.new").exists()


def test_a_map_that_cannot_be_kept_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.map.save", full)
    with pytest.raises(StoreError, match="The map cannot be kept"):
        make(folder)
