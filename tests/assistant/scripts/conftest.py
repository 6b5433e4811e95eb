"""One runner for all: the embedding model is loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.scripts import Runner


@pytest.fixture(scope="package")
def runner() -> Iterator[Runner]:
    with Runner() as opened:
        yield opened
