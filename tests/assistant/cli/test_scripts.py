"""``matinee run`` and ``matinee record``, as they are typed."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner, Result

from assistant import locations
from assistant.cli import matinee
from assistant.cli.context import INTERRUPTED
from assistant.conversation import Conversation
from assistant.scripts import Runner, Script, ScriptReport
from assistant.settings import Settings
from assistant.workspace import Workspace
from tests.assistant.scripts.writing import written

SCRIPT = """
name: {name}
vars: {{title: Up}}
library: inline
videos: [{{id: "a:1", title: Up}}]
model: none
turns:
  - say: like ${{title}}
    expect: {{intent: {intent}}}
"""


def script(folder: Path, name: str, intent: str = "recommend") -> Path:
    return written(folder, SCRIPT.format(name=name, intent=intent), f"{name}.yaml")


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(matinee, [str(argument) for argument in arguments])


def test_a_folder_is_run_and_reported(tmp_path: Path) -> None:
    script(tmp_path, "first")
    script(tmp_path, "second", intent="why")
    report = tmp_path / "out" / "report.xml"
    done = invoke("run", tmp_path, "--junit", report)
    assert done.exit_code == 1
    assert "passed  first" in done.stdout
    assert "FAILED  second" in done.stdout
    assert "x say: like Up" in done.stdout
    assert "intent 'recommend', not 'why'" in done.stdout
    assert "1 passed, 1 failed in" in done.stdout
    assert ET.parse(report).getroot().get("failures") == "1"


def test_scripts_are_chosen_by_words_and_given_variables(tmp_path: Path) -> None:
    script(tmp_path, "first")
    script(tmp_path, "second", intent="why")
    done = invoke("run", tmp_path, "-k", "FIRST", "--var", "title=Heat", "-v")
    assert done.exit_code == 0
    assert "· say: like Heat" in done.stdout
    assert "1. Up [" in done.stdout
    assert "second" not in done.stdout


def test_the_first_failure_may_end_it(tmp_path: Path) -> None:
    for name in ("a", "b"):
        script(tmp_path, name, intent="why")
    done = invoke("run", tmp_path, "--fail-fast")
    assert done.exit_code == 1
    assert "0 passed, 1 failed, 1 not run" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-k", "nothing"), "none of 1 scripts"),
        (("--var", "titel=Up"), "No script has such a variable"),
        (("--var", "title"), "is not NAME=VALUE"),
    ],
)
def test_what_cannot_be_run_is_status_2(
    tmp_path: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    script(tmp_path, "first")
    done = invoke("run", tmp_path, *arguments)
    assert done.exit_code == 2
    assert complaint in done.output


def test_all_are_checked_before_the_first_is_run(tmp_path: Path) -> None:
    script(tmp_path, "a")
    written(tmp_path, "name: b\nturns: [{say: x, expects: {}}]\n", "b.yaml")
    done = invoke("run", tmp_path)
    assert done.exit_code == 2
    assert "did you mean expect?" in done.stderr
    assert done.stdout == ""


def test_ctrl_c_reports_what_was_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        script(tmp_path, name)
    run = Runner.run

    def interrupted(self: Runner, one: Script) -> ScriptReport:
        if one.name == "b":
            signal.raise_signal(signal.SIGINT)
        return run(self, one)

    monkeypatch.setattr(Runner, "run", interrupted)
    report = tmp_path / "report.xml"
    done = invoke("run", tmp_path, "--junit", report)
    assert done.exit_code == INTERRUPTED
    assert "1 passed, 0 failed, 2 not run" in done.stdout
    assert ET.parse(report).getroot().get("tests") == "1"


def test_the_schema_needs_no_script() -> None:
    done = invoke("run", "--schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["properties"]["turns"]


def test_a_session_is_listed_recorded_and_run(tmp_path: Path) -> None:
    assert "no session yet" in invoke("record", "--list").stderr
    assert "no session yet" in str(invoke("record", "last").exception)
    with Workspace(locations.find(None), Settings(), llm=False) as workspace:
        list(Conversation(workspace).turn("a short film"))
    [listed] = invoke("record", "--list", "--json").stdout.splitlines()
    session = json.loads(listed)
    assert (session["title"], session["turns"]) == ("a short film", 1)
    assert session["id"] in invoke("record", "--list").stdout
    target = tmp_path / "evening.yaml"
    assert invoke("record", session["id"], "-o", target).exit_code == 0
    assert invoke("run", target).exit_code == 0
    assert "there already" in str(invoke("record", "last", "-o", target).exception)
    printed = invoke("record", "last", "--picks")
    assert yaml.safe_load(printed.stdout)["turns"][0]["expect"]["picks"]["places"]


def test_which_session_has_to_be_said() -> None:
    done = invoke("record")
    assert done.exit_code == 2
    assert "--list" in done.output
