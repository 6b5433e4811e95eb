"""About one video: what its record says, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.constraints import kind_name
from assistant.explain.facts import SPOKEN_KINDS, count, length
from assistant.languages import language_name
from assistant.replies.texts import spoken, text
from assistant.types import Facet, Video
from prompts import load_grammar
from store.text import clean_text

EXCERPT_CHARS = 320
"""Of a description: what it says first says what it is about."""
MOST_PEOPLE = 5
ALL_FACETS = (
    Facet.KIND,
    Facet.LENGTH,
    Facet.YEAR,
    Facet.PEOPLE,
    Facet.CHANNEL,
    Facet.LANGUAGE,
    Facet.SUBJECT,
    Facet.POPULARITY,
    Facet.LINK,
)
"""What is told where nothing special is asked, in this order."""
_FACET_NAMES: dict[str, dict[Facet, str]] = {
    "en": {
        Facet.SUBJECT: "what it is about",
        Facet.LENGTH: "how long it is",
        Facet.YEAR: "from when it is",
        Facet.PEOPLE: "who is in it",
        Facet.LANGUAGE: "which language it is in",
        Facet.KIND: "what kind it is",
        Facet.CHANNEL: "where it is from",
        Facet.POPULARITY: "how many watched it",
        Facet.LINK: "where to find it",
    },
    "zh": {
        Facet.SUBJECT: "内容",
        Facet.LENGTH: "时长",
        Facet.YEAR: "年份",
        Facet.PEOPLE: "参与者",
        Facet.LANGUAGE: "语言",
        Facet.KIND: "类型",
        Facet.CHANNEL: "来源",
        Facet.POPULARITY: "观看数",
        Facet.LINK: "地址",
    },
}
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*")


def about(video: Video, facets: Sequence[Facet], language: str) -> str:
    """What the record of a video says.

    Args:
        video: the one that is asked about.
        facets: what is asked; all that is known where nothing special is.
        language: ``zh``, or English for every other.
    """
    language = spoken(language)
    asked = tuple(facets) or ALL_FACETS
    said = {facet: _TELLERS[facet](video, language) for facet in asked}
    facts = [fact for fact in said.values() if fact]
    if facets and (missing := [facet for facet, fact in said.items() if not fact]):
        names = [_FACET_NAMES[language][facet] for facet in missing]
        listing = load_grammar(language).listing
        facts.append(text("unknown", language, facets=listing.join(names)))
    ends, between = ("。", "；") if language == "zh" else (".", "; ")
    return text("about", language, title=video.title, facts=between.join(facts) + ends)


def excerpt(description: str, limit: int = EXCERPT_CHARS) -> str:
    """The first sentences of a description, whole where they fit."""
    flat = " ".join(description.split())
    if len(flat) <= limit:
        return flat
    taken = ""
    for sentence in _SENTENCE_END.split(flat):
        if len(taken) + len(sentence) + 1 > limit:
            break
        taken = f"{taken} {sentence}".strip()
    return taken or clean_text(flat[: limit - 1]).rstrip() + "…"


def _subject(video: Video, language: str) -> str:
    if video.description:
        inside = excerpt(video.description).replace("“", "‘").replace("”", "’")
        return text("subject", language, text=inside)
    words = video.keywords or video.tags
    return text("keywords", language, words=", ".join(words[:8])) if words else ""


def _length(video: Video, language: str) -> str:
    if video.duration_s is None:
        return ""
    return text("length", language, value=length(video.duration_s, load_grammar(language)))


def _year(video: Video, language: str) -> str:
    if video.published is not None:
        return text("published", language, value=video.published.isoformat())
    return text("year", language, value=video.year) if video.year else ""


def _people(video: Video, language: str) -> str:
    if not video.people:
        return ""
    listing = load_grammar(language).listing
    names = listing.join(video.people[:MOST_PEOPLE])
    if (more := len(video.people) - MOST_PEOPLE) > 0:
        names = text("more_people", language, names=names, count=more)
    return text("by" if video.kind in SPOKEN_KINDS else "people", language, names=names)


def _language(video: Video, language: str) -> str:
    if not video.language:
        return ""
    return text("language", language, value=language_name(video.language, language))


def _kind(video: Video, language: str) -> str:
    return text("kind", language, value=kind_name(video.kind, language))


def _channel(video: Video, language: str) -> str:
    return text("channel", language, value=video.channel) if video.channel else ""


def _popularity(video: Video, language: str) -> str:
    grammar = load_grammar(language)
    known = [
        phrase.format(n=count(number, grammar))
        for number, phrase in (
            (video.views, grammar.counts.views),
            (video.likes, grammar.counts.likes),
        )
        if number
    ]
    return text("popularity", language, value=grammar.listing.join(known)) if known else ""


def _link(video: Video, language: str) -> str:
    return text("link", language, value=video.url) if video.url else ""


_TELLERS: dict[Facet, Callable[[Video, str], str]] = {
    Facet.SUBJECT: _subject,
    Facet.LENGTH: _length,
    Facet.YEAR: _year,
    Facet.PEOPLE: _people,
    Facet.LANGUAGE: _language,
    Facet.KIND: _kind,
    Facet.CHANNEL: _channel,
    Facet.POPULARITY: _popularity,
    Facet.LINK: _link,
}
