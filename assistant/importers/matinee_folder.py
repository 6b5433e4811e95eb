"""The folder that ``matinee export`` has written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.errors import ImportSourceError
from assistant.importers.base import Importer, Record
from assistant.importers.matinee_csv import MatineeCsvImporter
from assistant.importers.matinee_interests import MatineeInterestsImporter
from assistant.importers.matinee_jsonl import MatineeJsonlImporter
from assistant.importers.matinee_preferences import MatineePreferencesImporter
from assistant.types import Skipped
from store.export.layout import VERSION, Format, Table, read_manifest

_TABLES = (Table.VIDEOS, Table.HISTORY)
"""The whole of what can be brought back; ratings and the saved list are parts of the history."""
_OF_THE_PERSON: tuple[tuple[Table, Importer], ...] = (
    (Table.PREFERENCES, MatineePreferencesImporter()),
    (Table.INTERESTS, MatineeInterestsImporter()),
)
"""What is there as JSON lines alone. Interests come after the likes that they are kept by."""
_READERS: tuple[tuple[Format, Importer], ...] = (
    (Format.JSONL, MatineeJsonlImporter()),
    (Format.CSV, MatineeCsvImporter()),
)
"""Where a table is there in both formats, the first is read."""


class MatineeFolderImporter:
    """Reads the videos, the history, the preferences and what is set for interests."""

    name = "Matinee export"
    looks_like = "a folder that matinee export has written, with videos or history in it"

    def recognises(self, path: Path) -> bool:
        """By its manifest; without one, by the names and the fields of its tables."""
        if not path.is_dir():
            return False
        filled = any(file.stat().st_size for file, _ in _files(path))
        return filled or read_manifest(path) is not None

    def count(self, path: Path) -> int | None:
        """The number of records, if all tables can tell."""
        counts = [importer.count(file) for file, importer in _files(path)]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def read(self, path: Path) -> Iterator[Record]:
        """Read the videos, then the history, then what the person said and set."""
        manifest = read_manifest(path)
        if manifest is not None and manifest.version > VERSION:
            raise ImportSourceError(
                "The export was made by a newer Matinee.",
                f"{path}: version {manifest.version}; this program knows {VERSION}.",
                "Upgrade Matinee, then import it.",
            )
        for file, importer in _files(path):
            for record in importer.read(file):
                if isinstance(record, Skipped) and record.record != file.name:
                    record = Skipped(record=f"{file.name}, {record.record}", reason=record.reason)
                yield record


def _files(folder: Path) -> list[tuple[Path, Importer]]:
    """The tables that are there, and what reads them."""
    chosen = []
    for table in _TABLES:
        files = ((folder / table.file(format_), importer) for format_, importer in _READERS)
        chosen += [(file, importer) for file, importer in files if _is_table(file, importer)][:1]
    for table, importer in _OF_THE_PERSON:
        file = folder / table.file(Format.JSONL)
        if _is_table(file, importer):
            chosen.append((file, importer))
    return chosen


def _is_table(file: Path, importer: Importer) -> bool:
    """Whether a file is one of ours. One of JSON lines is, too, that has none. No link is."""
    return (
        file.is_file()
        and not file.is_symlink()
        and (not file.stat().st_size or importer.recognises(file))
    )
