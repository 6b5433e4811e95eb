"""The words by which the library's videos are known."""

from __future__ import annotations

import json
from collections import Counter
from typing import NamedTuple

from store.library.database import Database
from store.text import STOP_WORDS, is_latin, tokens

ENGLISH = ("en", None)
"""Languages of videos whose words are taken for English; of most without one they are."""
LONGEST_TERM = 40
FEWEST_CARRIERS = 2
"""A term of one video alone is mostly a name or a slip."""


class Vocabulary(NamedTuple):
    """Terms, and how many videos carry each. A term is a tag, a keyword, or a word of a title."""

    english: dict[str, int]
    """Of videos in English, without accents or other scripts."""
    other_scripts: dict[str, int]
    """Those that are not in Latin letters, of any video."""


class VideoWords(Database):
    """The part of the library that lists what its videos are called and tagged with."""

    def vocabulary(self) -> Vocabulary:
        """All terms that some videos carry."""
        english: Counter[str] = Counter()
        others: Counter[str] = Counter()
        rows = self._connection.execute("SELECT title, tags, keywords, language FROM videos")
        with self._decoding("videos"):
            for title, tags, keywords, language in rows:
                terms = _terms(title, [*json.loads(tags), *json.loads(keywords or "[]")])
                if language in ENGLISH:
                    english.update(term for term in terms if term.isascii())
                others.update(term for term in terms if not term.isascii() and not is_latin(term))
        return Vocabulary(_carried(english), _carried(others))

    def share_in_other_scripts(self) -> float:
        """How many of the videos have titles that are not in Latin letters."""
        titles = [title for (title,) in self._connection.execute("SELECT title FROM videos")]
        return sum(not is_latin(title) for title in titles) / max(len(titles), 1)


def _terms(title: str, named: list[str]) -> set[str]:
    words = {word for word in tokens(title) if len(word) > 1 and not word.isdigit()}
    spelt = (" ".join(name.lower().replace("_", " ").replace("-", " ").split()) for name in named)
    return {term for term in (*words, *spelt) if term not in STOP_WORDS and _is_term(term)}


def _is_term(term: str) -> bool:
    return 1 < len(term) <= LONGEST_TERM and any(letter.isalpha() for letter in term)


def _carried(counts: Counter[str]) -> dict[str, int]:
    return {term: count for term, count in counts.items() if count >= FEWEST_CARRIERS}
