from __future__ import annotations

import pytest

from assistant.tui.chat.completion import MOST, candidates, listed, rest_of
from assistant.tui.commands import COMMANDS


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("/dia", "l "),  # it takes an argument
        ("/DIA", "l "),
        ("/hel", "p"),
        ("/help", ""),
        ("/", ""),
        ("", ""),
        ("dia", ""),
        ("/xyz", ""),
        ("/like 2", ""),
        ("/hel\np", ""),
    ],
)
def test_what_is_begun_is_completed(text: str, rest: str) -> None:
    assert rest_of(text) == rest


def test_every_command_that_can_be_typed_is_offered_and_no_other() -> None:
    assert candidates("/") == [command for command in COMMANDS if command.is_slash]
    assert candidates("no command") == []
    assert [command.name for command in candidates("/rate 2 4")] == ["rate"]


def test_a_long_list_says_how_much_longer_it_is() -> None:
    lines = listed("/").plain.split("\n")
    assert len(lines) == MOST + 1
    assert lines[-1] == f"… {len(candidates('/')) - MOST} more"
    assert listed("/rate ").plain.startswith("/rate N STARS  Rate it")
    assert not listed("rate")
