"""What a video's record says, in words: its length, its year, its people, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.languages import LANGUAGE_NAMES, language_name
from assistant.types import Kind, Video
from prompts import SentenceGrammar
from store.text import clean_text, has_cjk

MAX_TITLE = 60
MAX_NAME = 40
SPOKEN_KINDS = frozenset({Kind.TALK, Kind.LECTURE, Kind.COURSE, Kind.TUTORIAL})
"""The people of these are their speakers. Those of a film may be anybody who worked on it."""
_PRECISE_BELOW_S = 120
_LABELS = 2
_TELLING_LABELS = 4
"""Keywords come the most telling first; of the later ones nothing is said."""
_SHORTEST_LABEL, _LONGEST_LABEL = 3, 24
_NAME = re.compile(r"[^\W\d_][^\d_!?:;,()\[\]{}<>«»“”\"《》「」@#$%^*=+|\\/~…]*")
_MOST_NAME_WORDS = 5
_LONGEST_PARTICLE = 3
"""Words of a name that may be in lower case: de, van, bin."""
_INNER_QUOTES = str.maketrans('“”„«»"《》「」『』', "‘’‘‘’'〈〉‘’‘’")


def shorten(text: str, limit: int = MAX_TITLE) -> str:
    """`text`, or its first words and an ellipsis: at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = clean_text(text[: limit - 1])  # not in the middle of an emoji, or of a joined word
    words = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return words.rstrip(" ,;:.-–—，；：、。") + "…"


def quotable(text: str, limit: int = MAX_TITLE) -> str:
    """`text` as it may stand between quotation marks: it cannot break out of them.

    In one line, cut to `limit` characters, with quotation marks of the sentence's own kinds
    changed to others.
    """
    return shorten(clean_text(text).translate(_INNER_QUOTES), limit)


_LONGEST_INITIALS = 3
"""A longer word in capitals is shouted: it stands between quotation marks."""


def name_like(text: str) -> bool:
    """Whether `text` may stand in a sentence without quotation marks, as the name of a person."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and _NAME.fullmatch(text) is not None
        and not any(len(word) > _LONGEST_PARTICLE and word[0].islower() for word in words)
        and not any(len(word) > _LONGEST_INITIALS and word.isupper() for word in words)
    )


def length(seconds: int, grammar: SentenceGrammar, *, adjective: bool = False) -> str:
    """A length to the minute, rounded as on the cards; to the second below two minutes."""
    whole = seconds % 60 == 0 or seconds >= _PRECISE_BELOW_S
    number = round(seconds / 60) if whole else seconds
    unit = grammar.lengths.minutes if whole else grammar.lengths.seconds
    return unit.adjective.format(n=number) if adjective else unit.of(number)


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
    """What facts and details are filled with; a slot is absent where nothing is known."""
    people = [name for name in video.people if name_like(name) and len(name) <= MAX_NAME]
    spoken = video.kind in SPOKEN_KINDS
    known_language = video.language in LANGUAGE_NAMES and video.language != grammar.language
    slots = {
        "kind": grammar.kinds[video.kind],
        "year": str(video.year) if video.year else "",
        "speaker": _speakers(video, people, grammar) if spoken else "",
        "credit": people[0] if people and not spoken else "",
        "channel": quotable(video.channel or "", MAX_NAME),
        "foreign": language_name(video.language or "", grammar.language) if known_language else "",
        "popularity": popularity(video, grammar) or "",
        "tags": _listed(_own_tags(video), grammar),
        "topics": _listed(_own_words(video), grammar),
    }
    if video.duration_s:
        slots["duration"] = length(video.duration_s, grammar)
        slots["length"] = length(video.duration_s, grammar, adjective=True)
    return {name: value for name, value in slots.items() if value}


def _speakers(video: Video, people: Sequence[str], grammar: SentenceGrammar) -> str:
    """All of them, or nothing: a talk of three is not by the first two."""
    return grammar.listing.join(people) if len(video.people) == len(people) <= 2 else ""


def _own_tags(video: Video) -> Iterable[str]:
    """Tags that are keywords: the others say where it is from more than what it is."""
    tags = {tag.casefold() for tag in video.tags}
    return (word for word in video.keywords if word.casefold() in tags)


def _own_words(video: Video) -> Iterable[str]:
    """Telling keywords that its text has as they are."""
    text = f"{video.title}\n{video.description}".casefold()
    tags = {tag.casefold() for tag in video.tags}
    people = " ".join(video.people).casefold()
    for word in video.keywords[:_TELLING_LABELS]:
        folded = word.casefold()
        if folded not in tags and folded not in people and _has_word(text, folded):
            yield word


def _has_word(text: str, word: str) -> bool:
    if has_cjk(word):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _listed(words: Iterable[str], grammar: SentenceGrammar) -> str:
    """Exactly two of them, each between quotation marks; nothing where there are fewer."""
    fitting = [
        word
        for word in words
        if len(word) * (1 + has_cjk(word)) >= _SHORTEST_LABEL and len(word) <= _LONGEST_LABEL
    ]
    if len(fitting) < _LABELS:
        return ""
    return grammar.listing.join([f"“{quotable(word)}”" for word in fitting[:_LABELS]])
