"""The ``.nfo`` files that Kodi, Jellyfin, Emby and others keep beside videos.

The format is that of https://kodi.wiki/view/NFO_files; Kodi's export of a library to one file
(``videodb.xml``) holds the same elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from assistant.importers import fields
from assistant.importers.archive import Archive, open_archive, start_of
from assistant.importers.base import Located, Record, build_video, skip, without_repeats
from assistant.importers.nfo.video import fields_of, signals_of
from assistant.importers.nfo.xml import PART, decoded, parts
from assistant.importers.reading import Unreadable
from assistant.types import Skipped

__all__ = ["NfoImporter"]

LOOKED_AT = 50
"""Files that are looked at for one that tells of a video; many are of seasons and persons."""
_ENDINGS = (".nfo", "videodb.xml")
_OF_SHOW = "tvshow.nfo"


class NfoImporter:
    """Reads films, series, episodes and music videos, and what was watched and rated of them."""

    name = "Kodi or Jellyfin .nfo files"
    looks_like = "a folder with *.nfo in it or below it, one such file, or Kodi's videodb.xml"

    def recognises(self, path: Path) -> bool:
        """By an element that tells of a video, in one of the files."""
        if path.is_file() and path.suffix.casefold() not in {".nfo", ".xml", ".zip"}:
            return False
        with open_archive(path, *_ENDINGS) as archive:
            names = _names(archive)[:LOOKED_AT]
            return any(PART.search(decoded(start_of(archive, name))) for name in names)

    def count(self, path: Path) -> int | None:  # noqa: ARG002 - it answers for every path
        """Not known: a file may hold several videos."""
        return None

    def read(self, path: Path) -> Iterator[Record]:
        """Read the files in the order of their paths, those of series first."""
        with open_archive(path, *_ENDINGS) as archive:
            yield from without_repeats(_read(archive))


def _names(archive: Archive) -> list[str]:
    return sorted(archive.names, key=lambda name: (PurePosixPath(name).name != _OF_SHOW, name))


def _read(archive: Archive) -> Iterator[Located]:
    shows: dict[PurePosixPath, str] = {}
    for name in _names(archive):
        path = PurePosixPath(name)
        show = next((shows[folder] for folder in path.parents if folder in shows), "")
        number = 0
        try:
            for number, part in enumerate(parts(archive.pieces(name)), 1):
                where = name if number == 1 else f"{name} ({number})"
                if isinstance(part, Unreadable):
                    yield where, skip(where, str(part))
                    continue
                if part.tag == "tvshow":
                    shows[path.parent] = fields.text(part.findtext("title"))
                yield from _records(where, part, show)
        except Unreadable as error:
            yield name, skip(name, str(error))
        else:
            if not number:
                yield name, skip(name, "tells of no film, series, episode or music video")


def _records(where: str, part: Element, show: str) -> Iterator[Located]:
    video = build_video(where, fields_of(part, show))
    yield where, video
    if not isinstance(video, Skipped):
        yield from ((where, signal) for signal in signals_of(part, video.id))
    if part.tag == "tvshow":  # in a library of one file a series holds its episodes
        title = fields.text(part.findtext("title"))
        for number, episode in enumerate(part.findall("episodedetails"), 1):
            yield from _records(f"{where}, episode {number}", episode, title)
