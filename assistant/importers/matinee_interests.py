"""What a person set for their interests, as `matinee export` writes it."""

from __future__ import annotations

from assistant.importers.base import Record
from assistant.importers.matinee_lines import LinesImporter
from assistant.importers.own import Row
from assistant.importers.stored import StoredRows
from assistant.types import InterestSetting


class MatineeInterestsImporter(LinesImporter[InterestSetting]):
    """Reads our own settings of interests."""

    name = "Matinee interests"
    looks_like = "a .jsonl file with what you set for interests (video_ids of their likes), a line"
    known_by = "video_ids"
    kind = InterestSetting

    def stored(self, row: Row, value: InterestSetting) -> Record:  # noqa: ARG002 - for others
        """Each is kept."""
        return StoredRows().interest_setting(value)
