"""Names that are spelled wrong or shortened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

from store.stop_words import STOP_WORDS

THRESHOLD = 0.88
"""The least similarity of a misspelled name: one mistake in nine letters, two in seventeen.
A mistake is a letter left out, put in or replaced, or two that are swapped (OSA distance)."""
MIN_LETTERS = 7
"""Shorter names are too easily one letter away from another."""
MIN_LETTERS_UNKNOWN = 5
"""Unless they hold a word that the library does not know: "the matrx"."""
MAX_AFTER = 3
"""So many words at the end of a phrase may be something else than the name."""
MIN_SHORTENED = 6
MAX_CARRIERS = 2
"""Words from the middle of names must leave no more names to choose from."""
MAX_SERIES = 12
"""Words that names begin with may stand for a series of so many."""
SHORTENED_MATCH = 0.85


class Near(NamedTuple):
    """Names that are nearly the one asked for."""

    keys: tuple[str, ...]
    """One for a misspelling; for a shortened name all that it may stand for, never many."""
    match: float
    words: int
    """How many of the words given it took up."""


class NearTitles:
    """The names of a library, for those who do not write them exactly.

    Args:
        keys: names as `assistant.titles.words.key_of` makes them.
        is_word: whether a word is one, and no mistake.
    """

    def __init__(self, keys: list[str], is_word: Callable[[str], bool]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in keys:
            self._by_length[len(key)].append(key)
        self._is_word = is_word
        self._lines = "".join(f"\n {key} " for key in keys) + "\n"

    def find(self, words: Sequence[str], *, shortened: bool) -> Near | None:
        """The names nearest to a phrase, if they are near enough.

        Args:
            words: the words of the phrase, as keys. Its last ones may not belong to the name.
            shortened: whether all of them may be a part of a longer name.
        """
        if STOP_WORDS.issuperset(words):
            return None
        for length in range(len(words), max(0, len(words) - MAX_AFTER), -1):
            if near := self._misspelled(words[:length]):
                return near
        if near := self._one_letter_off(words):
            return near
        return self._shortened(words) if shortened else None

    def _misspelled(self, words: Sequence[str]) -> Near | None:
        phrase = " ".join(words)
        if len(phrase) < MIN_LETTERS:
            return None
        from rapidfuzz import process  # 20 ms: not for those who spell well
        from rapidfuzz.distance import OSA

        # a longer or shorter name needs more mistakes than the threshold lets pass
        lengths = range(ceil(THRESHOLD * len(phrase)), int(len(phrase) / THRESHOLD) + 1)
        keys = [key for length in lengths for key in self._by_length.get(length, ())]
        best = process.extractOne(
            phrase, keys, scorer=OSA.normalized_similarity, score_cutoff=THRESHOLD
        )
        if best is None or _numbers(best[0]) != _numbers(phrase):
            return None
        return Near((best[0],), best[1], len(words))

    def _one_letter_off(self, words: Sequence[str]) -> Near | None:
        """A short name with one mistake, in a word that is none; if only one name is so near."""
        phrase = " ".join(words)
        unknown = [word for word in words if not self._is_word(word)]
        if len(phrase) < MIN_LETTERS_UNKNOWN or len(unknown) != 1 or len(unknown[0]) < 4:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        lengths = range(len(phrase) - 1, len(phrase) + 2)
        keys = [key for length in lengths for key in self._by_length.get(length, ())]
        near = [
            key
            for key, _, _ in process.extract(
                phrase, keys, scorer=OSA.distance, score_cutoff=1, limit=MAX_SERIES
            )
            if key[0] == phrase[0]
            and key.count(" ") == len(words) - 1
            and _numbers(key) == _numbers(phrase)
        ]
        if len(near) != 1 or _inflected(phrase, near[0]):
            return None
        return Near((near[0],), 1 - 1 / max(len(phrase), len(near[0])), len(words))

    def _shortened(self, words: Sequence[str]) -> Near | None:
        """Names that hold `words` in a row: few of them, or a series that begins with them."""
        phrase = " ".join(words)
        if len(phrase) < MIN_SHORTENED:
            return None
        keys = self._holding(f"\n {phrase} ")
        if not keys and len(keys := self._holding(f" {phrase} ")) > MAX_CARRIERS:
            return None
        return Near(keys, SHORTENED_MATCH, len(words)) if 0 < len(keys) <= MAX_SERIES else None

    def _holding(self, part: str) -> tuple[str, ...]:
        keys: list[str] = []
        position = self._lines.find(part)
        while position >= 0 and len(keys) <= MAX_SERIES:
            start = self._lines.rfind("\n", 0, position + 1) + 2
            end = self._lines.find(" \n", start)
            keys.append(self._lines[start:end])
            position = self._lines.find(part, end)
        return tuple(keys)


def _numbers(key: str) -> list[str]:
    return [word for word in key.split() if word.isdigit()]


def _inflected(one: str, other: str) -> bool:
    """Whether one is the other with a letter at its end: "explorers", not "shrekk"."""
    shorter, longer = sorted((one, other), key=len)
    return longer[:-1] == shorter and longer[-1] != shorter[-1]
