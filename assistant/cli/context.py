"""What every command has at hand."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.narration import LineNarrator, narrate
from assistant.logs import LogFile, log_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.locations import Locations
    from assistant.narrator import Narrator
    from assistant.settings import Settings
    from assistant.workspace import Workspace
    from store.index import Index
    from store.library import Library

INTERRUPTED = 130
"""The exit status of a command that was stopped with Ctrl-C."""


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
        return Workspace(self.locations, self.settings(), llm=llm, narrator=LineNarrator())

    @contextmanager
    def library(self, narrator: Narrator | None = None) -> Iterator[Library]:
        """The library alone, mended if need be; an empty one stays empty."""
        self.locations.make()  # first: SQLite looks for its temporary folder when it is loaded
        from store.recovery import open_library
        from store.snapshots import Snapshots

        narrator = narrator or LineNarrator()
        with open_library(self.locations.library, narrator.say, narrator) as library:
            yield library
            Snapshots.of(library.path).take_if_due(library)

    @contextmanager
    def writing(self, purpose: str, narrator: Narrator) -> Iterator[Library]:
        """The library for bulk work: no other process does such work meanwhile.

        Raises:
            StoreError: one does.
        """
        from store.locks import one_writer

        self.locations.make()
        with one_writer(self.locations.data, purpose), self.library(narrator) as library:
            yield library

    def index(self) -> Index | None:
        """The index of the embedding model in force; None when another process has it."""
        from store.embedder import model_key
        from store.index import Index

        settings = self.settings()
        key = model_key(settings.embedding)
        return Index.open(self.locations.index, key, server=settings.index)

    def log_to_file(self) -> None:
        """Send the log to its file, so that the terminal shows answers alone."""
        self.locations.make()
        log_to(LogFile(self.locations.log), content=self.settings().privacy.log_content)


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
