"""Reports as JUnit XML can be read by others, whatever they quote."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assistant.errors import MatineeError
from assistant.scripts import Script, ScriptReport, StepReport
from assistant.scripts.format import Step
from assistant.scripts.junit import write

HOSTILE = 'a\x00\x1b[31m & <b> "x" ]]> \ud800 \uffff 中文\nline'


def reports(*steps: StepReport, error: str = "", name: str = "test") -> list[ScriptReport]:
    script = Script(name=name, path=Path("folder/test.yaml"), turns=(Step(say="x"),))
    return [ScriptReport(script, steps, seconds=1.25, error=error)]


def read(given: list[ScriptReport], folder: Path) -> ET.Element:
    path = folder / "deeper" / "report.xml"
    write(given, path)
    return ET.fromstring(path.read_bytes())


def test_a_script_is_a_suite_and_a_turn_a_case(tmp_path: Path) -> None:
    root = read(
        [*reports(StepReport("say: x", ()), StepReport("say: y", ("no", "nor"))), *reports()],
        tmp_path,
    )
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "0")
    suite = root[0]
    assert suite.get("name") == "test"
    assert suite.get("file") == str(Path("folder/test.yaml"))
    assert suite.get("time") == "1.250"
    assert [case.get("name") for case in suite] == ["1. say: x", "2. say: y"]
    [failure] = suite.findall("testcase/failure")
    assert (failure.get("message"), failure.text) == ("no", "no\nnor")


def test_a_script_that_cannot_be_held_is_an_error(tmp_path: Path) -> None:
    root = read(reports(error="There is no such file."), tmp_path)
    assert (root.get("tests"), root.get("errors")) == ("1", "1")
    [error] = root.findall("testsuite/testcase/error")
    assert error.text == "There is no such file."


def test_whatever_is_quoted_the_file_is_well_formed(tmp_path: Path) -> None:
    steps = StepReport(f"say: {HOSTILE}", (HOSTILE,))
    root = read(reports(steps, error=HOSTILE, name=HOSTILE), tmp_path)
    [failure] = root.findall("testsuite/testcase/failure")
    assert failure.text is not None
    assert "中文" in failure.text
    assert '& <b> "x" ]]>' in failure.text
    assert r"\x1b" in failure.text


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(MatineeError, match="cannot be written"):
        write(reports(), tmp_path)
