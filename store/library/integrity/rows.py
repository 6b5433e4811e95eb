"""Videos, signals, turns, memories and what others like, each of which has to be readable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from assistant.errors import problems_of
from assistant.types import Interaction, Video
from store.library.integrity.file import BadRow, InspectedFile
from store.library.rows import check
from store.library.tables import tables
from store.library.videos import content_hash, video_of

_FIELDS = tuple(Video.model_fields)
_SIGNAL = ("video_id", "signal", "at", "rating", "strength")


class InspectedRows(InspectedFile):
    """The part of an inspection that reads every row."""

    def bad_videos(self) -> tuple[list[BadRow], list[BadRow]]:
        """The videos that cannot be read, and those that are not what their source said.

        The second ones are known by their hash, which was taken when they came.
        """
        unreadable, altered = [], []
        for row, digest, *values in self._connection.execute(
            f"SELECT row, hash, {', '.join(_FIELDS)} FROM videos"  # noqa: S608
        ):
            try:
                video = video_of(values)
                content = content_hash(video)  # which refuses text that is not UTF-8
            except ValueError as error:  # pydantic's and json's are of this kind
                unreadable.append(BadRow(row, str(values[0]), _first_line(error)))
                continue
            if content != digest:
                altered.append(BadRow(row, video.id, "differs from its hash"))
        return unreadable, altered

    def without_keywords(self) -> int:
        """How many videos have had no keywords extracted."""
        return int(self._one("SELECT count(*) FROM videos WHERE keywords IS NULL"))

    def bad_signals(self) -> list[BadRow]:
        """The signals that cannot be read."""
        bad = []
        for row, *values in self._connection.execute(
            f"SELECT row, {', '.join(_SIGNAL)} FROM interactions"  # noqa: S608
        ):
            try:
                Interaction.model_validate(dict(zip(_SIGNAL, values, strict=True)))
            except ValueError as error:
                bad.append(BadRow(row, str(values[0]), _first_line(error)))
        return bad

    def bad_turns(self) -> list[BadRow]:
        """The turns of sessions that cannot be read."""
        bad = []
        columns = tables(self._connection)["turns"].columns
        for values in self._connection.execute(f"SELECT {', '.join(columns)} FROM turns"):  # noqa: S608
            row = dict(zip(columns, values, strict=True))
            try:
                check("turns", row)
            except ValueError as error:
                bad.append(BadRow(row["row"], str(row["session_id"]), _first_line(error)))
        return bad

    def bad_preferences(self) -> list[BadRow]:
        """What the person said about themselves and cannot be read."""
        return [
            BadRow(row["row"], str(row["row"]), problem)
            for row, problem in self._bad("preferences")
        ]

    def bad_own_edits(self) -> list[BadRow]:
        """What the person changed of the library and their interests, and cannot be read."""
        return [
            BadRow(row.get("row", 0), str(row[key]), problem)
            for table, key in (
                ("own_tags", "video_id"),
                ("removed_videos", "video_id"),
                ("interest_settings", "name"),
            )
            for row, problem in self._bad(table)
        ]

    def _bad(self, table: str) -> Iterator[tuple[dict[str, Any], str]]:
        """The rows of a table that say what cannot be, and what is wrong with each."""
        columns = tables(self._connection)[table].columns
        for values in self._connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608
            row = dict(zip(columns, values, strict=True))
            try:
                check(table, row)
            except ValueError as error:
                yield row, _first_line(error)

    def bad_community(self) -> list[BadRow]:
        """What was learned from other people's ratings and cannot be read."""
        return [
            BadRow(row.get("position", 0), str(row[key]), problem)
            for table, key in (("community_sources", "name"), ("community_items", "source"))
            for row, problem in self._bad(table)
        ]

    def signals_of_no_video(self) -> int:
        """How many signals speak of videos that are not in the library; that may well be."""
        return int(
            self._one(
                "SELECT count(*) FROM interactions WHERE video_id NOT IN (SELECT id FROM videos)"
            )
        )


def _first_line(error: ValueError) -> str:
    """What is wrong, in a line: the first place and complaint where pydantic has several."""
    if isinstance(error, ValidationError):
        return problems_of(error)[0]
    return str(error).splitlines()[0]
