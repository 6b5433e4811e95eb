"""Videos by what is being typed: each word, or how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from store.library.search import WORDS_RANK
from store.listing.catalogue import folded
from store.text import has_cjk, typed_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.library import Library
    from store.listing.catalogue import Catalogue, Column, Mask

_MOST_WORDS = 16
_GRAM = 3
_SHORT = 3
"""A word of fewer letters begins a word in nearly every video: only titles are asked for that."""
_MOST_RANKED = 5_000
"""Of more matches nobody looks for the best, and ranking them would take too long."""
_IN_TITLE, _BEGINS = 1, 2


@dataclass(frozen=True, slots=True)
class Matches:
    """The videos that words fit."""

    mask: Mask
    title_fit: Column
    """2 for a title with words that begin like all of them, 1 for one that holds them, else 0."""
    rank: NDArray[np.float64]
    """FTS5's BM25, which is less for what fits better; 0 where there is none."""


def match(library: Library, catalogue: Catalogue, text: str) -> Matches | None:
    """The videos that have every word of `text`, or a longer one that begins with it.

    Chinese, Japanese and Korean is found anywhere, for nobody knows where a word begins.

    Returns:
        None where `text` has no word in it.
    """
    words = typed_words(text)[:_MOST_WORDS]
    if not words:
        return None
    mask = np.ones(len(catalogue), bool)
    fit = np.full(len(catalogue), _BEGINS, np.int64)
    for word in words:
        in_title = _title_fit(catalogue, word)
        fit = np.minimum(fit, in_title)
        enough = _BEGINS if _is_short(word) else _IN_TITLE
        mask &= (in_title >= enough) | catalogue.mask(_rows(library, word))
    return Matches(mask, fit, _ranks(library, catalogue, words, mask))


def _rows(library: Library, word: str) -> list[int]:
    """The rows that have it in any of their texts."""
    query = f'"{word}"' if _is_short(word) else f'"{word}"*'
    rows = _column(library, "SELECT rowid FROM words WHERE words MATCH ?", query)
    if has_cjk(word) and len(word) >= _GRAM:
        rows += _column(library, "SELECT rowid FROM grams WHERE grams MATCH ?", f'"{word}"')
    return rows


def _title_fit(catalogue: Catalogue, word: str) -> Column:
    wanted = folded(word)
    begun = f" {wanted}"
    anywhere = has_cjk(word)
    fit = np.zeros(len(catalogue), np.int64)
    for place, title in enumerate(catalogue.titles):
        if wanted in title:
            begins = anywhere or title.startswith(wanted) or begun in title
            fit[place] = _BEGINS if begins else _IN_TITLE
    return fit


def _ranks(
    library: Library, catalogue: Catalogue, words: Sequence[str], mask: Mask
) -> NDArray[np.float64]:
    ranks = np.zeros(len(catalogue))
    if mask.sum() > _MOST_RANKED:
        return ranks
    query = " AND ".join(f'"{word}"' if _is_short(word) else f'"{word}"*' for word in words)
    found = library._connection.execute(
        "SELECT rowid, rank FROM words WHERE words MATCH ?"  # noqa: S608
        f" AND rank MATCH '{WORDS_RANK}'",
        (query,),
    ).fetchall()
    if found:
        places, there = catalogue.places([row for row, _ in found])
        ranks[places[there]] = np.array([rank for _, rank in found])[there]
    return ranks


def _column(library: Library, sql: str, query: str) -> list[int]:
    return [row for (row,) in library._connection.execute(sql, (query,)).fetchall()]


def _is_short(word: str) -> bool:
    return len(word) < _SHORT and not has_cjk(word)
