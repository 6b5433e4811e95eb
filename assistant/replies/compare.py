"""Two or more videos side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.explain.facts import length
from assistant.replies.texts import spoken, text
from assistant.types import Facet, Video
from assistant.wording import facts
from prompts import load_grammar

MOST = 5
MOST_WORDS = 5
SAME_LENGTH = 0.05
"""Up to this share of the longer one, two lengths are about the same."""


def compare(
    videos: Sequence[Video], facets: Sequence[Facet], scores: Mapping[str, float], language: str
) -> str:
    """How videos differ, and what they have in common.

    Args:
        videos: two or more.
        facets: what they are compared by; everything where nothing special is asked.
        scores: of those that were picked in the last answer, by id.
        language: ``zh``, or English for every other.
    """
    language = spoken(language)
    videos = videos[:MOST]
    lines = [
        f"{number}. {video.title} — {facts(video, language)}"
        for number, video in enumerate(videos, 1)
    ]
    asked = set(facets)
    if not asked or Facet.LENGTH in asked:
        lines += _lengths(videos, language)
    if not asked or Facet.YEAR in asked:
        lines += _years(videos, language)
    if not asked or Facet.POPULARITY in asked:
        lines += _popularity(videos, language)
    if not asked or Facet.SUBJECT in asked:
        lines += _words(videos, language)
    if not asked:
        lines += _fit(videos, scores, language)
    return "\n".join(lines)


def _lengths(videos: Sequence[Video], language: str) -> list[str]:
    known = sorted((video.duration_s, video.title) for video in videos if video.duration_s)
    lines = []
    for (shorter, one), (longer, other) in pairwise(known):
        if longer - shorter <= SAME_LENGTH * longer:
            if len(known) == 2:
                lines.append(text("same_length", language))
            continue
        value = length(longer - shorter, load_grammar(language))
        lines.append(text("shorter", language, one=one, other=other, value=value))
    return lines


def _years(videos: Sequence[Video], language: str) -> list[str]:
    known = sorted(((video.year, video.title) for video in videos if video.year), reverse=True)
    lines = []
    for (newer, one), (older, other) in pairwise(known):
        if newer == older:
            if len(known) == 2:
                lines.append(text("same_year", language))
            continue
        lines.append(text("newer", language, one=one, other=other, count=newer - older))
    return lines


def _popularity(videos: Sequence[Video], language: str) -> list[str]:
    known = sorted(((video.reach, video.title) for video in videos if video.reach), reverse=True)
    return [
        text("more_popular", language, one=one, other=other)
        for (more, one), (less, other) in pairwise(known)
        if more > less
    ]


def _words(videos: Sequence[Video], language: str) -> list[str]:
    """Tags and keywords that they share, and those that one alone has."""
    words = {
        video.id: {word.casefold(): word for word in (*video.tags, *video.keywords)}
        for video in videos
    }
    shared = set.intersection(*(set(one) for one in words.values()))
    lines = []
    if shared:
        first = words[videos[0].id]
        common = [first[word] for word in first if word in shared][:MOST_WORDS]
        lines.append(text("in_common", language, words=", ".join(common)))
    for video in videos:
        others = set().union(*(set(one) for id_, one in words.items() if id_ != video.id))
        own = [name for word, name in words[video.id].items() if word not in others][:MOST_WORDS]
        if own:
            lines.append(text("only", language, title=video.title, words=", ".join(own)))
    return lines


def _fit(videos: Sequence[Video], scores: Mapping[str, float], language: str) -> list[str]:
    if not all(video.id in scores for video in videos):
        return []
    best = max(videos, key=lambda video: scores[video.id])
    listed = ", ".join(f"{scores[video.id]:.2f}" for video in videos)
    return [text("fits_better", language, title=best.title, scores=listed)]
