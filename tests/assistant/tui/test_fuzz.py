"""Random actions; `python -m benchmarks.app.robustness` does many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.app.fuzz import fake_start, run
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS


@pytest.mark.parametrize("seed", [0])
async def test_nothing_one_does_breaks_the_app(seed: int, tmp_path: Path) -> None:
    start = fake_start(tmp_path)
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
    assert len(await run(start, seed, 60)) >= 60
