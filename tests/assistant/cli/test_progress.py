from __future__ import annotations

import pytest

from assistant.cli.progress import ProgressBars


def test_what_is_said_above_the_bars_steers_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ProgressBars() as bars:
        bars.say("a\x90b\x1b[2J\u202e.zip: PyVideo data")
    said = capsys.readouterr().err
    assert "PyVideo data" in said
    assert not {"\x90", "\u202e"} & set(said)
    assert "\x1b[2J" not in said
