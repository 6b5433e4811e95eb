"""Writing an export: everything as of one moment, whatever is stored meanwhile."""

from __future__ import annotations

import csv
import errno
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.errors import StoreError
from store.export.layout import FILES, MANIFEST, Format, Manifest, Table, read_manifest
from store.export.notation import guarded, join_items
from store.export.rows import COLUMNS, Row, rows_of
from store.export.staging import Staging, is_unfinished
from store.library import Library
from store.reporting import Reporter, Silent

_FOR_SPREADSHEETS = "utf-8-sig"
"""With the mark at its start by which they know UTF-8; our importer passes over it."""


def export_library(
    library: Library,
    folder: Path,
    *,
    formats: Sequence[Format] = tuple(Format),
    reporter: Reporter | None = None,
) -> Manifest:
    """Write videos, history, ratings, saved list and sessions into `folder`.

    The files appear together when all are whole; until then an earlier export in the folder stays
    as it is. Other files in it are not touched.

    Args:
        library: what is exported, as it stands at this moment.
        folder: made if it is not there; else it must be empty or hold an earlier export.
        formats: how the tables are written down. Sessions are JSON lines in any case.
        reporter: is told of the progress.

    Returns:
        What has been written.

    Raises:
        StoreError: the folder holds something else, or cannot be written to.
    """
    try:
        _check(folder)
        with closing(Staging(folder)) as staging, library.reading():
            counts = {
                table: _write(staging, table, formats, rows(), reporter or Silent())
                for table, rows in rows_of(library).items()
            }
            manifest = Manifest(
                matinee=version("matinee"),
                made=datetime.now(UTC),
                formats=tuple(formats),
                counts=counts,
            )
            staging.open(MANIFEST).write(manifest.model_dump_json(indent=2) + "\n")
            staging.publish(remove=FILES)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreError(
            "The disk is full." if full else "The export cannot be written.",
            f"{folder}: {error.strerror or error}",
            "Make room, or export to another folder." if full else "Give another folder.",
        ) from error
    return manifest


def _check(folder: Path) -> None:
    """Refuse a folder in which something else could be overwritten."""
    names = {path.name for path in folder.iterdir()} if folder.exists() else set[str]()
    if not all(map(is_unfinished, names)) and read_manifest(folder) is None:
        raise StoreError(
            "The folder is not empty, and what is in it is no export.",
            str(folder),
            "Give a new folder, or an earlier export to replace.",
        )


def _write(
    staging: Staging,
    table: Table,
    formats: Sequence[Format],
    rows: Iterable[Row],
    reporter: Reporter,
) -> int:
    """Write a table in each of the formats that it can have, and return how many rows it has."""
    wanted = [format_ for format_ in table.formats if format_ in formats] or table.formats
    writers = [_WRITERS[format_](staging, table) for format_ in wanted]
    reporter.stage(f"writing {table}", None)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last one is wanted
        for write in writers:
            write(row)
        reporter.advance(1)
    return count


def _json_lines(staging: Staging, table: Table) -> Callable[[Row], None]:
    file = staging.open(table.file(Format.JSONL))

    def write(row: Row) -> None:
        file.write(f"{json.dumps(row, ensure_ascii=False)}\n")

    return write


def _cells(staging: Staging, table: Table) -> Callable[[Row], None]:
    file = staging.open(table.file(Format.CSV), encoding=_FOR_SPREADSHEETS)
    columns = COLUMNS[table]
    rows = csv.writer(file)
    rows.writerow(columns)

    def write(row: Row) -> None:
        rows.writerow([_cell(row.get(column)) for column in columns])

    return write


_WRITERS: Mapping[Format, Callable[[Staging, Table], Callable[[Row], None]]] = {
    Format.JSONL: _json_lines,
    Format.CSV: _cells,
}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return guarded(join_items(value) if isinstance(value, list) else str(value))
