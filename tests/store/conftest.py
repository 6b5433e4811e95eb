"""A library of a few videos, and a maker of more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library in a folder of its own."""
    with Library.open(tmp_path / "data" / "library.db") as opened:
        yield opened
