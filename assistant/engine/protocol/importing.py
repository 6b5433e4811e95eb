"""Bringing one's own videos: finding a source, and importing it."""

from __future__ import annotations

from typing import ClassVar

from assistant.engine.protocol.base import EngineEvent, EngineRequest, JobRequest
from assistant.importing import Imported


class CompletePath(EngineRequest):
    """The files and folders whose paths begin like this."""

    between: ClassVar[bool] = True

    typed: str


class PathsCompleted(EngineEvent):
    """Files and folders, as they would be typed; folders end with a slash."""

    typed: str
    paths: tuple[str, ...]
    more: int = 0
    """So many more there are."""


class ImportVideos(JobRequest):
    """Import a source."""

    title: ClassVar[str] = "importing"

    path: str
    """As it was typed: see `assistant.importing.path_of`."""
    bring_back: bool = False
    """Also those videos that the person removed."""


class VideosImported(EngineEvent):
    """What became of the source."""

    imported: Imported
    library: int
    """How many videos the library holds now."""
