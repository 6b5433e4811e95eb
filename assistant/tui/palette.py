"""The commands in the command palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from assistant.tui.commands import COMMANDS, Command

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


class CommandProvider(Provider):
    """Offers every command; one that needs a number is put into the prompt to be completed."""

    async def discover(self) -> Hits:
        """Every command."""
        for command in COMMANDS:
            yield DiscoveryHit(command.usage, partial(self._choose, command), help=_help(command))

    async def search(self, query: str) -> Hits:
        """The commands that match `query`."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            if (score := matcher.match(f"{command.name} {command.description}")) > 0:
                yield Hit(score, command.usage, partial(self._choose, command), help=_help(command))

    def _choose(self, command: Command) -> None:
        app = cast("MatineeApp", self.app)
        if command.on_pick:
            app.prompt.write(f"/{command.name} ")
        else:
            command.run(app, "")


def _help(command: Command) -> str:
    return command.description
