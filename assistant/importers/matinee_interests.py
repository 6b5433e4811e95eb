"""What a person set for their interests, as `matinee export` writes it: JSON lines, one each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from assistant.importers.base import Record, reason_of, skip
from assistant.importers.matinee_jsonl import LINES_LOOKED_AT, json_rows
from assistant.importers.own import Row
from assistant.importers.reading import count_lines
from assistant.importers.stored import StoredRows
from assistant.types import InterestSetting

_FIELDS = InterestSetting.model_fields.keys() - {"id"}
"""A number means nothing elsewhere."""


class MatineeInterestsImporter:
    """Reads our own settings of interests."""

    name = "Matinee interests"
    looks_like = "a .jsonl file with what you set for interests (video_ids of their likes), a line"

    def recognises(self, path: Path) -> bool:
        """By the fields of the first line that can be read."""
        if not path.is_file():
            return False
        rows = islice(json_rows(path), LINES_LOOKED_AT)
        first = next((row.values for row in rows if row.values), {})
        return "video_ids" in first and not {"id", "video_id", "title"} & first.keys()

    def count(self, path: Path) -> int | None:
        """The number of lines."""
        return count_lines(path)

    def read(self, path: Path) -> Iterator[Record]:
        """Read them in their order."""
        return (_record(row) for row in json_rows(path))


def _record(row: Row) -> Record:
    if row.problem:
        return skip(row.where, row.problem)
    try:
        told = {name: value for name, value in row.values.items() if name in _FIELDS}
        setting = InterestSetting.model_validate({"at": datetime.now(UTC), **told})
        return StoredRows().interest_setting(setting)
    except ValidationError as error:
        return skip(row.where, reason_of(error))
    except ValueError as error:
        return skip(row.where, str(error))
