"""Histories and lists as JSON lines: one person a line, packed with gzip or not.

A history is ``{"user": …, "history": [{"id": …, "rating": …}]}``; where ``relevant`` names what was
liked later, that is liked. A list is ``{"id": …, "mentioned": […], "relevant": […]}``; lines whose
ids differ only behind a slash are parts of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.importers.ratings import records
from assistant.importers.ratings.gathering import Gathering
from assistant.importers.reading import Unreadable, head, json_object, lines

_LISTED = ("mentioned", "relevant")
MOST_OF_ONE = 100_000
"""What one line may name."""


class RatingLines:
    """Reads histories and lists."""

    name = "histories or lists as JSON lines"
    looks_like = "a .jsonl or .jsonl.gz file with user and history, or id and mentioned, in a line"

    def recognises(self, path: Path) -> bool:
        """By the names of what its first line holds, or begins with if it is long."""
        if not path.is_file():
            return False
        start = head(path).lstrip(b"\xef\xbb\xbf \r\n\t").split(b"\n", 1)[0]
        return start.startswith(b"{") and (
            (b'"user"' in start and b'"history"' in start)
            or (b'"id"' in start and b'"mentioned"' in start)
        )

    def read(self, path: Path, into: Gathering) -> Iterator[int]:
        """Read the lines. What cannot be read of them is left out."""
        for line in lines(path):
            where = f"line {line.number}"
            try:
                if line.problem:
                    raise Unreadable(line.problem)
                record = json_object(line.data)
                (_history if "history" in record else _list)(where, record, into)
            except Unreadable as error:
                into.skip(where, str(error))
            yield line.number


def _history(where: str, record: dict[str, object], into: Gathering) -> None:
    from store.community.ratings import LIKED_FROM

    person = records.key(record.get("user"), "person")
    for entry in _entries(record, "history"):
        rating = entry.get("rating") if isinstance(entry, dict) else None
        item = entry.get("id") if isinstance(entry, dict) else entry
        _take(where, person, item, rating, into)
    for item in _entries(record, "relevant"):
        _take(where, person, item, LIKED_FROM, into)


def _list(where: str, record: dict[str, object], into: Gathering) -> None:
    person = records.key(record.get("id"), "person").split("/", 1)[0]
    for name in _LISTED:
        for item in _entries(record, name):
            _take(where, person, item, None, into)


def _entries(record: dict[str, object], name: str) -> list[object]:
    entries = record.get(name, [])
    if not isinstance(entries, list):
        raise Unreadable(f"has no list of what is {name}")
    if len(entries) > MOST_OF_ONE:
        raise Unreadable(f"names over {MOST_OF_ONE:,} things")
    return entries


def _take(where: str, person: str, item: object, rating: object, into: Gathering) -> None:
    try:
        named = records.key(item, "item")
        given = records.stars(rating)
    except Unreadable as error:
        into.skip(where, str(error))
        return
    into.describe(named, records.item(records.video_id(named), ""))
    into.rate(where, person, named, given)
