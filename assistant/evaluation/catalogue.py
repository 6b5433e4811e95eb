"""Benchmark catalogues as libraries: imported once, and copied for each run.

A run works on a copy, so that what it puts into the library (what others' ratings say, without
those of the viewers that are asked about) stays in that run, and runs do not disturb each other.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.errors import MatineeError
from assistant.evaluation.benchmark import Catalogue
from assistant.locations import Locations
from assistant.narrator import Narrator
from assistant.settings import Settings

_DONE = "complete"
"""A file that says that the import came to its end."""

ONE_TEXT = "one_text"
"""The folder of the vectors of `assistant.evaluation.one_text`."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A library that holds a catalogue."""

    locations: Locations
    """Of this run alone; they go when it ends."""
    kept: Path
    """Where what is made from the catalogue may be kept for the next run."""


@contextmanager
def prepared(
    catalogue: Catalogue, cache: Path, settings: Settings, narrator: Narrator
) -> Iterator[Prepared]:
    """A library that holds a catalogue, for one run.

    The first time it is imported as any other source would be; an import that was stopped goes on
    where it was.

    Args:
        catalogue: what it holds.
        cache: where imported catalogues are kept.
        settings: the embedding model and the index are used.
        narrator: is told of the import.

    Raises:
        StoreError: another process imports this catalogue just now, or it cannot be stored.
        ModelError: the embedding model cannot be loaded.
    """
    from store.embedder import model_key
    from store.locks import one_writer

    parts = catalogue.key[:16], model_key(settings.embedding), version("matinee")
    folder = cache / "-".join(_plain(part) for part in parts)
    stored = Locations(folder, folder, folder)
    stored.make()
    with tempfile.TemporaryDirectory(prefix="matinee-") as name:
        with one_writer(folder, "the import of a benchmark"):
            if not (folder / _DONE).exists():
                _import(catalogue, stored, settings, narrator)
                (folder / _DONE).touch()
            copy = Path(name) / "data"
            _copy(folder, copy)
        own = Locations(copy, copy, copy)
        own.make()
        yield Prepared(own, folder)


def _import(catalogue: Catalogue, to: Locations, settings: Settings, narrator: Narrator) -> None:
    from store.embedder import SentenceEmbedder, model_key
    from store.index import Index
    from store.ingest import ingest
    from store.recovery import open_library

    narrator.say(f"Importing {catalogue.name}; this is done once.")
    with open_library(to.library, narrator.say, narrator) as library:
        index = Index.open(to.index, model_key(settings.embedding))
        try:
            ingest(
                catalogue.records(),
                library,
                lambda: SentenceEmbedder.load(settings.embedding),
                index,
                narrator,
                total=catalogue.count,
            )
        finally:
            if index is not None:
                index.close()


def _copy(folder: Path, to: Path) -> None:
    from store.locks import WRITER_LOCK

    try:
        shutil.copytree(
            folder, to, ignore=shutil.ignore_patterns(WRITER_LOCK, _DONE, "snapshots", ONE_TEXT)
        )
    except (OSError, shutil.Error) as error:
        raise MatineeError(
            "The catalogue cannot be copied for this run.",
            f"{folder} to {to}: {getattr(error, 'strerror', None) or error}",
            "Make room there, or name another folder in TMPDIR.",
        ) from error


def _plain(text: str) -> str:
    """As a part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in text)
