"""The index of titles, and the finding of names in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.titles.belief import Sort, believed, sort_of
from assistant.titles.evidence import Context
from assistant.titles.near import NearTitles
from assistant.titles.words import ARTICLES, split, take_apart

if TYPE_CHECKING:
    from store.library import TitleRow

MAX_WORDS = 24
"""Nobody names a longer title whole."""
PART_MATCH = 0.9
"""How well a part of a title fits: "Fury Road"."""
MAX_PHRASE = 8
"""Words of a phrase that is compared with all titles."""
MAX_NEAR = 8
"""So many places of a text may be compared with all titles; a message promises no more names."""
MIN_TOPIC_TITLES = 12
TOPIC_SHARE = 0.002
"""A word is a topic of the library if so many titles carry it, and such a share of them."""

_QUOTED = re.compile(
    r"“([^”\n]{1,160})”|\"([^\"\n]{1,160})\"|《([^》\n]{1,80})》|〈([^〉\n]{1,80})〉"
    r"|「([^」\n]{1,80})」|『([^』\n]{1,80})』|(?<!\w)['‘]([^'’\n]{1,160})['’](?!\w)"
)
_DATED = re.compile(r"[\"”’'*_]*\s*[(\[]\s*((?:18|19|20)\d\d)\s*[)\]]")
_DATED_BARE = re.compile(r"\s+((?:19|20)\d\d)\b")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE)
_PHRASE_END = re.compile(
    r"\s*(?:$|[,;:!?()\"“”。，！？…\n]|\.(?:\s|$))|\s+(?:but|and|or|with|that|which|except|only|from|"
    r"because|so|though|please|if|when|who|for|movies?|films?|shows?|talks?|shorter|longer|older|"
    r"newer)\b",
    re.IGNORECASE,
)


class TitleMention(NamedTuple):
    """A place of a text that names a video."""

    start: int
    end: int
    mention: str
    """``text[start:end]``: the name, with an article before and a year after it."""
    video_id: str
    title: str
    match: float
    """1 if the whole title is named, less for a part of it or a misspelling."""


class _Entry(NamedTuple):
    video_id: str
    title: str
    name: str
    year: int | None
    main: bool
    """Whether it is the video's own title, not another one."""


class TitleIndex:
    """Finds the titles of a library in a text.

    Args:
        rows: id, title, other titles and year of each video.
    """

    def __init__(self, rows: Iterable[TitleRow]) -> None:
        self._whole: dict[str, list[_Entry]] = {}
        self._parts: dict[str, list[_Entry]] = {}
        carriers: Counter[str] = Counter()
        titles = 0
        for titles, row in enumerate(rows, 1):  # noqa: B007 - the number is read after the loop
            for number, title in enumerate((row.title, *row.other_titles)):
                name = take_apart(title)
                year = row.year or name.year
                entry = _Entry(row.video_id, row.title, name.text, year, number == 0)
                for key in name.keys:
                    self._whole.setdefault(key, []).append(entry)
                for key in name.parts:
                    self._parts.setdefault(key, []).append(entry)
                carriers.update(set(" ".join(name.keys[:1]).split()))
        enough = max(MIN_TOPIC_TITLES, TOPIC_SHARE * titles)
        self._topics = frozenset(word for word, count in carriers.items() if count >= enough)
        self._lengths = _lengths_by_first_word([*self._whole, *self._parts])
        self._near = NearTitles(list(self._whole))

    def find(self, text: str) -> list[TitleMention]:
        """The titles that `text` names, in order, not overlapping."""
        found = _Found(text)
        for quoted in _QUOTED.finditer(text):
            self._find_quoted(found, *quoted.span(quoted.lastindex or 0))
        for year in _DATED.finditer(text):
            self._find_dated(found, year)
        first = 0
        while first < len(found.words):
            first = self._find_plain(found, first)
        tries = MAX_NEAR
        for first in range(len(found.words)):
            if tries and found.promises_name(first):
                tries -= 1
                self._find_near(found, first)
        return sorted(found.mentions)

    # --- the ways to name a title --------------------------------------------------------------

    def _find_quoted(self, found: _Found, start: int, end: int) -> None:
        name = take_apart(found.text[start:end])
        dated = _DATED.match(found.text, end)
        year = name.year or (int(dated[1]) if dated else None)
        for key in name.keys:
            if chosen := self._choose(key, name.text, year):
                found.add(start, end, *chosen)
                return
        written_large = name.text[:1].isupper()
        for key in name.keys:
            if near := self._near.find(key.split(), shortened=written_large):
                found.add(start, end, self._earliest(near.keys), near.match)
                return

    def _find_dated(self, found: _Found, year: re.Match[str]) -> None:
        """Take the longest name that ends where "(1999)" begins and is of that year."""
        last = found.last_word_before(year.start())
        for first in range(max(0, last - MAX_WORDS + 1), last + 1):
            start, end = found.extent(first, last)
            chosen = self._choose(found.key(first, last), found.text[start:end], int(year[1]))
            if chosen and not found.taken(start, year.end()):
                found.add(start, year.end(), *chosen)
                return

    def _find_plain(self, found: _Found, first: int) -> int:
        """Try the names that begin at word `first`, longest first; return the next word to try."""
        for length in self._lengths.get(found.words[first].key, ()):
            last = first + length - 1
            if last >= len(found.words):
                continue
            key = found.key(first, last)
            start, end = found.extent(first, last)
            if (key not in self._whole and key not in self._parts) or found.taken(start, end):
                continue
            year = _DATED_BARE.match(found.text, end)
            written = found.text[start:end]
            if year and (chosen := self._choose(key, written, int(year[1]), exactly=True)):
                end = year.end()
            elif _DATED.match(found.text, end) or not self._believed(found, first, last):
                continue
            else:
                chosen = self._choose(key, written, None)
            if chosen:
                found.add(start, end, *chosen)
                return last + 1
        return first + 1

    def _believed(self, found: _Found, first: int, last: int) -> bool:
        start, _ = found.extent(first, last)
        seen = found.context.around(first, last, start)
        if seen.cue is None and found.continues_list(start):
            seen = replace(seen, cue="memory")
        keys = found.key(first, last).split()
        sort = sort_of(found.written(first, last), topic=self._topics.issuperset(keys))
        if found.key(first, last) not in self._whole and sort is not Sort.CJK:
            told = seen.cue in ("comparison", "memory") or seen.judged
            return told and seen.cased and believed(sort, keys, seen)
        return believed(sort, keys, seen)

    def _find_near(self, found: _Found, first: int) -> None:
        """Where a cue promises a name that is not there, look for one nearly like it."""
        start, _ = found.extent(first, first)
        last = found.end_of_phrase(first)
        end = found.words[last].end
        if found.taken(start, end) or _DATED.match(found.text, end):
            return
        ends = (n for n in range(last, first - 1, -1) if found.context.is_cased(first, n))
        end_of_name = next(ends, None)
        keys = found.key(first, last if end_of_name is None else end_of_name).split()
        if near := self._near.find(keys, shortened=end_of_name is not None):
            end = found.words[first + near.words - 1].end
            found.add(start, end, self._earliest(near.keys), near.match)

    # --- choosing ------------------------------------------------------------------------------

    def _choose(
        self, key: str, written: str, year: int | None, *, exactly: bool = False
    ) -> tuple[_Entry, float] | None:
        """The entry that `key` names best, and how well; None if none fits the year."""
        if whole := _of_year(self._whole.get(key, ()), year, exactly=exactly):
            written = written.casefold()
            best = max(whole, key=lambda e: (e.main, e.name.casefold() == written, e.year or 0))
            return best, 1.0
        if parts := _of_year(self._parts.get(key, ()), year, exactly=exactly):
            return _earliest(parts), PART_MATCH
        return None

    def _earliest(self, keys: Iterable[str]) -> _Entry:
        return _earliest([entry for key in keys for entry in self._whole[key]])


class _Found:
    """A text being searched, and what was found in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        self.context = Context(text, self.words)
        self.mentions: list[TitleMention] = []

    def add(self, start: int, end: int, entry: _Entry, match: float) -> None:
        mention = self.text[start:end]
        self.mentions.append(TitleMention(start, end, mention, entry.video_id, entry.title, match))

    def taken(self, start: int, end: int) -> bool:
        return any(start < mention.end and end > mention.start for mention in self.mentions)

    def key(self, first: int, last: int) -> str:
        return " ".join(word.key for word in self.words[first : last + 1])

    def written(self, first: int, last: int) -> list[str]:
        """Words `first` to `last` as they are written but for case."""
        words = self.words[first : last + 1]
        return [self.text[word.start : word.end].casefold() for word in words]

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """Where words `first` to `last` stand, with an article straight before them."""
        start = self.words[first].start
        article = _ARTICLE_BEFORE.search(self.text, max(0, start - 8), start)
        return (article.start() if article else start), self.words[last].end

    def last_word_before(self, position: int) -> int:
        return bisect_right(self.words, position, key=lambda word: word.end) - 1

    def end_of_phrase(self, first: int) -> int:
        """The last word of the phrase that begins with word `first`."""
        longest = min(first + MAX_PHRASE, len(self.words)) - 1
        ends = (n for n in range(first, longest) if _PHRASE_END.match(self.text, self.words[n].end))
        return next(ends, longest)

    def promises_name(self, first: int) -> bool:
        """Whether a cue leads to word `first`, and no name was found there."""
        start, end = self.extent(first, first)
        if self.words[first].key in ARTICLES or self.taken(start, end):
            return False
        return self.context.cue_before(start) in ("comparison", "memory")

    def continues_list(self, start: int) -> bool:
        """Whether what begins at `start` stands beside a name found before it."""
        before = [mention.end for mention in self.mentions if mention.end <= start]
        return bool(before) and self.context.continues_list(max(before), start)


def _of_year(entries: Sequence[_Entry], year: int | None, *, exactly: bool) -> Sequence[_Entry]:
    """Those of `year`, else those of the year before or after, else those of an unknown year."""
    if year is None:
        return entries
    for distance in (0,) if exactly else (0, 1):
        if near := [e for e in entries if e.year and abs(e.year - year) <= distance]:
            return near
    return [] if exactly else [entry for entry in entries if entry.year is None]


def _earliest(entries: Sequence[_Entry]) -> _Entry:
    """What a series is remembered by: its first part."""
    return min(entries, key=lambda entry: (entry.year is None, entry.year or 0))


def _lengths_by_first_word(keys: Iterable[str]) -> dict[str, list[int]]:
    """How many words the names that begin with a word have, most first."""
    lengths: dict[str, set[int]] = {}
    for key in keys:
        words = key.count(" ") + 1
        if words <= MAX_WORDS:
            lengths.setdefault(key.partition(" ")[0], set()).add(words)
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}
