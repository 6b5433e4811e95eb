"""Whether a request tells anything that videos could fit.

How near the nearest video is does not tell: with the packaged model, wishes for what a library
does not hold ("werewolves" among talks on Python) and mere typing lie equally near to it. So a wish
of which the library has no word is looked at letter by letter: "asdfghjkl" is no word of any
language that the library's own names and tags are in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from assistant.retrieve.pool import Pool
from assistant.retrieve.query import Query, RetrievalStore
from store.text import STOP_WORDS, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.census import Census

    Chances = NDArray[np.float64]

UNLIKELY = -3.8
"""Mean ln P of a word's letters, each after the one before. Of 205 wishes without a word of the
library none had less, of 130 typed at random half did, half of which could be spoken."""
_LETTERS = 28
"""a to z, digits as one, and what stands between words."""
_SMOOTHING = 0.5
_known: WeakKeyDictionary[Census, Chances] = WeakKeyDictionary()


def tells(query: Query, pool: Pool, store: RetrievalStore) -> bool:
    """Whether a query tells what fits.

    A wish whose meaning cannot be read and whose words are nowhere tells nothing, nor does one
    that is no word at all; titles and limits beside it still do.
    """
    if not query.wish or query.named.videos or query.admitted is not None or pool.wish_words:
        return True
    return query.wish_vector is not None and not _typed_at_random(query.wish, store)


def _typed_at_random(text: str, store: RetrievalStore) -> bool:
    """Whether no word of a text in Latin letters looks like one."""
    found = tokens(text)
    words = [word for word in found if word not in STOP_WORDS] or found
    if not all(word.isascii() for word in words):
        return False
    chances = _chances(store.searcher.census())
    return all(_likelihood(word, chances) < UNLIKELY for word in words)


def _likelihood(word: str, chances: Chances) -> float:
    codes = _codes(f" {word} ")
    return float(chances[codes[:-1], codes[1:]].mean())


def _chances(census: Census) -> Chances:
    """Log-probabilities of each letter after each other one, in a library's names and tags."""
    if census not in _known:
        codes = _codes("\n".join(["", *census.names, ""]))
        pairs = np.bincount(codes[:-1] * _LETTERS + codes[1:], minlength=_LETTERS**2)
        counts = pairs.reshape(_LETTERS, _LETTERS) + _SMOOTHING
        _known[census] = np.log(counts / counts.sum(axis=1, keepdims=True))
    return _known[census]


def _codes(text: str) -> NDArray[np.int64]:
    """The letters of a text by number, 0 for what is none."""
    letters = np.frombuffer(text.encode("ascii", "replace"), np.uint8).astype(np.int64)
    codes = np.zeros(len(letters), np.int64)
    small, digits = (letters >= 97) & (letters <= 122), (letters >= 48) & (letters <= 57)
    codes[small] = letters[small] - 96
    codes[digits] = 27
    return codes
