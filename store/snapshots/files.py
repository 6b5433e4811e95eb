"""A snapshot as a file: its name, what is read from it, what is left of it when it is removed."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, Self

from store import durable

Kind = Literal["history", "videos"]

TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(history|videos)-(\d{8}T\d{12}Z)-([0-9a-f]{8})-([0-9a-f]+)\.db\.gz")
_COMPRESSION = 6


class Snapshot(NamedTuple):
    """A snapshot, as its name tells of it."""

    path: Path
    kind: Kind
    taken: datetime
    library: str
    """The beginning of the library's identity."""
    state: str
    """Of the history: a digest of what it held. Of the videos: the revision."""

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """Read the name of a file; None when it is no snapshot's."""
        if (match := _NAME.fullmatch(path.name)) is None:
            return None
        kind, taken, library, state = match.groups()
        moment = datetime.strptime(taken, TIME).replace(tzinfo=UTC)
        return cls(path, "history" if kind == "history" else "videos", moment, library, state)

    def unpack(self, target: Path) -> None:
        """Write the library file that it is to `target`.

        Raises:
            OSError: it cannot be read, or there is no room.
            EOFError: it is not whole.
            zlib.error: it is not what was written.
        """
        with gzip.open(self.path) as packed, target.open("wb") as file:
            target.chmod(durable.PRIVATE_FILE)
            shutil.copyfileobj(packed, file)


def pack(plain: Path, packed: Path) -> None:
    """Write `plain`, compressed, to `packed`, which is on the disk afterwards."""
    with plain.open("rb") as source, gzip.open(packed, "wb", _COMPRESSION) as target:
        shutil.copyfileobj(source, target)
    packed.chmod(durable.PRIVATE_FILE)
    durable.sync(packed)


def overwrite(path: Path) -> None:
    """Write zeros over a file, so that the disk does not keep what it held."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())
