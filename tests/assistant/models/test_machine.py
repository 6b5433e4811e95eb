from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.models import machine
from assistant.models.accelerators import Gpu, known_to_driver

GIGABYTE = 1024**3


def test_what_there_is_makes_sense() -> None:
    found = machine.look()
    assert 1 <= found.cores <= (os.cpu_count() or 1)
    assert found.memory > GIGABYTE // 2
    assert found.free is None or found.free > 0


@pytest.mark.parametrize(
    ("limit", "memory"), [(str(GIGABYTE), GIGABYTE), ("max", 4 * GIGABYTE), (None, 4 * GIGABYTE)]
)
def test_a_container_has_what_it_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None, memory: int
) -> None:
    path = tmp_path / "memory.max"
    if limit is not None:
        path.write_text(f"{limit}\n")
    monkeypatch.setattr(machine, "_LIMITS", (path,))
    monkeypatch.setattr(machine, "_all_memory", lambda: 4 * GIGABYTE)
    assert machine.look().memory == memory


def test_a_card_that_only_its_driver_knows_is_named(tmp_path: Path) -> None:
    for number, model in enumerate(("A Card", "Another [bold]Card")):
        card = tmp_path / f"0000:0{number}:00.0"
        card.mkdir()
        (card / "information").write_text(f"Model: \t\t {model}\nIRQ: 1\n")
    assert known_to_driver(tmp_path) == (Gpu(name="A Card"), Gpu(name="Another [bold]Card"))
    assert known_to_driver(tmp_path / "missing") == ()
