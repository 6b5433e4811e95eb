"""The commands in the command palette."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from assistant.tui.commands import Command, Place, commands_of
from assistant.tui.page import Page

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


class CommandProvider(Provider):
    """Offers what can be done here; one with an argument is put into the prompt to be completed."""

    async def discover(self) -> Hits:
        """Every command."""
        for command in self._commands():
            yield DiscoveryHit(
                Content(command.description),
                partial(self._choose, command),
                text=command.description,
                help=self._help(command),
            )

    async def search(self, query: str) -> Hits:
        """The commands that match `query`."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(f"{command.name} {command.description}")) > 0:
                yield Hit(
                    score,
                    Content(command.description),
                    partial(self._choose, command),
                    text=command.description,
                    help=self._help(command),
                )

    def _commands(self) -> Iterator[Command]:
        if isinstance(self.screen, Page):
            return commands_of(self.screen.PLACE, Place.ANYWHERE)
        return commands_of(Place.CHAT, Place.PICK, Place.ANYWHERE)

    def _choose(self, command: Command) -> None:
        app = cast("MatineeApp", self.app)
        if command.argument and command.place is Place.PICK:
            app.prompt.write(f"/{command.name} ")
        else:
            app.run_command(command)

    def _help(self, command: Command) -> str:
        key = cast("MatineeApp", self.app).key_of(command)
        return " · ".join(part for part in (command.usage, key) if part)
