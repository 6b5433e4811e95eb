"""The videos that a name may mean, and which of them it means most likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from assistant.titles.words import Name, take_apart

if TYPE_CHECKING:
    from store.library import TitleRow

PART_MATCH = 0.9
"""How well a part of a title fits: "Fury Road"."""
WELL_KNOWN = 3
"""So many people who made other videos of the library too make a video as known as can be told:
some sources name more people than others."""


class Rank(IntEnum):
    """What of a title a name is, the likeliest last."""

    PART = 0
    """What stands after a colon or dash: "Fury Road"."""
    MAIN = 1
    """What stands before it: "The Lord of the Rings"."""
    WHOLE = 2


class Entry(NamedTuple):
    """One title of a video."""

    video_id: str
    title: str
    """The video's own title."""
    name: str
    """This title, without a year at its end."""
    year: int | None
    own: bool
    """Whether it is the video's own title, not another one."""
    reach: int
    """See `assistant.types.Video.reach`; 0 if not known."""
    people: frozenset[str]


class Choice(NamedTuple):
    """The likeliest of the videos that a name may mean."""

    entry: Entry
    match: float
    others: int
    """How many other videos it may mean."""


class Candidates:
    """The titles of a library by the names that they go by.

    Args:
        rows: the titles of each video.
    """

    def __init__(self, rows: Sequence[TitleRow]) -> None:
        self.names: dict[str, list[tuple[Rank, Entry]]] = {}
        """What each key may mean (see `assistant.titles.words.key_of`)."""
        casts = [frozenset(row.people) for row in rows]
        self._videos_of = Counter(chain.from_iterable(casts))
        for row, people in zip(rows, casts, strict=True):
            for number, title in enumerate((row.title, *row.other_titles)):
                name = take_apart(title)
                year = row.year or name.year
                entry = Entry(
                    row.video_id, row.title, name.text, year, not number, row.reach or 0, people
                )
                self._put(name, entry)

    def _put(self, name: Name, entry: Entry) -> None:
        for key in name.keys:
            self.names.setdefault(key, []).append((Rank.WHOLE, entry))
        if name.main and name.main not in name.keys:
            self.names.setdefault(name.main, []).append((Rank.MAIN, entry))
        for key in name.parts:
            if key != name.main:
                self.names.setdefault(key, []).append((Rank.PART, entry))

    def is_whole(self, key: str) -> bool:
        """Whether `key` is the whole of a title."""
        return any(rank is Rank.WHOLE for rank, _ in self.names.get(key, ()))

    def whole(self) -> dict[str, int]:
        """The keys that are the whole of titles, and of how many."""
        counts = {
            key: sum(rank is Rank.WHOLE for rank, _ in found) for key, found in self.names.items()
        }
        return {key: count for key, count in counts.items() if count}

    def spoken(self) -> Iterator[str]:
        """All names, and those that begin with an article also with it."""
        for key, found in self.names.items():
            yield key
            if any(entry.name[:4].casefold() == "the " for _, entry in found):
                yield f"the {key}"

    def choose(
        self, keys: Sequence[str], written: str, year: int | None = None, *, exactly: bool = False
    ) -> Choice | None:
        """The likeliest video that one of `keys` names; None if there is none of that year.

        A whole title comes before a part of one. Among whole titles the better known wins, then
        the newer; of a series, its first part.

        Args:
            keys: what may be meant.
            written: how it is written in the text.
            year: of the video, where the text tells it.
            exactly: whether the year must be right; else the year before or after will do, and
                a video whose year is not known.
        """
        found = _of_year([one for key in keys for one in self.names.get(key, ())], year, exactly)
        if not found:
            return None
        best = max(rank for rank, _ in found)
        entries = [entry for rank, entry in found if rank is best]
        if best is Rank.WHOLE and len(keys) == 1:
            written = _plain(written)
            chosen = max(entries, key=lambda entry: self._likelihood(entry, written))
        else:
            chosen = max(entries, key=lambda entry: (entry.reach, -(entry.year or 9999)))
        rivals = {entry.video_id for rank, entry in found if rank >= min(best, Rank.MAIN)}
        match = 1.0 if best is Rank.WHOLE else PART_MATCH
        return Choice(chosen, match, len(rivals - {chosen.video_id}))

    def _likelihood(self, entry: Entry, written: str) -> tuple[bool, bool, int, int, int]:
        return (
            entry.own,
            written in (_plain(entry.name), _plain(entry.name).removeprefix("the ")),
            entry.reach,
            self._known(entry),
            entry.year or 0,
        )

    def _known(self, entry: Entry) -> int:
        """How many of its people made other videos of the library too, as far as it counts."""
        return min(sum(self._videos_of[person] > 1 for person in entry.people), WELL_KNOWN)


def _of_year(
    found: list[tuple[Rank, Entry]], year: int | None, exactly: bool
) -> list[tuple[Rank, Entry]]:
    """Those of `year`, else those of the year before or after, else those of an unknown year."""
    if year is None:
        return found
    for distance in (0,) if exactly else (0, 1):
        if near := [one for one in found if one[1].year and abs(one[1].year - year) <= distance]:
            return near
    return [] if exactly else [one for one in found if one[1].year is None]


def _plain(written: str) -> str:
    return " ".join(written.casefold().split())
