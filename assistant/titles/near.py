"""Names that are spelled wrong or shortened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from store.stop_words import STOP_WORDS

THRESHOLD = 0.88
"""The least similarity of a misspelled name: one mistake in nine letters, two in seventeen.
A mistake is a letter left out, put in or replaced, or two that are swapped (OSA distance)."""
MIN_LETTERS = 7
"""Shorter names are too easily one letter away from another."""
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
    """

    def __init__(self, keys: list[str]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in keys:
            self._by_length[len(key)].append(key)
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
