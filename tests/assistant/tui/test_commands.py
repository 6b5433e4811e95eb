from __future__ import annotations

import pytest

from assistant.tui.commands import COMMANDS, SIGNALS, PickAction, dispatch


class Recorder:
    """Carries out nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.done: list[tuple[str, ...]] = []

    def act_on(self, action: PickAction, number: str) -> None:
        self.done.append(("act_on", action.value, number))

    def turn_dial(self, position: str) -> None:
        self.done.append(("turn_dial", position))

    def show_limits(self) -> None:
        self.done.append(("show_limits",))

    def memory(self, command: str) -> None:
        self.done.append(("memory", command))

    def show_help(self) -> None:
        self.done.append(("show_help",))

    def leave(self) -> None:
        self.done.append(("leave",))

    def tell(self, text: str) -> None:
        self.done.append(("tell", text))


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("/like 2", ("act_on", "like", "2")),
        ("/WHY  3 ", ("act_on", "why", "3")),
        ("/open", ("act_on", "open", "")),
        ("/dial explore", ("turn_dial", "explore")),
        ("/dial", ("turn_dial", "")),
        ("/limits", ("show_limits",)),
        ("/memory", ("memory", "")),
        ("/memory forget 2", ("memory", "forget 2")),
        ("/memory  edit 2 I love Ghibli ", ("memory", "edit 2 I love Ghibli")),
        ("/help", ("show_help",)),
        ("/quit now", ("leave",)),
        ("/hlep", ("tell", "There is no command /hlep. Do you mean /help?")),
        ("/xyzzy 1", ("tell", "There is no command /xyzzy. /help lists the commands.")),
        ("/", ("tell", "There is no command /. /help lists the commands.")),
    ],
)
def test_a_line_is_carried_out(line: str, done: tuple[str, ...]) -> None:
    actions = Recorder()
    dispatch(line, actions)
    assert actions.done == [done]


def test_names_and_keys_are_given_once() -> None:
    names = [command.name for command in COMMANDS]
    keys = [command.key for command in COMMANDS]
    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)
    assert {command.on_pick for command in COMMANDS if command.on_pick} == set(PickAction)


def test_every_action_that_is_no_signal_is_known() -> None:
    assert set(PickAction) - set(SIGNALS) == {PickAction.OPEN, PickAction.WHY, PickAction.UNDO}
