"""What a person said about themselves, as `matinee export` writes it."""

from __future__ import annotations

from assistant.importers.base import Record, skip
from assistant.importers.matinee_lines import LinesImporter
from assistant.importers.own import Row
from assistant.importers.stored import StoredRows
from assistant.types import Preference, Scope


class MatineePreferencesImporter(LinesImporter[Preference]):
    """Reads our own preferences."""

    name = "Matinee preferences"
    looks_like = "a .jsonl file with what you said about yourself (said), a line"
    known_by = "said"
    kind = Preference

    def stored(self, row: Row, value: Preference) -> Record:
        """Each is kept but for what holds for one session alone."""
        if value.scope is Scope.SESSION:
            return skip(row.where, "scope: session is for one session, and not kept")
        return StoredRows().preference(value)
