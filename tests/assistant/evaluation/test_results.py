from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.evaluation.queries import Query, TaskKind
from assistant.evaluation.results import Figure, Latency, Outcome, Report, TaskResult
from assistant.evaluation.scoring import NDCG, Judge
from assistant.evaluation.space import Space
from assistant.evaluation.systems import Ranking

IDS = tuple(f"v{number}" for number in range(20))
QUERIES = [Query(f"q{number}", "p", frozenset({f"v{number}"})) for number in range(10)]


@pytest.fixture
def judge() -> Judge:
    return Judge(TaskKind.REQUESTS, Space(IDS, np.eye(20, dtype=np.float32)), {}, {})


def answer(*ids: str) -> Ranking:
    return Ranking(ids, {"rank": 0.002})


def test_systems_are_compared_on_the_same_queries(judge: Judge) -> None:
    good = {query.id: answer(query.id.replace("q", "v"), "v19") for query in QUERIES}
    half = {
        query.id: answer("v19", query.id.replace("q", "v")) if number % 2 else answer("v19")
        for number, query in enumerate(QUERIES)
    }
    outcome = Outcome(QUERIES, {"half": half, "good": good}, judge)
    first, second = outcome.results(["half"], per_query=True)
    assert (first.system, second.system) == ("half", "good")
    assert second.measures["recall@1"].value == 1.0
    assert first.measures["recall@10"].value == 0.5
    assert first.measures[NDCG].value == pytest.approx(0.5 / np.log2(3))
    gain = second.gains["half"][NDCG]
    assert gain.value == pytest.approx(1 - 0.5 / np.log2(3))
    assert gain.clear
    assert not first.gains
    assert second.coverage.value == 11 / 20
    assert second.per_query[3].ids == ("v3", "v19")
    assert second.per_query[3].measures["RR"] == 1.0
    assert second.measures["ILD@10"].value == pytest.approx(1.0)
    assert "calibration@10" not in second.measures


def test_no_answer_finds_nothing_and_a_system_without_any_is_left_out(judge: Judge) -> None:
    some = {query.id: answer("v0") if query.id == "q0" else None for query in QUERIES}
    none: dict[str, Ranking | None] = {query.id: None for query in QUERIES}
    [result] = Outcome(QUERIES, {"none": none, "some": some}, judge).results([], per_query=False)
    assert (result.system, result.answered) == ("some", 1)
    assert result.measures["recall@10"].value == 0.1


def test_latency_is_shared_out_among_the_stages() -> None:
    latency = Latency.of([{"find": 0.003, "sort": 0.001}] * 9 + [{"find": 0.004}])
    assert latency.p50_ms.value == pytest.approx(4.0)
    assert sum(latency.shares.values()) == pytest.approx(1.0)
    assert latency.shares["sort"] == pytest.approx(9 / 40)


def test_a_report_is_plain_json(judge: Judge) -> None:
    few = QUERIES[:3]
    answers = {"x": {query.id: answer("v0") for query in few}}
    task = TaskResult(
        task="requests", kind=TaskKind.REQUESTS, catalogue="films", videos=20, queries=3,
        relevant=3, systems=Outcome(few, answers, judge).results(["x"], per_query=False),
    )  # fmt: skip
    report = Report(
        embedding_model="m", language_model=None, dial="balanced", against="x", tasks=(task,)
    )
    data = json.loads(json.dumps(report.model_dump(mode="json"), allow_nan=False))
    assert data["tasks"][0]["systems"][0]["measures"]["recall@1"] == {
        "value": pytest.approx(1 / 3), "low": None, "high": None,
    }  # fmt: skip
    assert not Figure(value=1.0).clear
