"""A text in which titles are looked for, and the places found so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from assistant.titles.candidates import Choice
from assistant.titles.evidence import Context
from assistant.titles.words import ARTICLES, split

MAX_PHRASE = 8
"""Words of a phrase that is compared with all titles."""

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
    """1 if the whole title is named, less for a part of it, a misspelling or an abbreviation."""
    year: int | None = None
    """Of the video."""
    others: int = 0
    """How many other videos may be meant, each less likely."""


class Found:
    """A text being searched, and what was found in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        self.context = Context(text, self.words)
        self.mentions: list[TitleMention] = []

    def add(self, start: int, end: int, chosen: Choice) -> None:
        """Note that ``text[start:end]`` names what was chosen."""
        mention, entry = self.text[start:end], chosen.entry
        self.mentions.append(
            TitleMention(
                start,
                end,
                mention,
                entry.video_id,
                entry.title,
                chosen.match,
                entry.year,
                chosen.others,
            )
        )

    def taken(self, start: int, end: int) -> bool:
        """Whether a name was found in a part of ``text[start:end]``."""
        return any(start < mention.end and end > mention.start for mention in self.mentions)

    def key(self, first: int, last: int) -> str:
        """Words `first` to `last` as they are looked up."""
        return " ".join(word.key for word in self.words[first : last + 1])

    def written(self, first: int, last: int) -> list[str]:
        """Words `first` to `last` as they are written but for case."""
        words = self.words[first : last + 1]
        return [self.text[word.start : word.end].casefold() for word in words]

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """Where words `first` to `last` stand, with an article straight before them."""
        return self.with_article(self.words[first].start), self.words[last].end

    def with_article(self, start: int) -> int:
        """Where an article straight before `start` stands, else `start`."""
        article = _ARTICLE_BEFORE.search(self.text, max(0, start - 8), start)
        return article.start() if article else start

    def last_word_before(self, position: int) -> int:
        """The number of the last word that ends before `position`; -1 if none does."""
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

    def is_large(self, number: int) -> bool:
        """Whether word `number` is written in capitals, and not all of the text is."""
        word = self.words[number]
        return self.text[word.start : word.end].isupper() and not self.text.isupper()

    def promises_short(self, first: int) -> bool:
        """Whether word `first` may be the first letters of a name, by what stands around it."""
        start, _ = self.extent(first, first)
        seen = self.context.around(first, first, start)
        if self.words[first].start != start or seen.subject:
            return False
        told = seen.cue in ("comparison", "memory") or self.continues_list(start)
        if self.is_large(first):
            return told or seen.judged or bool(seen.cue and seen.closed)
        return told and seen.closed

    def continues_list(self, start: int) -> bool:
        """Whether what begins at `start` stands beside a name found before it."""
        before = [mention.end for mention in self.mentions if mention.end <= start]
        return bool(before) and self.context.continues_list(max(before), start)
