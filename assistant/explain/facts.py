"""What a video's record says, in words: its length, its year, its people, its numbers."""

from __future__ import annotations

from assistant.languages import LANGUAGE_NAMES, language_name
from assistant.types import Kind, Video
from prompts import SentenceGrammar
from prompts.grammar import Unit
from store.text import clean_text

MAX_TITLE = 60
MAX_NAME = 40
_SPOKEN = frozenset({Kind.TALK, Kind.LECTURE, Kind.COURSE, Kind.TUTORIAL})
"""The people of these are their speakers. Those of a film may be anybody who worked on it."""
_PRECISE_BELOW_S = 120


def shorten(text: str, limit: int = MAX_TITLE) -> str:
    """`text`, or its first words and an ellipsis: at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = clean_text(text[: limit - 1])  # not in the middle of an emoji, or of a joined word
    words = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return words.rstrip(" ,;:.-–—，；：、。") + "…"


def length(seconds: int, grammar: SentenceGrammar, *, adjective: bool = False) -> str:
    """A length to the minute, rounded as on the cards; to the second below two minutes."""
    whole = seconds % 60 == 0 or seconds >= _PRECISE_BELOW_S
    number = round(seconds / 60) if whole else seconds
    unit = grammar.lengths.minutes if whole else grammar.lengths.seconds
    return _form(unit, number, adjective).format(n=number)


def _form(unit: Unit, number: int, adjective: bool) -> str:
    if adjective:
        return unit.adjective
    return unit.one if number == 1 else unit.many


def count(number: int, grammar: SentenceGrammar) -> str:
    """A large number as it is said: ``about 1.2 million``; a small one exactly."""
    counts = grammar.counts
    if number < counts.exact_below:
        return f"{number:,}"
    for scale in counts.scales:
        value = number / scale.of
        if value >= 0.9995:
            digits = f"{value:.1f}".removesuffix(".0") if value < 9.95 else f"{value:.0f}"
            return counts.about.format(n=scale.text.format(n=digits))
    return f"{number:,}"


def popularity(video: Video, grammar: SentenceGrammar) -> str | None:
    """Its views, else its likes; None where neither is known."""
    if video.views:
        return grammar.counts.views.format(n=count(video.views, grammar))
    if video.likes:
        return grammar.counts.likes.format(n=count(video.likes, grammar))
    return None


def record_slots(video: Video, grammar: SentenceGrammar) -> dict[str, str]:
    """What the facts of a grammar are filled with; a slot is absent where nothing is known."""
    people = [shorten(name, MAX_NAME) for name in video.people[:2]]
    spoken = video.kind in _SPOKEN
    known_language = video.language in LANGUAGE_NAMES and video.language != grammar.language
    slots = {
        "kind": grammar.kinds[video.kind],
        "year": str(video.year) if video.year else "",
        "speaker": grammar.listing.join(people) if spoken and len(video.people) <= 2 else "",
        "credit": people[0] if people and not spoken else "",
        "channel": shorten(video.channel or "", MAX_NAME),
        "foreign": language_name(video.language or "", grammar.language) if known_language else "",
    }
    if video.duration_s:
        slots["duration"] = length(video.duration_s, grammar)
        slots["length"] = length(video.duration_s, grammar, adjective=True)
    return {name: value for name, value in slots.items() if value}
