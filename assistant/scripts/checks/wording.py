"""How what was expected and what came are put into words."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.types import Value, Video


def short(value: object) -> str:
    """`value` in a few words."""
    if isinstance(value, Value):
        return str(value.model_dump(mode="json", exclude_defaults=True))
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, Iterable):
        return f"[{', '.join(sorted(short(item) for item in value))}]"
    return "none" if value is None else str(value)


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text`. Capitals do not matter."""
    return words.casefold() in text.casefold()


def record(video: Video) -> str:
    """All that the record of a video says, in one text."""
    texts = (
        video.title,
        *video.other_titles,
        video.description,
        *video.tags,
        *video.keywords,
        *video.people,
        video.channel or "",
    )
    return "\n".join(texts)
