"""Where things are on this machine: XDG folders, or one folder that holds everything."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.errors import MatineeError

DATA_DIR_VARIABLE = "MATINEE_DATA_DIR"
SCRATCH_VARIABLES = ("SQLITE_TMPDIR", "TORCHINDUCTOR_CACHE_DIR")
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
OURS = (
    "aside",
    "damaged",
    "evaluation",
    "index",
    "library.",
    "map.",
    "matinee.log",
    "models",
    "recovering",
    "settings.toml",
    "snapshots",
    "writer.",
)
"""How the names begin of what Matinee keeps in its folders."""


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
    def models(self) -> Path:
        """The models that were downloaded: see `assistant.models.shelf`."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "settings.toml"

    @property
    def log(self) -> Path:
        """What went wrong: see `assistant.logs`."""
        return self.state / "matinee.log"

    @property
    def evaluation(self) -> Path:
        """The catalogues of benchmarks, imported once; all of it can be made again."""
        if self.data == self.state:
            return self.data / "evaluation"
        return platformdirs.user_cache_path("matinee", appauthor=False) / "evaluation"

    def make(self) -> None:
        """Create the data and state folders, readable by their owner alone.

        What is there already is made private too, as far as it is ours: a folder that also holds
        other things (it may be anything, even the root of a disk) keeps its mode.

        Raises:
            MatineeError: a folder cannot be created.
        """
        for folder in {self.data, self.state}:
            try:
                folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            except OSError as error:
                raise MatineeError(
                    "A folder cannot be created.",
                    f"{folder}: {error.strerror}",
                    f"Give another one with --data-dir or {DATA_DIR_VARIABLE}.",
                ) from error
            _make_private(folder)
        self._take_scratch()

    def _take_scratch(self) -> None:
        """Have libraries keep their scratch files here, not in a folder that everybody shares.

        SQLite's hold parts of the library, if only for a moment. Chroma's own SQLite and torch
        read this when they are loaded; Python's SQLite may be loaded already.
        """
        for name in SCRATCH_VARIABLES:
            if os.environ.get(name) != str(self.data):
                os.environ[name] = str(self.data)


def _make_private(folder: Path) -> None:
    """Take from others what they may do with the folder and with what is ours in it."""
    with suppress(OSError):  # one that cannot be read is told of by who needs what is in it
        entries = list(os.scandir(folder))
        ours = [entry for entry in entries if entry.name.startswith(OURS)]
        for entry in ours:
            if not entry.is_symlink():
                _tighten(Path(entry.path))
        if len(ours) == len(entries):
            _tighten(folder)


def _tighten(path: Path) -> None:
    with suppress(OSError):  # it has gone, or is somebody else's, or the disk takes no change
        mode = path.stat().st_mode
        private = PRIVATE_FOLDER if stat.S_ISDIR(mode) else PRIVATE_FILE
        shared = mode & stat.S_ISVTX  # such as /tmp: meant for everybody
        if stat.S_IMODE(mode) & ~private and not shared:
            path.chmod(private)


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
