"""An index folder, an index in it, and a healthy one to copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.index import Index
from store.library import Library
from tests.store.index.damaging import COUNT, Home
from tests.store.index.making import fill, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    index = opened(folder)
    yield index
    index.close()


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    root = tmp_path_factory.mktemp("home")
    with Library.open(root / "library.db") as library:
        vectors = fill(library, COUNT)
        index = opened(root / "index")
        index.sync(library)
        index.close()
        yield Home(library, root / "library.db", vectors, root / "index")
