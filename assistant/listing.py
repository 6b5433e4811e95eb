"""What a list of the library's videos is narrowed by and sorted by, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assistant.types import Interaction, Kind, Value, Video

UNKNOWN = "unknown"
"""Stands for no language in a filter and in a count."""
LONGEST_PAGE = 500


class Mark(StrEnum):
    """How the person stands to a video, of everything that they did with it."""

    WATCHED = "watched"
    """They watched it, once or to its end."""
    LIKED = "liked"
    """The last that they said of it is a like or a good rating."""
    DISLIKED = "disliked"
    """It is a dislike or a bad rating."""
    SAVED = "saved"
    """It is saved for later, and was not hidden since."""
    HIDDEN = "hidden"
    """It is hidden, and nothing better was said of it since."""
    RATED = "rated"


class Show(StrEnum):
    """Which videos are listed, by what the person did with them."""

    ALL = "all"
    UNSEEN = "unseen"
    """Neither watched nor liked nor rated."""
    WATCHED = "watched"
    LIKED = "liked"
    DISLIKED = "disliked"
    SAVED = "saved"
    RATED = "rated"
    HIDDEN = "hidden"
    REMOVED = "removed"
    """Those that the person removed: no longer in the library, and not to be imported again."""

    @property
    def mark(self) -> Mark | None:
        """The mark that these videos have; None where it is not a matter of one."""
        return Mark(self.value) if self.value in set(Mark) else None


class Order(StrEnum):
    """By what a list is sorted; of two alike, the title decides."""

    MATCH = "match"
    """How well the words fit: the best first. Without words, as `TITLE`."""
    TITLE = "title"
    YEAR = "year"
    """The newest first."""
    LENGTH = "length"
    """The shortest first."""
    ADDED = "added"
    """The last one that came first."""
    POPULARITY = "popularity"
    """Views and likes of other people, the most first."""
    RATING = "rating"
    """The person's own, the best first."""


class VideoFilter(Value):
    """What a listed video must be. A property that is not known satisfies no limit."""

    words: str = ""
    """What is being typed: each word, or its beginning, in the title, tags, people, texts."""
    show: Show = Show.ALL
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    """Codes, or `UNKNOWN`; of several one is enough, as everywhere here."""
    sources: tuple[str, ...] = ()
    min_year: int | None = None
    max_year: int | None = None
    min_duration_s: int | None = None
    max_duration_s: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out beside what the words do."""
        return self.model_copy(update={"words": ""}) != VideoFilter()


class VideoQuery(Value):
    """A page of a list."""

    filter: VideoFilter = VideoFilter()
    order: Order = Order.MATCH
    reverse: bool = False
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = 50


class VideoLine(Value):
    """A video as it is listed."""

    id: str
    title: str
    year: int | None = None
    duration_s: int | None = None
    kind: Kind = Kind.VIDEO
    language: str | None = None
    channel: str | None = None
    marks: tuple[Mark, ...] = ()
    rating: float | None = None
    """The person's last one."""


class VideoPage(Value):
    """Some of the videos that a query means."""

    lines: tuple[VideoLine, ...]
    total: int
    """Of all pages together."""
    library: int
    """How many videos the library holds."""


class FacetCounts(Value):
    """How many videos there are of each sort, the most first.

    Each is counted as if nothing were chosen of its own sort, so that one sees what choosing
    another would give.
    """

    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    shows: Mapping[str, int]
    """By `Show`."""
    years: tuple[int, int] | None
    """The first and the last; None where no year is known."""
    durations_s: tuple[int, int] | None
    """The shortest and the longest length."""


class VideoDetails(Value):
    """Everything that the library knows of one video."""

    video: Video
    signals: tuple[Interaction, ...] = ()
    """What the person did with it, the last first; not where it was only shown."""
    marks: tuple[Mark, ...] = ()
    own_tags: tuple[str, ...] = ()
    """Those of its tags that the person gave it."""
    dropped_tags: tuple[str, ...] = ()
    """Tags of its source that the person took away."""
    removed_at: datetime | None = None
    """When the person removed it; None for a video of the library."""
    is_embedded: bool = True
    """Whether it can be found by meaning; one that just came or changed is not yet."""
