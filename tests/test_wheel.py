"""What is in the wheel: the packages with their data, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[1]
DATA = (".yaml", ".sql", ".jsonl", ".npz", ".tcss")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_holds_the_three_packages_and_nothing_else(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"assistant", "store", "prompts"}


def test_holds_every_module_and_every_data_file(names: set[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for package in ("assistant", "store", "prompts")
        for path in (ROOT / package).rglob("*")
        if path.suffix == ".py" or path.suffix in DATA
    }
    assert wanted - names == set()
    assert any(name.endswith(".sql") for name in wanted)
    assert any(name.endswith(".jsonl") for name in wanted)


def test_holds_no_tests_and_no_caches(names: set[str]) -> None:
    assert not {name for name in names if "test" in Path(name).name or "__pycache__" in name}
