"""Our own format as a table: CSV with a header, packed with gzip or not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.importers.base import Record
from assistant.importers.own import VIDEO_LISTS, Row, is_own, read_rows
from assistant.importers.reading import head, lines
from store.export.notation import split_items, unguarded


class MatineeCsvImporter:
    """Reads our own tables: of videos, or of interactions."""

    name = "Matinee CSV"
    looks_like = "a .csv or .csv.gz file with the columns id and title, or video_id and signal"

    def recognises(self, path: Path) -> bool:
        """By the names of its columns."""
        if not path.is_file():
            return False
        first_line = head(path).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        return is_own(dict.fromkeys(_columns(first_line.strip().split(","))))

    def count(self, path: Path) -> int | None:  # noqa: ARG002 - it answers for every path
        """Not known: a cell may hold several lines."""
        return None

    def read(self, path: Path) -> Iterator[Record]:
        """Read the rows."""
        yield from read_rows(path.name, partial(_rows, path))


def _columns(cells: list[str]) -> list[str]:
    return [cell.strip(' "\ufeff').lower() for cell in cells]


def _rows(path: Path) -> Iterator[Row]:
    texts = _Texts(path)
    reader = csv.reader(texts)
    columns: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Row(f"line {texts.number}", {}, f"is not CSV ({error})")
            continue
        if columns:
            yield _row(f"line {texts.number}", columns, cells)
        else:
            columns = _columns(cells)
    if texts.problem:
        yield Row(f"line {texts.number}", {}, texts.problem)


def _row(where: str, columns: list[str], cells: list[str]) -> Row:
    if len(cells) > len(columns):
        return Row(where, {}, f"has {len(cells)} cells, the header {len(columns)}")
    if any("\udc80" <= letter <= "\udcff" for cell in cells for letter in cell):
        return Row(where, {}, "is not UTF-8 text")
    return Row(
        where,
        {column: _value(column, cell) for column, cell in zip(columns, cells, strict=False)},
    )


def _value(column: str, cell: str) -> object:
    text = unguarded(cell.strip())
    return split_items(text) if column in VIDEO_LISTS and text else text


class _Texts:
    """The lines of a file as the CSV reader wants them; knows at which one it is."""

    def __init__(self, path: Path) -> None:
        self._lines = lines(path)
        self.number = 0
        self.problem = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number = line.number
            if line.problem:
                self.problem = line.problem
                continue
            codec = "utf-8-sig" if line.number == 1 else "utf-8"
            yield line.data.decode(codec, "surrogateescape")
