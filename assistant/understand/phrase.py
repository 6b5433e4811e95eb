"""The limits that a short phrase names by itself: "French", "the 90s", "documentaries"."""

from __future__ import annotations

from datetime import date

from assistant.types import Constraints
from assistant.understand.kinds import read_kinds
from assistant.understand.languages import read_languages
from assistant.understand.lengths import read_lengths
from assistant.understand.reading import mask
from assistant.understand.wish import read_wish
from assistant.understand.years import read_years


def limits_named(phrase: str, today: date) -> Constraints:
    """What `phrase` limits; nothing if it says anything beside limits."""
    values: dict[str, object] = {}
    for rule in (read_lengths, lambda text: read_years(text, today), read_languages, read_kinds):
        reading = rule(phrase)
        phrase = mask(phrase, reading.spans)
        values |= reading.constraints.model_dump(exclude_defaults=True)
    return Constraints() if read_wish(phrase) else Constraints.model_validate(values)
