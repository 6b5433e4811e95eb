"""What every command has at hand."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.logs import LogFile, log_to
from assistant.types import Dial

if TYPE_CHECKING:
    from assistant.locations import Locations
    from assistant.settings import Settings
    from assistant.workspace import Workspace
    from store.library import Library

INTERRUPTED = 130
"""The exit status of a command that was stopped with Ctrl-C."""


no_llm_option = click.option("--no-llm", is_flag=True, help="Work without a language model.")
dial_option = click.option(
    "--dial", type=click.Choice(Dial, case_sensitive=False), help="How far from the known."
)


@dataclass(frozen=True)
class App:
    """The folders and settings in force; resources are opened by the command that needs them."""

    data_dir: Path | None

    @property
    def locations(self) -> Locations:
        """The folders in force."""
        from assistant import locations

        return locations.find(self.data_dir)

    def settings(self) -> Settings:
        """The settings in force.

        Raises:
            MatineeError: they cannot be read.
        """
        from assistant import settings

        return settings.load(self.locations.settings)

    def workspace(self, *, llm: bool = True) -> Workspace:
        """The resources, opened in this process. Warnings go to the log file from here on."""
        from assistant.workspace import Workspace

        self.log_to_file()
        return Workspace(self.locations, self.settings(), llm=llm)

    def library(self) -> Library:
        """The library alone, as it is: an empty one stays empty."""
        from store.library import Library

        self.locations.make()
        return Library.open(self.locations.library)

    def log_to_file(self) -> None:
        """Send the log to its file, so that the terminal shows answers alone."""
        self.locations.make()
        log_to(LogFile(self.locations.log), content=self.settings().privacy.log_content)


def narrate(text: str) -> None:
    """Say something about the work to standard error: standard output is for data."""
    click.echo(text, err=True)


def on_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def warn(workspace: Workspace, *, llm: bool) -> None:
    """Say with what the answers had to do without."""
    from assistant.workspace import NOT_EMBEDDED

    if llm and workspace.model_problem:
        narrate(f"\nAnswered without a language model: {workspace.model_problem}")
    if workspace.unembedded:
        narrate(NOT_EMBEDDED.format(count=workspace.unembedded))
