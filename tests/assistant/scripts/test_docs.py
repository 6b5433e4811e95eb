"""What docs/scripts.md shows holds, and it leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.scripts import Runner, Script, load
from assistant.scripts.expectations import (
    EvidenceExpectation,
    Expectation,
    MemoryExpectation,
    PicksExpectation,
    PreferenceExpectation,
    SentencesExpectation,
)
from assistant.scripts.format import ACTIONS, ScriptFile
from tests.assistant.scripts.writing import written

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "scripts.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
FIELDS = {
    name
    for model in (
        ScriptFile,
        Expectation,
        PicksExpectation,
        EvidenceExpectation,
        SentencesExpectation,
        MemoryExpectation,
        PreferenceExpectation,
    )
    for name in model.model_fields
}


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.partition("name: ")[2][:40])
def test_an_example_holds(text: str, runner: Runner, tmp_path: Path) -> None:
    scripts: list[Script] = load([written(tmp_path, text)])
    for script in scripts:
        report = runner.run(script)
        assert [failure for step in report.steps for failure in step.failures] == []
        assert not report.error


def test_there_is_an_example_of_each_sort() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("name", sorted(FIELDS | set(ACTIONS)))
def test_every_field_is_named(name: str) -> None:
    assert re.search(rf"\b{name}\b", DOCUMENT)
