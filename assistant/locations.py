"""Where things are on this machine: XDG folders, or one folder that holds everything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.errors import MatineeError

DATA_DIR_VARIABLE = "MATINEE_DATA_DIR"
PRIVATE_FOLDER = 0o700


@dataclass(frozen=True)
class Locations:
    """The folders in force."""

    data: Path
    config: Path
    state: Path

    @property
    def library(self) -> Path:
        """The SQLite file: the truth."""
        return self.data / "library.db"

    @property
    def index(self) -> Path:
        """The Chroma folder, derived from the library."""
        return self.data / "index"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "settings.toml"

    @property
    def log(self) -> Path:
        """What went wrong, and what native libraries print."""
        return self.state / "matinee.log"

    def make(self) -> None:
        """Create the data and state folders, readable by their owner alone.

        Raises:
            MatineeError: a folder cannot be created.
        """
        for folder in (self.data, self.state):
            try:
                folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            except OSError as error:
                raise MatineeError(
                    "A folder cannot be created.",
                    f"{folder}: {error.strerror}",
                    f"Give another one with --data-dir or {DATA_DIR_VARIABLE}.",
                ) from error


def find(data_dir: Path | None = None) -> Locations:
    """The folders in force: `data_dir`, else MATINEE_DATA_DIR, else the XDG folders.

    A data folder that is named holds everything, settings and log too, so that it can be carried
    about whole.
    """
    named = data_dir or (Path(value) if (value := os.environ.get(DATA_DIR_VARIABLE)) else None)
    if named is not None:
        folder = named.expanduser().absolute()
        return Locations(data=folder, config=folder, state=folder)
    dirs = platformdirs.PlatformDirs("matinee", appauthor=False)
    return Locations(
        data=dirs.user_data_path, config=dirs.user_config_path, state=dirs.user_state_path
    )
