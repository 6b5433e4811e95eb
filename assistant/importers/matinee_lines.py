"""Values of our own that `matinee export` writes beside videos: JSON lines, one each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from assistant.importers.base import Record, reason_of, skip
from assistant.importers.matinee_jsonl import LINES_LOOKED_AT, json_rows
from assistant.importers.own import Row
from assistant.importers.reading import count_lines
from assistant.types import Value

V = TypeVar("V", bound=Value)
_OF_VIDEOS = {"id", "video_id", "title"}
"""A line with one of these is about a video."""


class LinesImporter(ABC, Generic[V]):
    """Reads values of one class. A subclass says which, and what becomes of each."""

    name: str
    looks_like: str
    known_by: str
    """The field by which such a file is known."""
    kind: type[V]

    def recognises(self, path: Path) -> bool:
        """By the fields of the first line that can be read."""
        if not path.is_file():
            return False
        rows = islice(json_rows(path), LINES_LOOKED_AT)
        first: Mapping[str, object] = next((row.values for row in rows if row.values), {})
        return self.known_by in first and not _OF_VIDEOS & first.keys()

    def count(self, path: Path) -> int | None:
        """The number of lines."""
        return count_lines(path)

    def read(self, path: Path) -> Iterator[Record]:
        """Read them in their order."""
        return (self._record(row) for row in json_rows(path))

    @abstractmethod
    def stored(self, row: Row, value: V) -> Record:
        """What is stored of a value.

        Raises:
            ValueError: it cannot be; the reason is told.
        """

    def _record(self, row: Row) -> Record:
        if row.problem:
            return skip(row.where, row.problem)
        fields = self.kind.model_fields.keys() - {"id"}  # a number means nothing elsewhere
        try:
            told = {name: value for name, value in row.values.items() if name in fields}
            return self.stored(row, self.kind.model_validate({"at": datetime.now(UTC), **told}))
        except ValidationError as error:
            return skip(row.where, reason_of(error))
        except ValueError as error:
            return skip(row.where, str(error))
