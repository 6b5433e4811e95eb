"""From scored ids to candidates: read, checked against what the text says, without repeats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Video

SAME_TALK_YEARS = 5
"""A title that comes back after more years is another film, or the talk made anew."""


def admitted_videos(
    ids: Sequence[str],
    avoid: AvoidedTerms,
    read: Callable[[Sequence[str]], Mapping[str, Video]],
    *,
    enough: int,
) -> Iterator[Video]:
    """The videos of `ids` that carry no avoided term, in order, reading `enough` at a time."""
    for start in range(0, len(ids), enough):
        for video in read(ids[start : start + enough]).values():
            if not avoid.carried_by(video):
                yield video


class Repeats:
    """Recognises a video that has been seen under another id: the same talk given twice.

    Those are videos of one title that share a person, or a channel where people are not known.
    """

    def __init__(self, seen: Iterable[Video]) -> None:
        self._seen: dict[str, list[Video]] = {}
        for video in seen:
            self._remember(video)

    def is_new(self, video: Video) -> bool:
        """Whether no such video came before; remembers it."""
        others = self._seen.get(_title_key(video), ())
        if any(_is_same(video, other) for other in others):
            return False
        self._remember(video)
        return True

    def _remember(self, video: Video) -> None:
        self._seen.setdefault(_title_key(video), []).append(video)


def _title_key(video: Video) -> str:
    return re.sub(r"[\W_]+", " ", video.title.casefold()).strip() or video.title


def _is_same(one: Video, other: Video) -> bool:
    if one.year and other.year and abs(one.year - other.year) > SAME_TALK_YEARS:
        return False
    if one.people and other.people:
        return not _folded(one.people).isdisjoint(_folded(other.people))
    return one.channel is not None and one.channel == other.channel


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
