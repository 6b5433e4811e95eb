"""How titles are compared: as words without case, accents, punctuation and leading articles."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Characters (for a regular expression's class) that are words of their own here: Chinese and
Japanese are not cut into words, so that a name is found wherever a segmenter would cut."""

ARTICLES = frozenset({"the", "a", "an"})

_ACRONYM = r"(?:[A-Za-z]\.){2,}(?:[A-Za-z](?![A-Za-z]))?"  # E.T., S.W.A.T.
_LETTERS = rf"[^\W_{CJK}]+"
_SIGNS = r"&|(?<=\s)\+(?=\s)"
_WORD = re.compile(rf"{_ACRONYM}|[{CJK}]|{_LETTERS}(?:['’‘ʼ]{_LETTERS})*|{_SIGNS}")
_FOLDED_WORD = re.compile(rf"[{CJK}]|{_LETTERS}|{_SIGNS}")
_ACRONYMS = re.compile(_ACRONYM)
_SAME = {
    "&": "and", "+": "and",
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
}  # fmt: skip
"""Different ways to write the same. "X" and "I" are left alone: X-Men, I, Robot."""
_SAME |= {
    word[:place] + digit + word[place + 1 :]: digit
    for word, digit in _SAME.items()
    if digit.isdigit() and len(word) > 3 and len(digit) == 1
    for place in range(1, len(word) - 1)
}  # "Se7en"

_YEAR_AT_END = re.compile(r"\s*\(((?:18|19|20)\d\d)\)\s*$")
_ARTICLE_AT_END = re.compile(r",\s*(?:the|a|an)$", re.IGNORECASE)
_HYPHENS = re.compile(r"[-‐‑–·]")
_PART = re.compile(r":\s+|\s+[-–—|]\s+")
_NUMBERED = re.compile(r"(?<=\w )(?:part|volume|vol|chapter|episode) (?=\d+\b)")
"""What is left out where a number tells enough: "The Godfather 2"."""


class Word(NamedTuple):
    """A word of a text: how it is compared, and where it stands."""

    key: str
    start: int
    end: int


class Name(NamedTuple):
    """A title taken apart."""

    text: str
    """Without the year at its end."""
    year: int | None
    keys: tuple[str, ...]
    """The ways to write the whole of it, each as words joined by spaces."""
    main: str
    """What stands before the first colon or dash, which a series has in common; or nothing."""
    parts: tuple[str, ...]
    """What stands after a colon or dash: people seldom name all."""


def split(text: str) -> list[Word]:
    """The words of `text`, in order."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        key = _fold(found[0])
        words.append(Word(_SAME.get(key, key), *found.span()))
    return words


def key_of(text: str) -> str:
    """What `text` is looked up as: its words without a leading article, joined by spaces."""
    words = [_SAME.get(word, word) for word in _FOLDED_WORD.findall(_fold(text))]
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    return " ".join(words)


def take_apart(title: str) -> Name:
    """The names under which a title may be known."""
    year = None
    if found := _YEAR_AT_END.search(title):
        year, title = int(found[1]), title[: found.start()]
    title = _ARTICLE_AT_END.sub("", title)
    keys = {key_of(title)}
    if _HYPHENS.search(title):
        keys.add(key_of(_HYPHENS.sub("", title)))  # "Spiderman"
    keys |= {_NUMBERED.sub("", key) for key in keys}
    main, *parts = _PART.split(title)
    part_keys = {key_of(part) for part in parts} - keys - {""}
    return Name(title, year, tuple(keys - {""}), key_of(main) if parts else "", tuple(part_keys))


def _fold(text: str) -> str:
    """`text` without case, accents, apostrophes and the dots of acronyms."""
    if "." in text:
        text = _ACRONYMS.sub(lambda acronym: acronym[0].replace(".", ""), text)
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        text = text.replace("’", "").replace("‘", "").replace("ʼ", "")
    return text.replace("'", "")
