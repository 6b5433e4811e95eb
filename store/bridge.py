"""From a request in one language to the words by which a library's videos are known in another.

Each word of the request, and the request as a whole, is placed in the space of `multilingual`
beside the library's own terms; the nearest ones are what it means here. So "用数据画图表" becomes
"data visualization", where a dictionary would say "use data to draw charts".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Self

import numpy as np

from store import multilingual
from store.stop_words import ENGLISH_STOP_WORDS
from store.text import STOP_WORDS, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix
    from store.library import Library, Vocabulary

    Scores = NDArray[np.float32]

MOST_TERMS = 12_000
"""Of a library's vocabulary, the most frequent ones: 2 s, once, and 25 MB."""
MANY = 0.2
"""Of the titles, that are in other scripts."""
MOST_WORDS = 12
"""Of a request, that are looked at."""
MOST_KEPT = 256
"""Of texts whose meaning was found: an answer asks for the same one several times."""
NEAR = 0.5
"""The least cosine of a term that stands for a word."""
OF_THE_WHOLE = 3
"""So many terms stand for the request as a whole, beside one for each of its words."""
CONTEXT = 0.6
"""How much nearness to the whole request counts beside nearness to the word itself."""
FREQUENCY = 0.2
"""How much more a term counts that half of the library carries than one that hardly any does."""


class Terms:
    """Terms of a library, to find those that mean what a text means.

    Args:
        counts: how many videos carry each term.
        known: vectors of terms from before, by term: these need not be encoded again.
    """

    def __init__(self, counts: Mapping[str, int], known: Mapping[str, Scores]) -> None:
        self._terms = sorted(counts, key=lambda term: (-counts[term], term))[:MOST_TERMS]
        new = [term for term in self._terms if term not in known]
        encoded = dict(zip(new, multilingual.encode(new), strict=True)) if new else {}
        rows = [encoded[term] if term in encoded else known[term] for term in self._terms]
        self._vectors = np.array(rows, np.float32) if rows else np.zeros((0, 0), np.float32)
        logs = np.log(np.array([counts[term] for term in self._terms] or [1], np.float64))
        self._found: dict[tuple[str, float], tuple[str, ...]] = {}
        self._weight = (FREQUENCY * logs / max(float(logs.max()), 1.0)).astype(np.float32)

    def __len__(self) -> int:
        return len(self._terms)

    @property
    def vectors(self) -> dict[str, Scores]:
        """The vector of each term."""
        return dict(zip(self._terms, self._vectors, strict=True))

    def meaning(self, text: str, *, near: float = NEAR) -> tuple[str, ...]:
        """The terms that mean what `text` means, the nearest to the whole of it first.

        A word that is nearer to an English stop word than to any term is passed over: so
        function words are known in every language.

        Args:
            text: a few words, in any of the languages of `multilingual`.
            near: the least cosine.
        """
        key = text, near
        if key not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[key] = self._meaning(text, near) if self._terms and text.strip() else ()
        return self._found[key]

    def _meaning(self, text: str, near: float) -> tuple[str, ...]:
        words = list(islice(_telling(text), MOST_WORDS))
        vectors = multilingual.encode([text, *words])
        cosines = vectors @ self._vectors.T
        whole, each = cosines[0], cosines[1:]
        empty = (vectors[1:] @ _stop_vectors().T).max(axis=1, initial=-1.0)
        chosen = [row for row in _best(whole + self._weight, OF_THE_WHOLE) if whole[row] >= near]
        for of_word, of_nothing in zip(each, empty, strict=True):
            [row] = _best(of_word + CONTEXT * whole + self._weight, 1)
            if of_word[row] >= max(near, float(of_nothing)):
                chosen.append(row)
        return tuple(dict.fromkeys(self._terms[row] for row in chosen))


def _best(scores: Scores, count: int) -> list[int]:
    return [int(row) for row in np.argsort(-scores, kind="stable")[:count]]


def _telling(text: str) -> dict[str, None]:
    words = dict.fromkeys(tokens(text))
    return dict.fromkeys(word for word in words if word not in STOP_WORDS) or words


@cache
def _stop_vectors() -> Matrix:
    return multilingual.encode(sorted(ENGLISH_STOP_WORDS))


class Bridge:
    """The terms of one library, in English and in other scripts.

    What is asked for is read from the library, and placed in the space, when it is first needed.
    """

    def __init__(self, library: Library, before: Bridge | None = None) -> None:
        self._library = library
        self._known: Mapping[str, Scores] = {} if before is None else before._placed()

    @classmethod
    def of(cls, library: Library, *, before: Bridge | None = None) -> Self:
        """The bridge of a library.

        Args:
            library: the library.
            before: its bridge from before it changed: what that has placed need not be again.
        """
        return cls(library, before)

    @cached_property
    def leads_away(self) -> bool:
        """Whether so many titles are in other scripts that English requests are led there."""
        return self._library.share_in_other_scripts() >= MANY

    @cached_property
    def english(self) -> Terms:
        """The English terms."""
        return Terms(self._vocabulary.english, self._known)

    @cached_property
    def others(self) -> Terms:
        """The terms in other scripts."""
        return Terms(self._vocabulary.other_scripts, self._known)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self._library.vocabulary()

    def _placed(self) -> Mapping[str, Scores]:
        """The vectors of the terms that were placed so far, by this bridge or one before it."""
        made = (self.__dict__.get(name) for name in ("english", "others"))
        placed = {term: row for terms in made if terms for term, row in terms.vectors.items()}
        return placed or self._known
