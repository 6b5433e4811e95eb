from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from benchmarks.diversity import Point, curves, report
from benchmarks.diversity_chart import Curve, chart

TOPICS = 40


def figures(ndcg: float, subtopics: float) -> np.ndarray:
    wave = 0.01 * np.sin(np.arange(TOPICS))
    return np.stack([ndcg + wave, subtopics + wave, subtopics + wave], axis=1)


def points() -> list[Point]:
    others = [Point(name, 0.0, figures(0.5, 0.2)) for name in ("MMR", "DPP", "SSD")]
    dear, fair = Point("MMR", 0.5, figures(0.3, 0.9)), Point("MMR", 0.1, figures(0.495, 0.22))
    ours = [Point("Matinee", value, figures(0.5, 0.3)) for value in (4.0, 8.0)]
    return [*others, dear, fair, *ours]


def test_what_costs_too_much_is_not_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    report(figures(0.5, 0.2), points())
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert "0.1, 0.1" in lines["MMR"]
    assert "+10.0 %" in lines["MMR"]
    assert "+49.9 %" in lines["balanced"]


def test_the_chart_is_an_svg_with_a_line_for_each_system() -> None:
    root = ET.fromstring(chart(curves(figures(0.5, 0.2), points())))
    lines = [one for one in root.iter() if one.tag.endswith("polyline")]
    assert len(lines) == 2 * 4
    names = {one.text for one in root.iter() if one.tag.endswith("text")}
    assert {"MMR", "DPP", "SSD", "Matinee"} <= names


def test_what_costs_most_is_outside_of_the_chart() -> None:
    near = Curve("MMR", ((0.0, 0.0, 0.0), (-5.0, 4.0, 4.0)))
    far = Curve("MMR", (*near.points, (-90.0, 90.0, 90.0)))
    assert chart([near]) == chart([far])
