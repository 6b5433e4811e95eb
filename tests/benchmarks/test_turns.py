from __future__ import annotations

import io
import json
from pathlib import Path

from benchmarks.turns import Spent, answer, report


def spent(wall: float) -> Spent:
    return Spent(wall, wall / 2, {"understand": 1.0, "retrieve": wall - 1.0})


def test_two_versions_are_compared_turn_by_turn() -> None:
    before, after = [spent(10.0), spent(40.0), spent(10.0)], [spent(20.0), spent(40.0), spent(30.0)]
    assert list(report("before", before, before)) == [
        "before: p50 10.0 ms, p95 40.0 ms; CPU p50 5.0 ms, p95 20.0 ms",
        "  understand 1.0, retrieve 9.0",
    ]
    assert list(report("after", after, before))[-1] == "  ratio: 2.000, CPU 2.000"


def test_a_turn_is_timed_stage_by_stage(tmp_path: Path) -> None:
    told = io.StringIO()
    answer(io.StringIO("a film about whales\njazz\n"), told, tmp_path)
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert {"understand", "retrieve", "evidence", "explain"} <= set(line["stages"])
        assert 0 < sum(line["stages"].values()) <= line["wall"]
