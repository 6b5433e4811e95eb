"""The conversations that Matinee must be able to hold, with the model that comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import scripts
from assistant.scripts import Runner, Script

FOLDER = Path(__file__).resolve().parents[1] / "acceptance"
CONVERSATIONS = scripts.load([FOLDER])


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as opened:
        yield opened


@pytest.mark.real_models
@pytest.mark.parametrize("script", CONVERSATIONS, ids=lambda script: script.path.stem)
def test_holds(script: Script, runner: Runner) -> None:
    # one in eight with the language model: all of them take ten minutes, and are held with it by
    # `matinee run tests/acceptance`
    talks = CONVERSATIONS.index(script) % 8 == 0
    report = runner.run(script if talks else script.model_copy(update={"model": "none"}))
    failures = [f"{step.label}: {failure}" for step in report.steps for failure in step.failures]
    assert not [*failures, *filter(None, [report.error])]


def test_each_goes_on_for_a_while() -> None:
    assert all(3 <= len(script.turns) <= 8 for script in CONVERSATIONS)
