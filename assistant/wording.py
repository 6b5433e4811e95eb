"""Videos in a few words, for every face."""

from __future__ import annotations

from assistant.languages import language_name
from assistant.types import Video
from store.cleaning import printable, typed

__all__ = ["duration", "facts", "printable", "typed"]


def duration(seconds: int) -> str:
    """A length as a person says it: ``45 s``, ``12 min``, ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def facts(video: Video) -> str:
    """What is known of a video beside its title, in one line."""
    known = (
        str(video.year) if video.year else None,
        duration(video.duration_s) if video.duration_s else None,
        video.kind.value,
        language_name(video.language) if video.language else None,
        video.channel,
    )
    return " · ".join(fact for fact in known if fact)
