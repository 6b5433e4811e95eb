"""The full text: there for every video, whole, and of the words that the video has."""

from __future__ import annotations

from typing import NamedTuple

from store.library.integrity.file import InspectedFile, expected_schema
from store.text import has_cjk, segment

_SHADOWS = ("data", "idx", "content", "docsize", "config")
"""The tables in which FTS5 keeps an index (https://www.sqlite.org/fts5.html, section 9)."""


class WordGaps(NamedTuple):
    """How far the full text is from the videos."""

    without_words: int
    """Videos that no word finds."""
    without_grams: int
    """Videos in Chinese, Japanese or Korean that none of their character trigrams finds."""
    of_no_video: int
    """Entries of videos that are not there."""


class InspectedWords(InspectedFile):
    """The part of an inspection that looks into the full text."""

    def word_gaps(self) -> WordGaps:
        """Which videos the full text lacks, and which it has too many."""
        rows = set(self._column("SELECT row FROM videos"))
        words = set(self._column("SELECT id FROM words_docsize"))
        grams = set(self._column("SELECT id FROM grams_docsize"))
        texts = self._connection.execute(
            "SELECT row, title || other_titles || tags || people"
            " || coalesce(channel, '') || description FROM videos"
        )
        cjk = {row for row, text in texts if has_cjk(str(text))}
        return WordGaps(len(rows - words), len(cjk - grams), len((words | grams) - rows))

    def check_words(self) -> None:
        """Compare both full-text indexes with the texts that they were made from.

        SQLite's check of pages does not look into them, and its own check of an index writes. So
        that one is made of a copy, in SQLite's temporary file.

        Raises:
            sqlite3.DatabaseError: one of them is damaged.
        """
        for table in ("words", "grams"):
            self._check_copy(table)

    def _check_copy(self, table: str) -> None:
        copy = f"{table}_copy"
        create = expected_schema()[f"table {table}"]
        self._connection.execute(create.replace(f"TABLE {table}", f"TABLE temp.{copy}"))
        try:
            for part in _SHADOWS:
                self._connection.execute(f"DELETE FROM temp.{copy}_{part}")  # noqa: S608
                self._connection.execute(
                    f"INSERT INTO temp.{copy}_{part} SELECT * FROM main.{table}_{part}"  # noqa: S608
                )
            self._connection.execute(f"INSERT INTO {copy} ({copy}) VALUES ('integrity-check')")  # noqa: S608
        finally:
            self._connection.execute(f"DROP TABLE temp.{copy}")

    def stale_words(self) -> list[str]:
        """The ids of videos that are found by another title than they have.

        Titles that have to be segmented are passed over: another dictionary does it otherwise.
        """
        rows = self._connection.execute(
            "SELECT videos.id, title, c0 FROM videos JOIN words_content ON words_content.id = row"
        )
        return [
            str(id_)
            for id_, title, found_by in rows
            if not has_cjk(str(title)) and segment(str(title)) != found_by
        ]
