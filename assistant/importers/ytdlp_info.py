"""A folder of the ``.info.json`` files that ``yt-dlp --write-info-json`` leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.importers.base import Located, Record, skip, without_repeats
from assistant.importers.reading import (
    Unreadable,
    files_under,
    json_object,
    open_plain,
    read_capped,
)
from assistant.importers.ytdlp import is_playlist, video_of

ENDING = ".info.json"


class YtdlpInfoImporter:
    """Reads ``.info.json`` files: one, or all below a folder."""

    name = "yt-dlp info files"
    looks_like = "a folder with *.info.json in it or below it, or one such file"

    def recognises(self, path: Path) -> bool:
        """By the names of the files."""
        return path.name.endswith(ENDING) if path.is_file() else bool(_files(path))

    def count(self, path: Path) -> int | None:
        """The number of files."""
        return len(_files(path))

    def read(self, path: Path) -> Iterator[Record]:
        """Read them in the order of their paths."""
        yield from without_repeats(_read(path))


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else files_under(path, ENDING)


def _read(path: Path) -> Iterator[Located]:
    for file in _files(path):
        where = file.name if file == path else file.relative_to(path).as_posix()
        yield where, _record(where, file)


def _record(where: str, path: Path) -> Record:
    try:
        with open_plain(path) as file:
            info = json_object(read_capped(file))
    except Unreadable as error:
        return skip(where, str(error))
    except OSError as error:
        return skip(where, f"cannot be opened ({error.strerror})")
    if is_playlist(info):
        return skip(where, "a playlist's own file: it is not a video")
    return video_of(where, info)
