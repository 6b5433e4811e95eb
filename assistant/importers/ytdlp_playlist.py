"""What ``yt-dlp -J`` (one JSON object) and ``yt-dlp -j`` (a JSON object a line) print.

With ``--flat-playlist`` the entries say little; without, they say what an ``.info.json`` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.importers.base import Located, Record, skip, without_repeats
from assistant.importers.reading import (
    Line,
    Unreadable,
    head,
    json_object,
    lines,
    open_file,
    read_capped,
)
from assistant.importers.ytdlp import channel_of, is_playlist, video_of

MAX_PLAYLIST_BYTES = 256 * 1024 * 1024
"""``-J`` without ``--flat-playlist`` takes about half a megabyte for each video."""
MAX_DEPTH = 5
"""Playlists within playlists: a channel holds its tabs, a tab its playlists."""
_KEY = re.compile(rb'(?<!\\)"(?:_type|ie_key|extractor|extractor_key|entries|formats)"\s*:')


class YtdlpPlaylistImporter:
    """Reads a playlist, a channel or single videos as yt-dlp prints them."""

    name = "yt-dlp playlist"
    looks_like = "what yt-dlp --flat-playlist -J or -j prints"

    def recognises(self, path: Path) -> bool:
        """By keys that only yt-dlp writes."""
        if not path.is_file():
            return False
        start = head(path).lstrip(b"\xef\xbb\xbf \t\r\n")
        return start.startswith(b"{") and _KEY.search(start) is not None

    def count(self, path: Path) -> int | None:  # noqa: ARG002 - it answers for every path
        """Not known before it is read."""
        return None

    def read(self, path: Path) -> Iterator[Record]:
        """Read every entry, also those of playlists within the playlist."""
        yield from without_repeats(_read(path))


def _read(path: Path) -> Iterator[Located]:
    for line in _documents(path):
        where = f"line {line.number}"
        if line.problem:
            yield where, skip(where, line.problem)
            continue
        try:
            info = json_object(line.data)
        except Unreadable as error:
            yield where, skip(where, str(error))
            continue
        yield from _entries(where, info, channel_of(info, "playlist_"), MAX_DEPTH)


def _documents(path: Path) -> Iterator[Line]:
    """The JSON objects of the file: one a line, or one in all if it was laid out to be read."""
    found = lines(path, cap=MAX_PLAYLIST_BYTES)
    first = next(found, None)
    if first is None:
        return
    if first.data.strip(b"\xef\xbb\xbf \t\r\n") != b"{":
        yield first
        yield from found
        return
    with open_file(path) as file:
        try:
            yield Line(1, read_capped(file, MAX_PLAYLIST_BYTES))
        except Unreadable as error:
            yield Line(1, b"", str(error))


def _entries(where: str, info: Mapping[str, object], channel: str, depth: int) -> Iterator[Located]:
    """The videos of a document: itself, or its entries, or the entries of its playlists."""
    if not is_playlist(info):
        yield where, video_of(where, info, channel)
        return
    entries = info.get("entries")
    if not isinstance(entries, list) or depth == 0:
        yield where, skip(where, "a playlist whose entries are not there")
        return
    channel = channel_of(info) or channel
    for number, entry in enumerate(entries, 1):
        place = f"{where}, entry {number}"
        if isinstance(entry, dict):
            yield from _entries(place, entry, channel, depth - 1)
        else:
            yield place, skip(place, "an entry without content: the video was not available")
