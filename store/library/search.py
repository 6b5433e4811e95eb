"""Finding videos by their words: BM25 through SQLite's FTS5."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.types import Video
from store.library.database import Database
from store.text import STOP_WORDS, has_cjk, segment, stem, tokens

WORDS_RANK = "bm25(8.0, 6.0, 5.0, 4.0, 2.0, 1.0)"
"""A word in the title says most; see the columns of `words` in the migration."""
_GRAMS_RANK = "bm25(4.0, 1.0)"
_GRAMS_SHARE = 0.5
"""Of a trigram score in the sum: the same characters have mostly scored as words already."""
_MOST_TERMS = 64
_GRAM = 3


class WordHit(NamedTuple):
    """A video found by its words; a higher score is better."""

    video_id: str
    score: float


class WordSearch(Database):
    """The part of the library that searches its full text."""

    def search(self, query: str, *, limit: int, any_word: bool = True) -> list[WordHit]:
        """Find videos by words, best first.

        The score is BM25 as FTS5 computes it (Robertson and Zaragoza 2009, k1 = 1.2, b = .75),
        over stems, with a weight for each column. Chinese, Japanese and Korean are searched by
        trigrams too, and the two scores are added.

        Args:
            query: anything; none of it is read as search syntax.
            limit: the most hits.
            any_word: one word is enough, and stop words do not count; else all are needed.
        """
        terms = _query_terms(query, any_word=any_word)
        scores = self._ranked("words", WORDS_RANK, terms, limit, any_word=any_word)
        if has_cjk(query):
            grams = _query_grams(terms)
            found = self._ranked("grams", _GRAMS_RANK, grams, limit, any_word=any_word)
            for row, score in found.items():
                scores[row] = scores.get(row, 0.0) + _GRAMS_SHARE * score
        best = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
        ids = self._ids_of(best)  # not of those that another process removed just now
        return [WordHit(ids[row], scores[row]) for row in best if row in ids]

    def document_frequencies(self) -> dict[str, int]:
        """How many videos each stem occurs in (see `store.text.stem`)."""
        return dict(self._connection.execute("SELECT term, doc FROM words_vocabulary"))

    def has_word(self, word: str) -> bool:
        """Whether a video's title, description, people or tags hold `word`, in any form."""
        found = self._connection.execute(
            "SELECT 1 FROM words_vocabulary WHERE term = ? LIMIT 1", (stem(word.lower()),)
        )
        return found.fetchone() is not None

    def _ranked(
        self, table: str, rank: str, terms: Sequence[str], limit: int, *, any_word: bool
    ) -> dict[int, float]:
        if not terms:
            return {}
        quoted = (f'"{term.replace(chr(34), chr(34) * 2)}"' for term in terms)
        return dict(
            self._connection.execute(
                f"SELECT rowid, -rank FROM {table}"  # noqa: S608
                f" WHERE {table} MATCH ? AND rank MATCH '{rank}' ORDER BY rank LIMIT ?",
                ((" OR " if any_word else " AND ").join(quoted), limit),
            )
        )

    def _ids_of(self, rows: Sequence[int]) -> dict[int, str]:
        return dict(
            self._connection.execute(
                "SELECT row, id FROM videos WHERE row IN (SELECT value FROM json_each(?))",
                (json.dumps(rows),),
            )
        )


def add_words(connection: sqlite3.Connection, row: int, video: Video) -> None:
    """Make a video that has no words yet findable by them. Inside a transaction."""
    columns = (
        video.title,
        _joined(video.other_titles),
        _joined(video.tags),
        _joined(video.people),
        video.channel or "",
        video.description,
    )
    connection.execute(
        "INSERT INTO words (rowid, title, other_titles, tags, people, channel, description)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, *map(segment, columns)),
    )
    titles, rest = _joined(columns[:2]), _joined(columns[2:])
    if has_cjk(titles) or has_cjk(rest):
        connection.execute(
            "INSERT INTO grams (rowid, titles, rest) VALUES (?, ?, ?)", (row, titles, rest)
        )


def remove_words(connection: sqlite3.Connection, row: int) -> None:
    """Make a video unfindable by its words. Inside a transaction."""
    connection.execute("DELETE FROM words WHERE rowid = ?", (row,))
    connection.execute("DELETE FROM grams WHERE rowid = ?", (row,))


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _query_terms(query: str, *, any_word: bool) -> list[str]:
    """The words to look for, one of each stem, in order."""
    by_stem = {stem(word): word for word in reversed(tokens(query))}
    words = list(reversed(by_stem.values()))
    if any_word:
        words = [word for word in words if word not in STOP_WORDS] or words
    return words[:_MOST_TERMS]


def _query_grams(terms: Iterable[str]) -> list[str]:
    """The character trigrams of those words that `grams` can find."""
    grams = (
        term[start : start + _GRAM]
        for term in terms
        if has_cjk(term)
        for start in range(len(term) - _GRAM + 1)
    )
    return list(dict.fromkeys(grams))[:_MOST_TERMS]
