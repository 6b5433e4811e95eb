"""What is changed on the library page, and how the last of it is taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assistant.engine.client import Engine
from assistant.engine.protocol import Act, Acted, Undo
from assistant.engine.protocol.library import (
    BringBackVideos,
    EditTags,
    RemoveVideos,
    VideosChanged,
    VideoShown,
)
from assistant.listing import VideoDetails, VideoLine
from assistant.types import Signal


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done, and what takes it back and says so."""

    title: str
    take_back: Callable[[], Awaitable[str]]


class Changes:
    """Changes videos through the engine and the desk, and remembers what it did.

    Every method says what came of it, and raises `EngineError` where nothing did.

    Args:
        engine: stores what the person thinks of videos, so that the conversation knows of it.
        desk: changes the library itself.
    """

    def __init__(self, engine: Engine, desk: Engine) -> None:
        self._engine = engine
        self._desk = desk
        self._done: list[Change] = []

    async def act(self, line: VideoLine, signal: Signal) -> str:
        """The person liked, watched, hid … a video."""
        event = await self._engine.result(Act(video_id=line.id, signal=signal), Acted)

        async def take_back() -> str:
            return (await self._engine.result(Undo(video_id=line.id), Acted)).text

        self._done.append(Change(line.title, take_back))
        return event.text

    async def tag(self, details: VideoDetails, tags: tuple[str, ...]) -> str:
        """Give a video other tags."""
        video = details.video
        await self._desk.result(EditTags(video_id=video.id, tags=tags), VideoShown)

        async def take_back() -> str:
            await self._desk.result(EditTags(video_id=video.id, tags=video.tags), VideoShown)
            return "The tags are as they were."

        self._done.append(Change(video.title, take_back))
        return "The tags are kept."

    async def remove(self, line: VideoLine) -> str:
        """Remove a video from the library."""
        await self._desk.result(RemoveVideos(ids=(line.id,)), VideosChanged)

        async def take_back() -> str:
            return await self._bring_back(line.id)

        self._done.append(Change(line.title, take_back))
        return "Removed."

    async def bring_back(self, line: VideoLine) -> str:
        """Put a video back that was removed."""
        told = await self._bring_back(line.id)

        async def take_back() -> str:
            await self._desk.result(RemoveVideos(ids=(line.id,)), VideosChanged)
            return "Removed again."

        self._done.append(Change(line.title, take_back))
        return told

    async def undo(self) -> tuple[str, str] | None:
        """Take back the last change: the title of its video, and what came of it; None for none.

        What cannot be taken back is not tried again.
        """
        if not self._done:
            return None
        change = self._done.pop()
        return change.title, await change.take_back()

    async def _bring_back(self, video_id: str) -> str:
        changed = await self._desk.result(BringBackVideos(ids=(video_id,)), VideosChanged)
        return "It is back in the library." if changed.videos else "It is not there to bring back."
