"""Every scripted conversation of ``tests/scripts`` holds, and one that does not is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import scripts
from assistant.errors import ScriptError

FOLDER = Path(__file__).resolve().parents[1] / "scripts"


def _parameter(path: Path) -> object:
    marks = [pytest.mark.real_models] if scripts.read(path).model == "packaged" else []
    return pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("path", [_parameter(path) for path in sorted(FOLDER.glob("*.yaml"))])
def test_holds(path: Path) -> None:
    report = scripts.run(path)
    failures = [f"{step.label}: {failure}" for step in report.steps for failure in step.failures]
    assert not failures


def _written(folder: Path, text: str) -> Path:
    path = folder / "script.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("expectation", "complaint"),
    [
        ("intent: why", "intent recommend, not why"),
        ("constraints: {max_duration_s: 60}", "constraints"),
        ("avoid: [horror]", "avoid"),
        ("picks: {count: 4}", "5 picks, not 4"),
        ("picks: {include: ['starter:nothing']}", "not among the picks"),
        ("picks: {all: {max_year: 1900}}", "does not satisfy"),
        ("picks: {kinds_among: [episode]}", "is a"),
        ("clusters_at_least: 6", "clusters, not 6"),
        ("sentences: {evidence_any: [popularity]}", "none of"),
        ("answer_contains: [xyzzy]", "does not say"),
        ("model: other", "not other"),
        ("fails_with: something", "should have failed"),
    ],
)
def test_an_expectation_that_does_not_hold_is_reported(
    tmp_path: Path, expectation: str, complaint: str
) -> None:
    path = _written(
        tmp_path,
        "name: wrong\nturns:\n  - say: a film about trains\n    expect: {" + expectation + "}\n",
    )
    report = scripts.run(path)
    assert not report.passed
    assert complaint in report.steps[0].failures[0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name: [", "not valid YAML"),
        ("name: x\nturns: []", "turns"),
        ("name: x\nturns:\n  - {}", "exactly one of"),
        ("name: x\nturns:\n  - {say: a, press: like 1}", "exactly one of"),
        ("name: x\nturns:\n  - {press: dance 1}", "press"),
        ("name: x\nturns:\n  - {say: a, expect: {faster_than: 1}}", "faster_than"),
    ],
)
def test_a_script_that_is_wrong_says_where(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ScriptError, match=complaint):
        scripts.read(_written(tmp_path, text))


def test_a_script_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot be read"):
        scripts.read(tmp_path / "none.yaml")


def test_pressing_a_pick_that_is_not_there_is_reported(tmp_path: Path) -> None:
    report = scripts.run(_written(tmp_path, "name: x\nturns:\n  - press: like 1\n"))
    assert report.steps[0].failures == ("there is no pick 1",)
