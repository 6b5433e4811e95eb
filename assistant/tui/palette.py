"""The commands in the command palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from assistant.tui.commands import COMMANDS, Command

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


class CommandProvider(Provider):
    """Offers every command; one with an argument is put into the prompt to be completed."""

    async def discover(self) -> Hits:
        """Every command."""
        for command in COMMANDS:
            yield DiscoveryHit(
                Content(command.usage),
                partial(self._choose, command),
                text=command.usage,
                help=command.description,
            )

    async def search(self, query: str) -> Hits:
        """The commands that match `query`."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            if (score := matcher.match(f"{command.name} {command.description}")) > 0:
                yield Hit(
                    score,
                    Content(command.usage),
                    partial(self._choose, command),
                    text=command.usage,
                    help=command.description,
                )

    def _choose(self, command: Command) -> None:
        app = cast("MatineeApp", self.app)
        if command.argument:
            app.prompt.write(f"/{command.name} ")
        else:
            command.run(app, "")
