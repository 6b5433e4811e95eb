from __future__ import annotations

import pytest
from rich.cells import cell_len

from assistant.accounts import WhyNotReport
from assistant.tui.why.comparison import comparison
from tests.assistant.engine.fake_core import picks
from tests.assistant.engine.fake_why import comparison as fake


def report(name: str = "Dune") -> WhyNotReport:
    found = fake(name, picks()[0], "en")
    assert found is not None
    return found


def test_what_lies_with_the_video_comes_before_its_score() -> None:
    lines = comparison(report(), 80).plain.splitlines()
    assert lines[:3] == [
        "You have hidden “Dune”.",
        "“Dune” scored 0.20, place 17 of 214; number 5, the last pick, scored 0.40.",
        "What it has less of: your words [x] (−1.30).",
    ]
    assert lines[-1] == "Both are scored anew here, as things stand now."


def test_both_scores_stand_part_by_part_side_by_side() -> None:
    rows = [line.split() for line in comparison(report(), 80).plain.splitlines()[4:-1]]
    assert rows == [
        ["Dune", "[x]", "this", "pick", "difference"],
        ["your", "words", "+0.20", "+1.50", "−1.30"],
        ["your", "taste", "+0.00", "−0.30", "+0.30"],
        ["score", "0.20", "0.85", "−0.65"],
    ]


@pytest.mark.parametrize("width", [46, 60, 120])
def test_the_table_keeps_to_its_width(width: int) -> None:
    title = "A title that is far too long for a column, 而且还有中文"
    table = comparison(report(title), width).plain.splitlines()[4:-1]
    assert len({cell_len(line) for line in table}) == 1
    assert cell_len(table[0]) <= width


def test_what_has_no_score_has_no_table() -> None:
    bare = WhyNotReport(title="Dune", kept_out=report().kept_out)
    assert len(comparison(bare, 80).plain.splitlines()) == 2
