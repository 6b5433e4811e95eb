"""The people whom a library credits, found in a text by their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_FREQUENT_MARKS = (".", "-", "'", "’", ",", '"')
"""In names."""
_SEPARATOR = str.maketrans("·・•‧", "    ")
"""What stands between the parts of a foreign name in Chinese: 汤姆·汉克斯."""

SHORTEST_NAME = 3
"""Letters of a first or last name that may be typed wrongly."""
MOST_WORDS = 6
MOST_CHARACTERS = 14
"""Of a name without spaces between its words."""
_AFTER_LAST_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_BEFORE_LAST_NAMES = frozenset(
    {"al", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "le", "ten", "van",
     "von"}
)  # fmt: skip


class PersonMention(NamedTuple):
    """A place of a text that names a person."""

    start: int
    end: int
    names: tuple[str, ...]
    """The person as the library writes it; every spelling, where it has several."""
    whole: bool
    """Whether it is a name that hardly means anything else: of two words and more, or Chinese."""


class PeopleIndex:
    """Finds people in texts, ignoring case, accents and punctuation.

    Args:
        names: everybody who is credited, as they are written.
    """

    def __init__(self, names: Iterable[str]) -> None:
        listed = [name for name in names if name and "\n" not in name]
        keys = _keys(listed)
        # backwards, so that of several spellings the first one stays
        self._names = dict(zip(reversed(keys), reversed(listed), strict=True))
        self._names.pop("", None)
        self._spellings: dict[str, list[str]] = {}
        if len(self._names) < len(listed):
            for key, name in zip(keys, listed, strict=True):
                if self._names.get(key, name) != name:
                    self._spellings.setdefault(key, [self._names[key]]).append(name)

    def find(self, text: str) -> list[PersonMention]:
        """The people whom `text` names in full, in order; of names that overlap the longest."""
        found: list[PersonMention] = []
        if not self._names:
            return found
        for mention in sorted((*self._spaced(text), *self._unspaced(text)), key=_longest_first):
            if not found or mention.start >= found[-1].end:
                found.append(mention)
        return found

    def by_last_name(self, text: str, start: int = 0) -> PersonMention | None:
        """Whom the word at ``text[start]`` names alone, if only one person has that last name."""
        words = list(_words(text, start, 3))
        while len(words) > 1 and words[0][2] in _BEFORE_LAST_NAMES:
            words.pop(0)
        if not words:
            return None
        _, end, last_name = words[0]
        keys = self._by_last_name.get(last_name, ())
        said = _folded(text[start:end])
        if len(keys) == 1 and f" {keys[0]} ".find(f" {said} ") >= 0:
            return PersonMention(start, end, self._spelled(keys[0]), whole=False)
        return None

    def misspelled(self, text: str, start: int = 0) -> PersonMention | None:
        """Whom the two words at ``text[start]`` mean if one of them is typed wrongly."""
        words = list(_words(text, start, 2))
        if len(words) < 2 or any(len(word) < SHORTEST_NAME for _, _, word in words):
            return None
        said = " ".join(word for _, _, word in words)
        alike = {
            *self._by_first_name.get(words[0][2], ()),
            *self._by_last_name.get(words[1][2], ()),
        }
        near = [key for key in alike if _one_edit_apart(key, said)]
        if len(near) != 1:
            return None
        return PersonMention(words[0][0], words[1][1], self._spelled(near[0]), whole=True)

    def _spaced(self, text: str) -> Iterator[PersonMention]:
        words = list(_words(text))
        for first, (start, _, _) in enumerate(words):
            for last in range(min(first + MOST_WORDS, len(words)) - 1, first - 1, -1):
                key = " ".join(word for _, _, word in words[first : last + 1])
                if key in self._names:
                    end = words[last][1]
                    yield PersonMention(start, end, self._spelled(key), whole=last > first)
                    break

    def _unspaced(self, text: str) -> Iterator[PersonMention]:
        if not _HAN_OR_KANA.search(text):
            return
        plain = text.translate(_SEPARATOR)
        for first in _HAN_OR_KANA.finditer(plain):
            start = first.start()
            for end in range(min(start + MOST_CHARACTERS, len(plain)), start + 1, -1):
                if plain[start:end] in self._names:
                    yield PersonMention(start, end, self._spelled(plain[start:end]), whole=True)
                    break

    def _spelled(self, key: str) -> tuple[str, ...]:
        return tuple(self._spellings.get(key, (self._names[key],)))

    @cached_property
    def _by_last_name(self) -> dict[str, list[str]]:
        """Last names and the keys of those who bear them."""
        bearers: dict[str, list[str]] = {}
        for key in self._names:
            first, _, last = key.rpartition(" ")
            if last in _AFTER_LAST_NAMES:
                first, _, last = first.rpartition(" ")
            if first:
                bearers.setdefault(last, []).append(key)
        return bearers

    @cached_property
    def _by_first_name(self) -> dict[str, list[str]]:
        bearers: dict[str, list[str]] = {}
        for key in self._names:
            first, _, last = key.partition(" ")
            if last:
                bearers.setdefault(first, []).append(key)
        return bearers


def _one_edit_apart(name: str, other: str) -> bool:
    """Whether a letter is missing, too many, another, or two have changed places."""
    from rapidfuzz.distance import OSA

    return OSA.distance(name, other, score_cutoff=1) == 1


def _longest_first(mention: PersonMention) -> tuple[int, int]:
    return mention.start, -mention.end


def _folded(text: str) -> str:
    """`text` in lower case, without accents, its words parted by single spaces."""
    return " ".join(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", plain)  # kana and Hangul, composed again


def _keys(names: list[str]) -> list[str]:
    """Each of `names`, folded: all at once, for one by one takes three times as long."""
    if not names:
        return []
    text = _plain("\n".join(names))
    for mark in _FREQUENT_MARKS:
        text = text.replace(mark, " ")
    text = text.replace("  ", " ").replace("  ", " ").replace(" \n", "\n").replace("\n ", "\n")
    keys = text.strip(" ").split("\n")
    for number, key in enumerate(keys):
        if "  " in key or not key.replace(" ", "").isalnum():
            keys[number] = _folded(key)
    return keys


def _words(text: str, start: int = 0, most: int | None = None) -> Iterator[tuple[int, int, str]]:
    """The words of `text` with their places, folded."""
    for number, word in enumerate(_WORD.finditer(text, start)):
        if number == most:
            return
        yield word.start(), word.end(), _folded(word[0])
