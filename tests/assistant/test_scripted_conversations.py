"""Every scripted conversation of ``tests/scripts`` holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import scripts
from assistant.scripts import Runner, Script

FOLDER = Path(__file__).resolve().parents[1] / "scripts"


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as opened:
        yield opened


def _parameter(script: Script) -> object:
    marks = [pytest.mark.real_models] if script.model == "packaged" else []
    place = script.path.relative_to(FOLDER).with_suffix("")
    return pytest.param(script, id=f"{place}: {script.name}", marks=marks)


@pytest.mark.parametrize("script", [_parameter(script) for script in scripts.load([FOLDER])])
def test_holds(script: Script, runner: Runner) -> None:
    report = runner.run(script)
    failures = [f"{step.label}: {failure}" for step in report.steps for failure in step.failures]
    assert not [*failures, *filter(None, [report.error])]
