"""An index folder, and an index in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.index import Index
from tests.store.index.making import opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    index = opened(folder)
    yield index
    index.close()
