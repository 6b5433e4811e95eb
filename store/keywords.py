"""A few keywords for each video: its tags, cleaned, then the words that set it apart."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assistant.types import Video
from store.text import STOP_WORDS, has_cjk, stem, tokens

TITLE_WEIGHT = 3
"""A word of the title counts as often as this in the description."""
COMMON_SHARE = 0.3
"""A word that more of the library's videos carry says nothing about any of them."""
LARGE_LIBRARY = 50
"""From so many videos on, how many carry a word says something."""
_VAGUE_WORDS = """
based best better build building create creating day days different easy end fast finally
first five follow found four free fun happened high important large learn licence license
licensed live lives long look making modern new part people possible problem problems
project real second simple solo start started state story thing three time times two way ways
work working works world year years
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
"""Words that titles and descriptions everywhere are full of; as a tag they may be meant."""
_FLAT_SHARE = 0.001
"""Rarer still is not more telling: such words are names and slips more than subjects."""
_ENOUGH = 4
_PHRASE_WORDS = (2, 3)
_LONGEST_TAG = 40
_MOST_TAG_WORDS = 4
_READ_CHARS = 3_000
"""Of a description: what comes later is mostly links and thanks."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FORMATS_WORDS = """
channel closing conference discussion episode general intro introduction keynote keynotes
lecture lightning misc official opening panel part poster presentation presentations remarks
session sessions short speaker speakers sponsor sponsors subscribe trailer tutorial tutorials
welcome workshop workshops
"""
_FORMATS = frozenset(_FORMATS_WORDS.split())
"""What kind of video it is; `Video.kind` says that, and no keyword need say it again."""


def extract_keywords(
    video: Video,
    document_frequencies: Mapping[str, int],
    videos_in_library: int,
    *,
    phrases: Collection[str] = (),
    limit: int = 8,
) -> tuple[str, ...]:
    """The keywords of a video, the most telling first.

    Its tags come first, without years, formats, the name of its channel, and what nearly every
    video of the library carries. Then come words of the title, and words that the description
    repeats, by tf-idf: (1 + log tf)·log(N / df), in the form in which they are written there.

    Args:
        video: the video.
        document_frequencies: how many videos of the library each stem occurs in.
        videos_in_library: N.
        phrases: what counts as one word although it is written as several (see `tag_phrases`).
        limit: the most keywords.

    Returns:
        Lower-cased keywords, no two of them made of the same stems.
    """
    library = _Library(document_frequencies, videos_in_library)
    chosen: dict[str, str] = {}
    for key, keyword in _clean_tags(video, library):
        chosen.setdefault(key, keyword)
    covered = set(chosen).union(*(key.split() for key in chosen))
    for key, keyword in _telling_words(video, library, phrases):
        if len(chosen) >= limit:
            break
        if key not in covered:
            chosen[key] = keyword
            covered.update((key, *key.split()))
    return tuple(chosen.values())[:limit]


def tag_phrases(tags: Iterable[str]) -> frozenset[str]:
    """The tags of several words, as stems: "machine learning" gives ``machin learn``.

    They teach what belongs together in the texts of the videos that have no tags.
    """
    words = (tokens(tag) for tag in tags)
    return frozenset(
        " ".join(map(stem, phrase))
        for phrase in words
        if len(phrase) in _PHRASE_WORDS and not _says_nothing(phrase)
    )


class _Library:
    """What the library as a whole says about a word."""

    def __init__(self, document_frequencies: Mapping[str, int], videos: int) -> None:
        self._frequencies = document_frequencies
        self._videos = max(videos, 1)
        self._large = videos > LARGE_LIBRARY

    def too_common(self, words: Iterable[str]) -> bool:
        """Whether nearly every video carries all these stems."""
        return self._large and self._carriers(words) > COMMON_SHARE * self._videos

    def too_rare(self, words: Iterable[str]) -> bool:
        """Whether no other video carries them: a name, or a slip of the pen."""
        return self._large and self._carriers(words) < 2

    def rarity(self, words: Iterable[str]) -> float:
        """The inverse document frequency, log(N / df), flat below a thousandth of the library.

        Never quite 0, so that the words of a small library have an order too.
        """
        floor = max(1.0, _FLAT_SHARE * self._videos)
        return math.log((self._videos + 1) / max(self._carriers(words), floor))

    def _carriers(self, words: Iterable[str]) -> int:
        """How many videos carry these stems, at most."""
        return min((self._frequencies.get(word, 0) for word in words), default=0)


def _clean_tags(video: Video, library: _Library) -> Iterator[tuple[str, str]]:
    """(stems, readable form) of the tags worth keeping, in their order."""
    channel = _letters(video.channel or "")
    for tag in video.tags:
        readable = " ".join(tag.lower().lstrip("#").replace("_", " ").split())
        words = tokens(readable)
        stems = list(dict.fromkeys(map(stem, words)))
        if (
            not any(word.isalpha() for word in words)
            or len(readable) > _LONGEST_TAG
            or len(words) > _MOST_TAG_WORDS
            or _YEAR.search(readable)
            or _letters(readable) == channel
            or _says_nothing(words)
            or library.too_common(stems)
        ):
            continue
        yield " ".join(stems), readable


def _telling_words(
    video: Video, library: _Library, phrases: Collection[str]
) -> list[tuple[str, str]]:
    """(stems, readable form) of the words and phrases of the texts, the highest tf-idf first.

    One mention in a description is mostly chance ("unexpectedly", a sponsor's name), so such
    words only follow, as far as `_ENOUGH`, where there is little else.
    """
    names = {word for name in (*video.people, video.channel or "") for word in tokens(name)}
    description = _LINK.sub(" ", video.description[:_READ_CHARS])
    terms = _Terms(phrases, STOP_WORDS | _FORMATS | _VAGUE | names)
    terms.read(video.title, TITLE_WEIGHT)
    terms.read(description, 1)
    kept = [
        key
        for key in terms.counts
        if not (library.too_common(key.split()) or library.too_rare(key.split()))
    ]
    kept.sort(key=lambda key: -terms.weight(key) * library.rarity(key.split()))
    repeated = [key for key in kept if terms.counts[key] > 1]
    once = [key for key in kept if terms.counts[key] == 1]
    best = repeated + once[: max(0, _ENOUGH - len(repeated))]
    return [(key, terms.readable(key)) for key in best]


class _Terms:
    """The words and phrases of one video's texts, counted by their stems."""

    def __init__(self, phrases: Collection[str], stopped: Collection[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._forms: dict[str, Counter[str]] = {}
        self._phrases = phrases
        self._stopped = stopped

    def read(self, text: str, weight: int) -> None:
        """Count the terms of a text, each `weight` times."""
        words = tokens(text)
        stems = [stem(word) for word in words]
        start = 0
        while start < len(words):
            length = self._phrase_at(stems, start)
            if length > 1 or self._telling(words[start]):
                key = " ".join(stems[start : start + length])
                self.counts[key] += weight
                form = " ".join(words[start : start + length])
                self._forms.setdefault(key, Counter())[form] += weight
            start += length

    def weight(self, key: str) -> float:
        """1 + log tf."""
        return 1 + math.log(self.counts[key])

    def readable(self, key: str) -> str:
        """The form in which a term is mostly written."""
        return self._forms[key].most_common(1)[0][0]

    def _phrase_at(self, stems: Sequence[str], start: int) -> int:
        """How many words the longest phrase has that begins there; 1 if none does."""
        for length in sorted(_PHRASE_WORDS, reverse=True):
            if " ".join(stems[start : start + length]) in self._phrases:
                return length
        return 1

    def _telling(self, word: str) -> bool:
        long_enough = len(word) >= (2 if has_cjk(word) else 3)
        return word.isalpha() and long_enough and word not in self._stopped


def _says_nothing(words: Iterable[str]) -> bool:
    return all(word in STOP_WORDS or word in _FORMATS for word in words)


def _letters(text: str) -> str:
    """The letters of `text` alone, to know "pyconau" again in "PyCon AU 2020"."""
    return "".join(letter for word in tokens(text) for letter in word if letter.isalpha())
