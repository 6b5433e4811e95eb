"""The models that were downloaded: where they lie, what is known of them, how they go.

```
models/NAME/            a model, whole: it has this name only when every file of it was checked
models/NAME.part/       one that is being downloaded
models/NAME.part.json   its commit and checksums
models/NAME.json        those of the model that is whole; they stay when it is removed
models/speeds.json      what was measured on this machine
```
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import ModelError
from assistant.models.catalogue import Entry, ModelKind
from assistant.models.hub import Listing
from store import durable

LOCK = "download.lock"


@dataclass(frozen=True)
class Shelf:
    """The folder of models.

    Args:
        folder: it need not exist.
    """

    folder: Path

    def make(self) -> None:
        """Make the folder, for its owner alone."""
        self.folder.mkdir(mode=durable.PRIVATE_FOLDER, parents=True, exist_ok=True)

    def home(self, entry: Entry) -> Path:
        """The folder of a model that is whole."""
        return self.folder / entry.name

    def staging(self, entry: Entry) -> Path:
        """The folder of a model on its way."""
        return self.folder / f"{entry.name}.part"

    def installed(self, entry: Entry) -> Path | None:
        """What the settings are to name: a GGUF file, or a folder; None when it is not there."""
        home = self.home(entry)
        place = home / entry.file if entry.kind is ModelKind.LANGUAGE and entry.file else home
        return place if place.exists() else None

    def size(self, entry: Entry) -> int:
        """Bytes that it takes on the disk, whole or in part."""
        return _bytes_in(self.home(entry)) + self.begun(entry)

    def begun(self, entry: Entry) -> int:
        """Bytes that are there of a model on its way."""
        return _bytes_in(self.staging(entry))

    def total(self) -> int:
        """Bytes that all of it takes."""
        return _bytes_in(self.folder)

    def remove(self, entry: Entry) -> int:
        """Remove a model, whole or in part. Its checksums stay known.

        Returns:
            How many bytes that freed.

        Raises:
            ModelError: something cannot be removed.
        """
        freed = self.size(entry)
        try:
            for folder in (self.home(entry), self.staging(entry)):
                if folder.exists():
                    shutil.rmtree(folder)
            self._pin(entry, begun=True).unlink(missing_ok=True)
        except OSError as error:
            raise ModelError(
                "The model cannot be removed.", f"{error.filename}: {error.strerror}"
            ) from error
        return freed

    # --- commits and checksums -----------------------------------------------------------------

    def pin(self, entry: Entry, *, begun: bool = False) -> Listing | None:
        """The commit and checksums that hold for a model; None before its first download.

        Args:
            entry: which one.
            begun: of the download that was begun, not of the model that is whole.

        Raises:
            ModelError: the file that says so cannot be read.
        """
        path = self._pin(entry, begun=begun)
        try:
            return Listing.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise ModelError(
                "What is known of the model cannot be read.",
                str(path),
                f"Remove this file, and begin anew: matinee models get {entry.name}",
            ) from error

    def put_begun(self, entry: Entry, listing: Listing) -> None:
        """Hold the download of a model to this commit and these checksums."""
        durable.write(self._pin(entry, begun=True), listing.model_dump_json(indent=1).encode())

    def forget_begun(self, entry: Entry) -> None:
        """Remove what is there of a download of another commit."""
        if self.staging(entry).exists():
            shutil.rmtree(self.staging(entry))
        self._pin(entry, begun=True).unlink(missing_ok=True)

    def finish(self, entry: Entry) -> None:
        """Put a model that is whole in its place, and in that of the one before.

        The checksums come first: cut off in between, the next download finds nothing missing, and
        does the rest.
        """
        durable.rename(self._pin(entry, begun=True), self._pin(entry))
        if self.home(entry).exists():
            shutil.rmtree(self.home(entry))
        durable.rename(self.staging(entry), self.home(entry))

    def _pin(self, entry: Entry, *, begun: bool = False) -> Path:
        return self.folder / f"{entry.name}{'.part' if begun else ''}.json"


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
