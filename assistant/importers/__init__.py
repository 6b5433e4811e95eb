"""Reading other people's lists of videos: one file a format, and the way to tell them apart."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import ImportSourceError
from assistant.importers.base import Importer, Record
from assistant.importers.letterboxd import LetterboxdImporter
from assistant.importers.matinee_csv import MatineeCsvImporter
from assistant.importers.matinee_folder import MatineeFolderImporter
from assistant.importers.matinee_interests import MatineeInterestsImporter
from assistant.importers.matinee_jsonl import MatineeJsonlImporter
from assistant.importers.matinee_preferences import MatineePreferencesImporter
from assistant.importers.nfo import NfoImporter
from assistant.importers.pyvideo import PyvideoImporter
from assistant.importers.reading import check_there, files_under, head
from assistant.importers.takeout import TakeoutImporter
from assistant.importers.ytdlp_info import YtdlpInfoImporter
from assistant.importers.ytdlp_playlist import YtdlpPlaylistImporter
from store.text import clean_text

__all__ = ["IMPORTERS", "Importer", "Record", "recognise"]

IMPORTERS: tuple[Importer, ...] = (
    MatineeFolderImporter(),
    TakeoutImporter(),  # before PyVideo's: old exports have a folder "videos" as well
    LetterboxdImporter(),
    PyvideoImporter(),
    YtdlpInfoImporter(),
    NfoImporter(),
    MatineeJsonlImporter(),
    MatineePreferencesImporter(),
    MatineeInterestsImporter(),
    YtdlpPlaylistImporter(),
    MatineeCsvImporter(),
)


def recognise(path: Path) -> Importer:
    """The importer for a file or a folder, by what is in it.

    Raises:
        ImportSourceError: there is nothing, it cannot be opened, it is damaged, or it is in no
            format that is known.
    """
    check_there(path)
    for importer in IMPORTERS:
        if importer.recognises(path):
            return importer
    supported = "\n".join(f"  {known.name}: {known.looks_like}" for known in IMPORTERS)
    raise ImportSourceError(
        "This is in no format that Matinee knows.",
        f"{path}: {_looked_at(path)}",
        f"What can be imported:\n{supported}",
    )


def _looked_at(path: Path) -> str:
    """What was found, in a few words."""
    if path.is_dir():
        files = len(files_under(path, ""))
        return f"a folder, none of its files known (of {files})" if files else "an empty folder"
    start = head(path)
    if not start:
        return "an empty file"
    if start.startswith(b"PK"):
        return "a zip with none of the files that are known"
    return f"a file that begins with {clean_text(start[:200].decode('utf-8', 'replace'))[:60]!r}"
