from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

import prompts
from assistant.errors import PromptError
from prompts import loader

NAMES = sorted(
    Path(file.name).stem
    for file in resources.files("prompts").iterdir()
    if file.name.endswith(".yaml") and not file.name.startswith(("sentences.", "summary."))
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of prompts in place of the real one."""
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    loader.load.cache_clear()
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_is_right_and_says_what_it_is_for(name: str) -> None:
    prompt = prompts.load(name)
    assert prompt.description.endswith(".")
    assert prompt.render(**dict.fromkeys(prompt.variables, "x"))


def test_variables_are_filled_in_and_not_looked_into_again() -> None:
    prompt = prompts.load("explain_user")
    assert prompt.render(title="{reason} {", reason="because") == "{reason} {\nReason: because"


def test_a_missing_and_an_unknown_variable_are_named() -> None:
    with pytest.raises(PromptError) as raised:
        prompts.load("explain_user").render(title="Heat", raeson="typo")
    assert "missing: reason; unknown: raeson" in raised.value.detail
    assert "title, reason" in raised.value.hint


def test_a_prompt_that_is_not_there() -> None:
    with pytest.raises(PromptError, match="no such prompt"):
        prompts.load("nothing_of_the_kind")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("name: [", "not YAML"),
        ("name: a\ndescription: b\nvariables: []", "text: Field required"),
        ("name: a\ndescription: b\nvariables: []\ntext: c\nextra: d", "extra: Extra inputs"),
        ("name: a\ndescription: 7\nvariables: []\ntext: c", "description: Input should be"),
        ("name: a\ndescription: b\nvariables: [x]\ntext: c", "declares ['x']"),
        ("name: a\ndescription: b\nvariables: []\ntext: c {y}", "uses ['y']"),
        ("name: other\ndescription: b\nvariables: []\ntext: c", "“other”"),
        ("just a text", "file: Input should be"),
    ],
)
def test_a_wrong_file_is_named_with_its_problem(files: Path, content: str, problem: str) -> None:
    (files / "a.yaml").write_text(content, "utf-8")
    with pytest.raises(PromptError) as raised:
        loader.load("a")
    assert problem in str(raised.value)
    assert "a.yaml" in str(raised.value)
