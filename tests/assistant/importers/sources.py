"""Sources written for a test, and what was read from them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from assistant.importers import Record
from assistant.types import Interaction, Skipped, Video


def _nested(depth: int) -> object:
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


STRANGE: tuple[object, ...] = (
    None,
    True,
    -1,
    0.5,
    1e308 * 10,
    10**30,
    "",
    "\x00\x1b[2J\u202e",
    "\ud800",
    "x" * 1_000_000,
    [],
    {},
    {"a": 1},
    ["", None, 3, {}],
    _nested(400),
)
"""Values that JSON can hold and that a field should not."""


def write_json(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_lines(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def videos(records: list[Record]) -> list[Video]:
    return [record for record in records if isinstance(record, Video)]


def interactions(records: list[Record]) -> list[Interaction]:
    return [record for record in records if isinstance(record, Interaction)]


def skipped(records: list[Record]) -> dict[str, str]:
    """The reason of each record that was skipped."""
    return {record.record: record.reason for record in records if isinstance(record, Skipped)}
