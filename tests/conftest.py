"""What every test may use. No test reads the developer's own library, settings or network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every default folder at an empty one, so that nothing of this machine is read."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MATINEE_DATA_DIR", str(folder))
    for name in [name for name in os.environ if name.startswith("MATINEE_") and "__" in name]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _own_umask() -> Iterator[None]:
    """What a test prepares as a process of its own (`assistant.startup`) ends with it."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture
def shared_data() -> Path:
    """The benchmark data, where it lies beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"SKIPPED LOUDLY: the benchmark data is not at {SHARED_DATA}")
    return SHARED_DATA
