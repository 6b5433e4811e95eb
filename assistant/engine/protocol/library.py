"""The library as the person looks through it and changes it."""

from __future__ import annotations

from typing import ClassVar

from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.listing import FacetCounts, VideoDetails, VideoFilter, VideoPage, VideoQuery
from assistant.types import Video


class ListVideos(EngineRequest):
    """A page of videos."""

    between: ClassVar[bool] = True

    query: VideoQuery = VideoQuery()


class VideosListed(EngineEvent):
    """A page of videos."""

    page: VideoPage


class CountVideos(EngineRequest):
    """How many videos there are of each sort."""

    between: ClassVar[bool] = True

    filter: VideoFilter = VideoFilter()


class VideosCounted(EngineEvent):
    """How many videos there are of each sort."""

    counts: FacetCounts


class ShowVideo(EngineRequest):
    """Everything that is known of a video."""

    between: ClassVar[bool] = True

    video_id: str


class VideoShown(EngineEvent):
    """Everything that is known of a video."""

    details: VideoDetails


class EditTags(EngineRequest):
    """Give a video these tags; they outlive every import."""

    video_id: str
    tags: tuple[str, ...]


class RemoveVideos(EngineRequest):
    """Remove videos, so that no import brings them again unasked."""

    ids: tuple[str, ...]


class BringBackVideos(EngineRequest):
    """Put videos back that were removed."""

    ids: tuple[str, ...]


class VideosChanged(EngineEvent):
    """What was removed or brought back: those that there were."""

    videos: tuple[Video, ...]
