"""Labelled files: JSON lines or CSV with a text of the viewer's, a text of a video's, a label."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import MatineeError
from assistant.importers.fields import text
from assistant.importers.reading import Unreadable, json_object, lines, open_file, read_capped
from assistant.types import Skipped

VIEWER_NAMES = ("user_text", "request", "query", "user", "text")
VIDEO_NAMES = ("video_text", "video", "title", "item")
LABEL_NAMES = ("is_relevant", "relevant", "label")
"""Names of the columns, the first of them that is there."""
LABELS = {"1": True, "1.0": True, "true": True, "yes": True,
          "0": False, "0.0": False, "false": False, "no": False}  # fmt: skip
MAX_TEXT = 20_000
MOST_PAIRS = 200_000
MAX_FILE_BYTES = 256 * 1024 * 1024
"""Of a CSV, which is read whole."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A viewer's text, a video's text, and whether they belong together."""

    viewer: str
    video: str
    relevant: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a labelled file holds."""

    pairs: tuple[Pair, ...]
    skipped: tuple[Skipped, ...]


def read_pairs(path: Path) -> Pairs:
    """Read a labelled file: CSV when its name ends so, else JSON lines; either may be gzipped.

    Raises:
        MatineeError: it cannot be opened, or holds no pairs of both sorts.
    """
    name = path.name.removesuffix(".gz").casefold()
    rows = _csv_rows(path) if name.endswith((".csv", ".tsv")) else _json_rows(path)
    pairs, skipped = _sorted_out(rows)
    if {pair.relevant for pair in pairs} != {True, False}:
        raise MatineeError(
            "There is nothing to learn from in this file.",
            f"{path}: {len(pairs)} pairs, {sum(pair.relevant for pair in pairs)} of them relevant.",
            f"It needs pairs of both sorts: {VIEWER_NAMES[0]}, {VIDEO_NAMES[0]}, {LABEL_NAMES[0]}"
            " (0 or 1), as CSV with these headings or as JSON lines.",
        )
    return Pairs(tuple(pairs), tuple(skipped))


Row = Mapping[str, object] | Unreadable


def _sorted_out(rows: Iterable[tuple[int, Row]]) -> tuple[list[Pair], list[Skipped]]:
    pairs: list[Pair] = []
    skipped: list[Skipped] = []
    for number, row in rows:
        try:
            if isinstance(row, Unreadable):
                raise row
            pairs.append(_pair(row))
        except Unreadable as reason:
            skipped.append(Skipped(record=f"line {number}", reason=str(reason)))
        if len(pairs) == MOST_PAIRS:
            break
    return pairs, skipped


def _pair(row: Mapping[str, object]) -> Pair:
    viewer = text(_first(row, VIEWER_NAMES), max_chars=MAX_TEXT)
    video = text(_first(row, VIDEO_NAMES), max_chars=MAX_TEXT)
    if not viewer or not video:
        raise Unreadable(f"has no {' or '.join((VIEWER_NAMES[0], VIDEO_NAMES[0]))}")
    label = str(_first(row, LABEL_NAMES)).strip().casefold()
    if label not in LABELS:
        raise Unreadable(f"has no {LABEL_NAMES[0]} of 0 or 1")
    return Pair(viewer, video, LABELS[label])


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _json_rows(path: Path) -> Iterator[tuple[int, Row]]:
    for line in lines(path):
        try:
            if line.problem:
                raise Unreadable(line.problem)
            yield line.number, json_object(line.data)
        except Unreadable as reason:
            yield line.number, reason


def _csv_rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with open_file(path) as file:
            content = read_capped(file, MAX_FILE_BYTES).decode("utf-8-sig", "replace")
        separator = "\t" if ".tsv" in path.name.casefold() else ","
        reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=separator)
        for row in reader:
            yield reader.line_num, {(key or "").strip(): value for key, value in row.items()}
    except (Unreadable, csv.Error, OSError, EOFError) as error:
        raise MatineeError("This file cannot be read.", f"{path}: {error}") from error
