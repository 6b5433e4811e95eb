from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from assistant.engine.client import Engine
from tests.assistant.engine.support import ROOT, fake_start


@pytest.fixture(autouse=True)
def _tests_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest_asyncio.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    """An engine with the fake core, closed at the end."""
    engine = Engine(fake_start(tmp_path))
    engine.start()
    yield engine
    await engine.close()
