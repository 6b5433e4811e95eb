"""The index of titles, and the finding of names in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.titles.belief import Sort, believed, sort_of
from assistant.titles.candidates import Candidates, Choice
from assistant.titles.dates import IN_PARENTHESES, years_beside
from assistant.titles.initials import Initials, is_short
from assistant.titles.mentions import MAX_PHRASE, Found, TitleMention
from assistant.titles.near import SHORTENED_MATCH, Near, NearTitles
from assistant.titles.words import take_apart
from store.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from store.library import TitleRow

MAX_WORDS = 24
"""Nobody names a longer title whole."""
MAX_NEAR = 8
"""So many places of a text may be compared with all titles; a message promises no more names."""
MIN_REST = 2
"""Words that must follow small letters which stand for the beginning of a name."""
MIN_TOPIC_TITLES = 12
TOPIC_SHARE = 0.002
"""A word is a topic of the library if so many titles carry it, and such a share of them."""

_QUOTED = re.compile(
    r"“([^”\n]{1,160})”|\"([^\"\n]{1,160})\"|《([^》\n]{1,80})》|〈([^〉\n]{1,80})〉"
    r"|「([^」\n]{1,80})」|『([^』\n]{1,80})』|(?<!\w)['‘]([^'’\n]{1,160})['’](?!\w)"
)


class TitleIndex:
    """Finds the titles of a library in a text.

    Args:
        rows: the titles of each video, and what tells how known it is.
        is_word: whether a word occurs in the library, so that it is no misspelling; the words of
            its titles by default.
    """

    def __init__(
        self, rows: Iterable[TitleRow], is_word: Callable[[str], bool] | None = None
    ) -> None:
        rows = list(rows)
        self._candidates = Candidates(rows)
        titles = self._candidates.whole()
        carriers = Counter(
            word for key, count in titles.items() for word in [*{*key.split()}] * count
        )
        enough = max(MIN_TOPIC_TITLES, TOPIC_SHARE * len(rows))
        self._topics = frozenset(word for word, count in carriers.items() if count >= enough)
        self._words = STOP_WORDS.union(carriers)
        self._is_word = is_word
        self._lengths = _lengths_by_first_word(self._candidates.names)
        self._near = NearTitles(list(titles), self._knows)

    def find(self, text: str) -> list[TitleMention]:
        """The titles that `text` names, in order, not overlapping."""
        found = Found(text)
        for quoted in _QUOTED.finditer(text):
            self._find_quoted(found, *quoted.span(quoted.lastindex or 0))
        for year in IN_PARENTHESES.finditer(text):
            self._find_dated(found, year)
        abbreviated = [n for n in range(len(found.words)) if self._may_be_short(found, n)]
        for first in abbreviated:
            self._find_abbreviated(found, first, alone=False)
        first = 0
        while first < len(found.words):
            first = self._find_plain(found, first)
        for first in abbreviated:
            self._find_abbreviated(found, first, alone=True)
        tries = MAX_NEAR
        for first in range(len(found.words)):
            if tries and found.promises_name(first):
                tries -= 1
                self._find_near(found, first)
        return sorted(found.mentions)

    def called(self, name: str) -> tuple[TitleMention, ...]:
        """All videos that go by `name`, whole titles before parts of one, the newest first."""
        keys = take_apart(name).keys
        found = [one for key in keys for one in self._candidates.names.get(key, ())]
        found.sort(key=lambda one: (-one[0], -(one[1].year or 0)))
        entries = {entry.video_id: entry for _, entry in reversed(found)}
        others = len(entries) - 1
        return tuple(
            TitleMention(0, len(name), name, entry.video_id, entry.title, 1.0, entry.year, others)
            for entry in reversed(entries.values())
        )

    # --- the ways to name a title --------------------------------------------------------------

    def _find_quoted(self, found: Found, start: int, end: int) -> None:
        name = take_apart(found.text[start:end])
        dated = IN_PARENTHESES.match(found.text, end)
        year = name.year or (int(dated[1]) if dated else None)
        for key in name.keys:
            for beside in () if year else years_beside(found.text, start, end):
                if chosen := self._candidates.choose([key], name.text, beside.year, exactly=True):
                    found.add(beside.start, beside.end, chosen)
                    return
            if chosen := self._candidates.choose([key], name.text, year):
                found.add(start, end, chosen)
                return
        written_large = name.text[:1].isupper()
        for key in name.keys:
            if near := self._near.find(key.split(), shortened=written_large):
                self._add_near(found, start, end, near)
                return

    def _find_dated(self, found: Found, year: re.Match[str]) -> None:
        """Take the longest name that ends where "(1999)" begins and is of that year."""
        last = found.last_word_before(year.start())
        for first in range(max(0, last - MAX_WORDS + 1), last + 1):
            start, end = found.extent(first, last)
            key = found.key(first, last)
            chosen = self._candidates.choose([key], found.text[start:end], int(year[1]))
            if chosen and not found.taken(start, year.end()):
                found.add(start, year.end(), chosen)
                return

    def _find_plain(self, found: Found, first: int) -> int:
        """Try the names that begin at word `first`, longest first; return the next word to try."""
        for length in self._lengths.get(found.words[first].key, ()):
            last = first + length - 1
            if last >= len(found.words):
                continue
            key = found.key(first, last)
            start, end = found.extent(first, last)
            if key not in self._candidates.names or found.taken(start, end):
                continue
            if self._add_with_year(found, first, last):
                return last + 1
            if IN_PARENTHESES.match(found.text, end) or not self._believed(found, first, last):
                continue
            if chosen := self._candidates.choose([key], found.text[start:end]):
                found.add(start, end, chosen)
                return last + 1
        return first + 1

    def _add_with_year(self, found: Found, first: int, last: int) -> bool:
        """Add words `first` to `last` if a year beside them is that of such a title."""
        start, end = found.extent(first, last)
        for beside in years_beside(found.text, start, end):
            written = found.text[start:end]
            keys = [found.key(first, last)]
            chosen = self._candidates.choose(keys, written, beside.year, exactly=True)
            whole = found.with_article(beside.start), beside.end
            if not chosen or found.taken(*whole):
                continue
            if beside.close or self._named_by_year(found, first, last, whole[0], chosen):
                found.add(*whole, chosen)
                return True
        return False

    def _named_by_year(
        self, found: Found, first: int, last: int, start: int, chosen: Choice
    ) -> bool:
        """Whether "from 1982" after a name or "the 1982" before it belongs to the name."""
        name_start, _ = found.extent(first, last)
        if found.context.around(first, last, name_start).cased:
            return True
        sort = sort_of(found.written(first, last), topic=False)
        told = found.context.cue_before(start) in ("comparison", "memory")
        if sort in (Sort.WORD, Sort.PHRASE):
            return told
        name = chosen.entry.name.casefold()  # "the thing", not "thing"
        written = found.text[name_start:].casefold()
        return told and sort is Sort.SMALL_WORDS and " " in name and written.startswith(name)

    def _believed(self, found: Found, first: int, last: int) -> bool:
        start, _ = found.extent(first, last)
        seen = found.context.around(first, last, start)
        if seen.cue is None and found.continues_list(start):
            seen = replace(seen, cue="memory")
        key = found.key(first, last)
        keys = key.split()
        sort = sort_of(found.written(first, last), topic=self._topics.issuperset(keys))
        if not self._candidates.is_whole(key) and sort is not Sort.CJK:
            told = seen.cue in ("comparison", "memory") or seen.judged
            numbered = seen.closed and keys[-1].isdigit()  # "terminator 2"
            return told and (seen.cased or numbered) and believed(sort, keys, seen)
        return believed(sort, keys, seen)

    def _find_near(self, found: Found, first: int) -> None:
        """Where a cue promises a name that is not there, look for one nearly like it."""
        start, _ = found.extent(first, first)
        last = found.end_of_phrase(first)
        end = found.words[last].end
        if found.taken(start, end) or IN_PARENTHESES.match(found.text, end):
            return
        ends = (n for n in range(last, first - 1, -1) if found.context.is_cased(first, n))
        end_of_name = next(ends, None)
        keys = found.key(first, last if end_of_name is None else end_of_name).split()
        if near := self._near.find(keys, shortened=end_of_name is not None):
            self._add_near(found, start, found.words[first + near.words - 1].end, near)

    def _add_near(self, found: Found, start: int, end: int, near: Near) -> None:
        if chosen := self._candidates.choose(near.keys, found.text[start:end]):
            found.add(start, end, chosen._replace(match=near.match))

    # --- abbreviations -------------------------------------------------------------------------

    def _may_be_short(self, found: Found, number: int) -> bool:
        word = found.words[number]
        return is_short(found.text[word.start : word.end]) and not self._knows(word.key)

    def _is_letters(self, found: Found, number: int) -> bool:
        """Whether a word beside an abbreviation is another one: "LOTR: ROTK"."""
        return found.is_large(number) and self._may_be_short(found, number)

    def _find_abbreviated(self, found: Found, first: int, *, alone: bool) -> None:
        """Take word `first` for the first letters of a name.

        Args:
            found: the text.
            first: the number of the word.
            alone: whether the word is the whole name; else words that follow end the name.
        """
        longest = first if alone else min(first + MAX_PHRASE, len(found.words)) - 1
        shortest = first if alone else first + (1 if found.is_large(first) else MIN_REST)
        for last in range(longest, shortest - 1, -1):
            start, end = found.extent(first, last)
            if found.taken(start, end) or (alone and not found.promises_short(first)):
                continue
            keys = self._initials.find(
                found.key(first, last).split(),
                [n == first or self._is_letters(found, n) for n in range(first, last + 1)],
            )
            if chosen := self._candidates.choose(keys, found.text[start:end]):
                found.add(start, end, chosen._replace(match=SHORTENED_MATCH))
                return

    @cached_property
    def _initials(self) -> Initials:
        return Initials(self._candidates.spoken())

    def _knows(self, word: str) -> bool:
        """Whether `word` is one, as far as the library tells."""
        if word in self._words or word.isdigit():
            return True
        return self._is_word is not None and self._is_word(word)


def _lengths_by_first_word(keys: Iterable[str]) -> dict[str, list[int]]:
    """How many words the names that begin with a word have, most first."""
    lengths: dict[str, set[int]] = {}
    for key in keys:
        words = key.count(" ") + 1
        if words <= MAX_WORDS:
            lengths.setdefault(key.partition(" ")[0], set()).add(words)
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}
