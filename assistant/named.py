"""A title that a message names, in words: which video was taken for it, and out of how many."""

from __future__ import annotations

from assistant.types import NamedTitle


def told(named: NamedTitle, language: str) -> str:
    """The title in quotation marks; where others were possible, with what tells it from them.

    ``“It”``, or ``“It” (2017, one of 3)`` where three videos may be meant.

    Args:
        named: the title.
        language: ``zh``, or English for every other.
    """
    title = f"“{named.title}”"
    if not named.others:
        return title
    total = named.others + 1
    if language == "zh":
        year = f"{named.year} 年，" if named.year else ""
        return f"{title}（{year}{total} 部中的一部）"
    year = f"{named.year}, " if named.year else ""
    return f"{title} ({year}one of {total})"
