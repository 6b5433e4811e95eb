"""Reports as JUnit XML, which CI servers read.

A script is a test suite, a turn of it a test case. The form is the one that Jenkins and GitLab
document; what XML cannot hold (control characters of a message) is written in visible form.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from assistant.errors import MatineeError
from assistant.scripts.reports import ScriptReport
from store.cleaning import printable


def write(reports: Sequence[ScriptReport], path: Path) -> None:
    """Write the file at `path`.

    Raises:
        MatineeError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ET.ElementTree(as_xml(reports)).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise MatineeError("The report cannot be written.", f"{path}: {error.strerror}") from error


def as_xml(reports: Sequence[ScriptReport]) -> ET.Element:
    """The reports as an element ``testsuites``."""
    root = ET.Element("testsuites", name="matinee run")
    for report in reports:
        root.append(_suite(report))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    root.set("time", f"{sum(report.seconds for report in reports):.3f}")
    ET.indent(root)
    return root


def _suite(report: ScriptReport) -> ET.Element:
    suite = ET.Element(
        "testsuite",
        name=printable(report.name),
        file=printable(str(report.script.path)),
        time=f"{report.seconds:.3f}",
        tests=str(len(report.steps) + bool(report.error)),
        failures=str(sum(bool(step.failures) for step in report.steps)),
        errors=str(int(bool(report.error))),
    )
    for number, step in enumerate(report.steps, 1):
        case = _case(suite, f"{number}. {step.label}", step.seconds)
        if step.failures:
            _problem(case, "failure", step.failures)
    if report.error:
        _problem(_case(suite, "the script cannot be held", 0.0), "error", (report.error,))
    return suite


def _case(suite: ET.Element, name: str, seconds: float) -> ET.Element:
    about = {"classname": suite.get("name", ""), "file": suite.get("file", "")}
    return ET.SubElement(suite, "testcase", about, name=printable(name), time=f"{seconds:.3f}")


def _problem(case: ET.Element, kind: str, messages: Sequence[str]) -> None:
    told = [printable(message) for message in messages]
    ET.SubElement(case, kind, message=told[0], type=kind).text = "\n".join(told)
