"""Videos in a few words, for every face."""

from __future__ import annotations

from assistant.constraints import kind_name
from assistant.languages import language_name
from assistant.types import Video
from store.cleaning import printable, typed

__all__ = ["duration", "facts", "printable", "typed"]

_LENGTHS: dict[str, tuple[str, str, str, str]] = {
    "en": ("{s} s", "{m} min", "{h} h {m} min", "{h} h"),
    "zh": ("{s}秒", "{m}分钟", "{h}小时{m}分", "{h}小时"),
}


def duration(seconds: int, language: str = "en") -> str:
    """A length as a person says it: ``45 s``, ``12 min``, ``2 h 5 min``."""
    in_seconds, in_minutes, in_both, in_hours = _LENGTHS.get(language, _LENGTHS["en"])
    if seconds < 60:
        return in_seconds.format(s=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return in_minutes.format(m=minutes)
    return (in_both if minutes else in_hours).format(h=hours, m=minutes)


def facts(video: Video, language: str = "en") -> str:
    """What is known of a video beside its title, in one line.

    Args:
        video: the one.
        language: ``zh``, or English for every other.
    """
    known = (
        str(video.year) if video.year else None,
        duration(video.duration_s, language) if video.duration_s else None,
        kind_name(video.kind, language) if language == "zh" else video.kind.value,
        language_name(video.language, language) if video.language else None,
        video.channel,
    )
    return " · ".join(fact for fact in known if fact)
