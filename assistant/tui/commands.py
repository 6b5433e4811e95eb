"""The one registry of commands: it feeds dispatch, the palette, the cards' keys and the help."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.types import VERBS, Signal


class PickAction(StrEnum):
    """What one can do with a pick."""

    LIKE = "like"
    DISLIKE = "dislike"
    WATCHED = "watched"
    FINISHED = "finished"
    HIDE = "hide"
    SAVE = "save"
    OPEN = "open"
    WHY = "why"
    UNDO = "undo"


SIGNALS: dict[PickAction, Signal] = {PickAction(verb): signal for verb, signal in VERBS.items()}
"""The actions that are stored as signals."""


class Actions(Protocol):
    """What commands are carried out by: the app."""

    def act_on(self, action: PickAction, number: str) -> None:
        """Do something with the pick of that number in the newest answer."""

    def turn_dial(self, position: str) -> None:
        """Turn the dial to `position`, or one further where that is empty."""

    def show_limits(self) -> None:
        """Go to the limits in force, to take one back."""

    def memory(self, command: str) -> None:
        """List what is remembered of the person, or change it."""

    def show_help(self) -> None:
        """List the commands and keys."""

    def leave(self) -> None:
        """End the app."""

    def tell(self, text: str) -> None:
        """Say something in the conversation."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be asked for by name or by key."""

    name: str
    description: str
    run: Callable[[Actions, str], None]
    argument: str = ""
    """How its argument is written in the help; empty if it takes none."""
    key: str = ""
    on_pick: PickAction | None = None
    """What it does with a pick; its key works on a focused card."""

    @property
    def usage(self) -> str:
        """``/like N``."""
        return f"/{self.name} {self.argument}".rstrip()


def _on_pick(action: PickAction, key: str, description: str) -> Command:
    def run(actions: Actions, number: str) -> None:
        actions.act_on(action, number)

    return Command(action.value, description, run, argument="N", key=key, on_pick=action)


COMMANDS: tuple[Command, ...] = (
    _on_pick(PickAction.LIKE, "l", "Like pick N: more of its sort will come"),
    _on_pick(PickAction.DISLIKE, "d", "Dislike it: less of its sort will come"),
    _on_pick(PickAction.WATCHED, "w", "You have seen it: it is not recommended again"),
    _on_pick(PickAction.FINISHED, "f", "You have seen all of it, which says more"),
    _on_pick(PickAction.HIDE, "h", "Never show it again"),
    _on_pick(PickAction.SAVE, "s", "Save it for later"),
    _on_pick(PickAction.OPEN, "o", "Open it in the browser"),
    _on_pick(PickAction.WHY, "y", "Why it was picked"),
    _on_pick(PickAction.UNDO, "u", "Take back what you last said of it"),
    Command(
        "dial",
        "How far from what you know: familiar, balanced or explore",
        lambda actions, position: actions.turn_dial(position),
        argument="[POSITION]",
        key="f2",
    ),
    Command(
        "limits",
        "Go to the limits in force; Delete takes one back",
        lambda actions, _: actions.show_limits(),
        key="f3",
    ),
    Command(
        "memory",
        "What is remembered of you; add TEXT, edit N TEXT, forget N or all",
        lambda actions, command: actions.memory(command),
        argument="[…]",
    ),
    Command("help", "Show this list", lambda actions, _: actions.show_help(), key="f1"),
    Command("quit", "Leave", lambda actions, _: actions.leave(), key="ctrl+q"),
)


def dispatch(line: str, actions: Actions) -> None:
    """Run the command that `line` names (``/like 2``), or say that there is none."""
    name, _, argument = line.removeprefix("/").partition(" ")
    by_name = {command.name: command for command in COMMANDS}
    if command := by_name.get(name.casefold()):
        command.run(actions, argument.strip())
        return
    near = difflib.get_close_matches(name.casefold(), by_name, n=1)
    hint = f"Do you mean /{near[0]}?" if near else "/help lists the commands."
    actions.tell(f"There is no command /{name}. {hint}")
