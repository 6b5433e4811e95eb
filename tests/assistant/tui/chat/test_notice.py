from __future__ import annotations

import pytest

from assistant.tui.chat.notice import problem
from benchmarks.bad_input.judge import unfit
from benchmarks.bad_input.texts import HAND_MADE


@pytest.mark.parametrize("text", HAND_MADE, ids=ascii)
def test_what_an_error_quotes_is_shown_and_steers_no_terminal(text: str) -> None:
    assert not list(unfit(problem(text, text, text).plain))


def test_what_an_error_quotes_can_be_told() -> None:
    content = problem("This cannot be opened.", "a\x1b[2J.json: no such file", "Look [again].")
    assert content.plain == "This cannot be opened.\na\\x1b[2J.json: no such file\nLook [again]."
