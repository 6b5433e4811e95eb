"""The help: every command and key, made from the registry; what can be done here first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui.commands import TITLES, Command, Place, commands_of
from assistant.tui.page import Page

WRITING = (
    ("Enter", "send"),
    ("Ctrl-J", "a new line"),
    ("↑ ↓", "earlier messages"),
    ("Tab", "go to the picks, and back"),
    ("1 … 9", "on a pick: go to that one"),
    ("Ctrl-P", "the palette: every command, and colour themes"),
)


class HelpPage(Page):
    """Lists the commands, those of `here` first."""

    PLACE = Place.HELP
    CSS_PATH = "help.tcss"

    def __init__(self, here: Place = Place.CHAT) -> None:
        super().__init__()
        self._here = here

    def compose_body(self) -> Iterator[Widget]:
        """One column of sections."""
        with VerticalScroll():
            yield Static(_writing(), markup=False, classes="section")
            for place in _order(self._here):
                if commands := list(commands_of(place)):
                    keys = [self.matinee.key_of(command) for command in commands]
                    yield Static(section(place, commands, keys), markup=False, classes="section")


def _order(here: Place) -> list[Place]:
    chat = [Place.ANYWHERE, Place.CHAT, Place.PICK]
    first = chat if here is Place.CHAT else [here, Place.ANYWHERE]
    return [*first, *(one for one in Place if one not in first)]


def section(place: Place, commands: Sequence[Command], keys: Sequence[str]) -> Content:
    """The commands of a place: key, name, what it does."""
    wide = max(map(len, keys)) + 2
    usage = max(len(command.usage) for command in commands) + 2
    lines = [Content.styled(TITLES[place], "bold")]
    for key, command in zip(keys, commands, strict=True):
        lines.append(
            Content.assemble(
                (f"{key:<{wide}}", "$accent"),
                f"{command.usage:<{usage}}",
                (command.description, "$foreground 60%"),
            )
        )
    return Content("\n").join(lines)


def _writing() -> Content:
    lines = [Content.styled("Writing", "bold")]
    for key, description in WRITING:
        lines.append(Content.assemble((f"{key:<9}", "$accent"), (description, "$foreground 60%")))
    return Content("\n").join(lines)
