"""Our own format as JSON lines: a JSON object a line, packed with gzip or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from assistant.importers.base import Record
from assistant.importers.own import Row, is_own, read_rows
from assistant.importers.reading import Unreadable, count_lines, json_object, lines

LINES_LOOKED_AT = 20
_NOT_OURS = frozenset({"_type", "ie_key", "extractor"})
"""yt-dlp writes ``id`` and ``title`` too."""


class MatineeJsonlImporter:
    """Reads our own JSON lines."""

    name = "Matinee JSON lines"
    looks_like = "a .jsonl or .jsonl.gz file with id and title, or video_id and signal, a line"

    def recognises(self, path: Path) -> bool:
        """By the fields of the first line that can be read."""
        if not path.is_file():
            return False
        rows = islice(json_rows(path), LINES_LOOKED_AT)
        first = next((row.values for row in rows if row.values), {})
        return is_own(first) and not _NOT_OURS & first.keys()

    def count(self, path: Path) -> int | None:
        """The number of lines."""
        return count_lines(path)

    def read(self, path: Path) -> Iterator[Record]:
        """Read videos and interactions, in any order."""
        yield from read_rows(path.name, partial(json_rows, path))


def json_rows(path: Path) -> Iterator[Row]:
    """The objects of a file, each with its place; a line that is none has a problem."""
    for line in lines(path):
        where = f"line {line.number}"
        if line.problem:
            yield Row(where, {}, line.problem)
            continue
        try:
            yield Row(where, json_object(line.data))
        except Unreadable as error:
            yield Row(where, {}, str(error))
