"""Examples of what can be asked for, from what a library holds."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.languages import language_name
from assistant.listing import FacetCounts
from assistant.types import Kind

DEFAULT = (
    "a quiet Japanese film, under two hours",
    "something like Spirited Away, but for grown-ups",
    "人工智能入门教程，不超过20分钟",
)
"""Until it is known what there is."""
_OF_KIND: Mapping[Kind, str] = {
    Kind.FILM: "a quiet film, under two hours",
    Kind.SERIES: "a series that is not too dark",
    Kind.EPISODE: "an episode of something light, under 30 minutes",
    Kind.DOCUMENTARY: "a documentary about nature, under an hour",
    Kind.TALK: "a talk for beginners, at most 30 minutes",
    Kind.LECTURE: "a lecture that needs no mathematics",
    Kind.COURSE: "a course for complete beginners",
    Kind.TUTORIAL: "a tutorial, under 20 minutes",
    Kind.MUSIC: "calm music to work to",
    Kind.COMEDY: "something funny, under 15 minutes",
    Kind.SHORT: "a short film, no horror",
}
_CHINESE = "有意思的视频，不超过20分钟"
LEAST = 5
"""So many videos of a sort, and one may ask for it."""


def examples(counts: FacetCounts) -> tuple[str, ...]:
    """Three things that this library has an answer to; the default ones where it is too small."""
    kinds = [kind for kind, count in counts.kinds.items() if count >= LEAST and kind in _OF_KIND]
    languages = [code for code, count in counts.languages.items() if count >= LEAST]
    found = [_OF_KIND[Kind(kind)] for kind in kinds[:2]]
    if "zh" in languages:
        found.append(_CHINESE)
    elif others := [code for code in languages if code != "en"]:
        found.append(f"something in {language_name(others[0], 'en')}")
    elif counts.years is not None and counts.years[0] < counts.years[1]:
        found.append(f"something from after {counts.years[1] - 5}")
    return tuple(found) if len(found) == len(DEFAULT) else DEFAULT
