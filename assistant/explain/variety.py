"""Which of many true sentences to say next, so that a row of them does not sound alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

REMEMBERED = 40
"""So many of the sentences said last are kept apart from."""
OPENING_WORDS = 3
_GRAM = 3
_SAME_OPENING = 1.0
"""What an opening that was used counts, against a sentence made of nothing but used trigrams."""
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][a-z]+)?|[“#]")
_NUMBER = re.compile(r"\d[\d,.]*")


@lru_cache(maxsize=4 * REMEMBERED)
def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence, Chinese by character; what is quoted and what is counted is blank.

    So that two sentences which differ in a title and a year alone are the same.
    """
    blanked = _NUMBER.sub("#", _QUOTED.sub("“", sentence)).lower()
    return tuple(_WORD.findall(blanked))


def opening_of(sentence: str) -> tuple[str, ...]:
    """How a sentence begins: its first words."""
    return words_of(sentence)[:OPENING_WORDS]


@lru_cache(maxsize=4 * REMEMBERED)
def trigrams_of(sentence: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words that a sentence has."""
    words = words_of(sentence)
    return frozenset(words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1))


def freshest(pool: Sequence[str], said: Sequence[str], limit: int) -> tuple[str, ...]:
    """At most `limit` sentences of `pool` that repeat the least of what was said.

    They differ in how they open as far as the pool allows, so that whoever chooses among them
    cannot fall back on one beginning. The freshest comes first.

    Args:
        pool: different sentences, any of which may be said.
        said: the sentences before it, the latest last.
        limit: how many to keep.
    """
    recent = said[-REMEMBERED:]
    used_openings = Counter(opening_of(one) for one in recent)
    used = Counter(gram for one in recent for gram in trigrams_of(one))

    def staleness(sentence: str) -> float:
        grams = trigrams_of(sentence)
        repeated = sum(min(used[gram], 3) / 3 for gram in grams) / max(len(grams), 1)
        return repeated + _SAME_OPENING * used_openings[opening_of(sentence)]

    ranked = sorted(pool, key=staleness)  # stable: ties stay in the order of the pool
    seen: set[tuple[str, ...]] = set()
    first: list[str] = []
    later: list[str] = []
    for sentence in ranked:
        start = opening_of(sentence)
        (later if start in seen else first).append(sentence)
        seen.add(start)
    return tuple((first + later)[:limit])
