"""The viewer's interests, the last picks beside them, and the map of the library."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from assistant.engine.protocol.base import EngineEvent, EngineRequest, JobRequest
from assistant.interests.maps import ViewerMap
from assistant.interests.mix import Mix
from assistant.interests.report import TasteReport


class ShowTaste(EngineRequest):
    """What is known of the viewer's taste."""


class TasteShown(EngineEvent):
    """What is known of the viewer's taste."""

    report: TasteReport
    mix: Mix | None
    """None where there is nothing to compare."""
    mix_told: str = ""
    """The comparison in words."""


class SetInterest(EngineRequest):
    """Set something for an interest; answered by the taste as it is then."""

    number: int
    """Its place in the list."""
    name: str | None = None
    """The person's own; an empty one takes it back. None leaves it, as for the others."""
    weight: Annotated[float, Field(ge=0.0, le=2.0)] | None = None
    off: bool | None = None


class ShowMap(EngineRequest):
    """The map of the library."""


class MapShown(EngineEvent):
    """The map of the library."""

    map: ViewerMap | None
    """None where there is none yet."""
    to_be_made: bool
    """Whether one is to be made, for there is none or too much has changed."""


class NameVideo(EngineRequest):
    """What a video on the map is."""

    between: ClassVar[bool] = True

    video_id: str


class VideoNamed(EngineEvent):
    """What a video on the map is; without a title where it has gone."""

    video_id: str
    title: str = ""
    facts: str = ""
    keywords: tuple[str, ...] = ()


class MakeMap(JobRequest):
    """Lay the library out on a map, and keep it."""

    title: ClassVar[str] = "laying out the map"


class MapMade(EngineEvent):
    """The map is made, and kept."""

    videos: int
