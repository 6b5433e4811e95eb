"""The schema for editors takes what the reader takes, and points at what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.scripts.schema import schema

jsonschema = pytest.importorskip("jsonschema")
TESTS = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((*TESTS.glob("scripts/*.yaml"), *TESTS.glob("acceptance/*.yaml")))


@pytest.fixture(scope="module")
def validator() -> Any:
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def problems(validator: Any, text: str) -> list[str]:
    """What an editor would underline; it knows no dates, only texts."""
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return [error.json_path for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_takes_every_script_of_ours(validator: Any, path: Path) -> None:
    assert problems(validator, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "name: x\npicks: ${n}\nturns: [{say: x}]",
        "name: x\nturns: [{say: x, expect: {intent: '${i}', picks: {count: '${n*2}'}}}]",
        "name: x\nturns: [{say: x, expect: {constraints: {max_duration_s: '${m*60}'}}}]",
        "name: x\nturns: [{say: x, expect: {constraints: {kinds: ['${kind}']}}}]",
        "name: x\nturns: [{say: x, expect: {avoid: horror, references: 2, count: null}}]",
        "name: x\nturns: [{use: a, with: {n: 1}}]",
        "fragments: {a: [{say: x}]}",
    ],
)
def test_takes_variables_and_short_forms(validator: Any, text: str) -> None:
    assert problems(validator, text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name: x\nturns: []", "$.turns"),
        ("name: x", "$"),
        ("name: x\nmodel: big\nturns: [{say: x}]", "$.model"),
        ("name: x\nturns: [{say: x, expect: {intent: dance}}]", "$.turns[0]"),
        ("name: x\nturns: [{say: x}]\nmodle: none", "$"),
    ],
)
def test_points_at_what_is_wrong(validator: Any, text: str, where: str) -> None:
    assert where in problems(validator, text)


def test_every_field_of_a_turn_is_described() -> None:
    definitions = schema()["$defs"]
    for name in ("Step", "PicksExpectation", "EvidenceExpectation", "MemoryExpectation"):
        assert definitions[name]["description"]
    step = definitions["Step"]["properties"]
    assert all("description" in step[field] for field in step if field != "expect")
