"""What Google Takeout gives of YouTube: the watch history and the playlists.

The zip as it was downloaded, its folder, or one file of it. Folders and files are named in the
language of the account: they are known by what is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assistant.importers.archive import Archive, open_archive, start_of, whole
from assistant.importers.base import Located, Record, skip
from assistant.importers.fitting import NamesOnly
from assistant.importers.reading import Unreadable
from assistant.importers.takeout import history_html, history_json, playlists
from assistant.importers.takeout.entry import Entry, records_of

__all__ = ["TakeoutImporter"]

MOST_FILES = 2_000
"""Files of YouTube that are looked at. An export has some dozens, and one for each playlist."""
_ENDINGS = (".json", ".html", ".csv")
_SEARCHES = b"search_query"
_WATCHES = b"watch?v"
_PAGE_BYTES = 1024 * 1024
"""A page begins with a long style sheet."""


class TakeoutImporter(NamesOnly):
    """Reads what was watched, and playlists: what was liked, what is to be watched, one's own."""

    name = "YouTube (Google Takeout)"
    looks_like = "the zip, its folder, or watch-history.json or .html, or a playlist's .csv"

    def recognises(self, path: Path) -> bool:
        """By the beginnings of the files that have YouTube in their paths."""
        with open_archive(path, *_ENDINGS) as archive:
            return any(_reader(name, archive) for name in _candidates(path, archive))

    def count(self, path: Path) -> int | None:  # noqa: ARG002 - it answers for every path
        """Not known before it is read."""
        return None

    def read(self, path: Path) -> Iterator[Record]:
        """Read the history, the latest first, then the playlists.

        The tables of playlists say no titles: of a video that is not in the history, the signal
        alone is kept, for when the video comes from elsewhere.
        """
        with open_archive(path, *_ENDINGS) as archive:
            yield from (record for _, record in _read(path, archive))


def _candidates(path: Path, archive: Archive) -> list[str]:
    """The files that may be of YouTube: all have it in their paths, in every language."""
    if not path.is_dir() and archive.names == [path.name]:
        return archive.names
    above = str(path.resolve()) if path.is_dir() else ""
    found = [name for name in archive.names if "youtube" in f"{above}/{name}".casefold()]
    return (found or [name for name in archive.names if "watch-history" in name])[:MOST_FILES]


_Reader = Callable[[str, Archive, set[str]], Iterator[Located]]


def _reader(name: str, archive: Archive) -> _Reader | None:
    """What reads a file, by how it begins."""
    start = start_of(archive, name)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        return _json if b'"titleUrl"' in start and _is_of_videos(start) else None
    if history_html.CELL in start or start.lstrip()[:5].lower() in {b"<html", b"<!doc"}:
        page = start_of(archive, name, _PAGE_BYTES)
        return _html if history_html.CELL in page and _is_of_videos(page) else None
    return _playlist if playlists.looks_like_playlist(start) else None


def _is_of_videos(start: bytes) -> bool:
    """Whether a history is not one of searches."""
    watches = start.count(_WATCHES)
    return bool(watches) and watches >= start.count(_SEARCHES)


def _read(path: Path, archive: Archive) -> Iterator[Located]:
    found = [(name, _reader(name, archive)) for name in _candidates(path, archive)]
    seen: set[str] = set()
    for reader in (_json, _html, _playlist):  # a history is there as one or the other
        for name, its in found:
            if its is reader:
                yield from reader(name, archive, seen)


def _json(name: str, archive: Archive, seen: set[str]) -> Iterator[Located]:
    yield from _history(name, history_json.entries(archive.pieces(name)), seen)


def _html(name: str, archive: Archive, seen: set[str]) -> Iterator[Located]:
    yield from _history(name, history_html.entries(archive.pieces(name)), seen)


def _history(name: str, entries: Iterable[Entry | None], seen: set[str]) -> Iterator[Located]:
    number = 0
    try:
        for number, entry in enumerate(entries, 1):
            where = f"{name} entry {number}"
            if entry is None:
                yield where, skip(where, "is no entry of a history")
            else:
                yield from records_of(where, entry, seen)
    except Unreadable as error:
        where = f"{name} after entry {number}"
        yield where, skip(where, str(error))


def _playlist(name: str, archive: Archive, seen: set[str]) -> Iterator[Located]:
    try:
        data = whole(archive, name)
    except Unreadable as error:
        yield name, skip(name, str(error))
        return
    unnamed = 0
    for where, signal in playlists.signals(name, data):
        unnamed += signal.video_id not in seen
        yield where, signal
    if unnamed:
        told = "says no titles: of videos that are not in the history, signals alone are kept"
        yield name, skip(name, f"{told} ({unnamed})")
