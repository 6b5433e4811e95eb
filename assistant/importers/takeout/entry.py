"""An entry of a watch history, whichever way it is written down, and what is read from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from assistant.importers import fields
from assistant.importers.base import Located, build_video, skip
from assistant.importers.links import safe_link, youtube_id, youtube_link
from assistant.importers.prose import unescaped
from assistant.types import Interaction, Kind, Signal, Skipped

_TOPIC = " - Topic"
"""What YouTube puts behind an artist's name where it made the channel itself: it holds music."""


class Entry(NamedTuple):
    """What an entry says, as it says it."""

    title: str
    """Without what stands around it: “Watched …”."""
    link: str
    channel: str
    at: datetime | None
    is_ad: bool
    is_music: bool
    """Whether it was watched in YouTube Music."""


def records_of(where: str, entry: Entry, seen: set[str]) -> Iterator[Located]:
    """The video, the first time that it is there, and that it was watched; or why not.

    Args:
        where: the entry's place in its source.
        entry: what it says.
        seen: the ids of the videos that were there already; this one's is added.
    """
    key = youtube_id(entry.link)
    title = fields.text(unescaped(entry.title))
    if reason := _problem(entry, key, title):
        yield where, skip(where, reason)
        return
    video_id = f"youtube:{key}"
    if video_id not in seen:
        video = build_video(where, _fields(entry, video_id, str(key), title))
        yield where, video
        if isinstance(video, Skipped):
            return
        seen.add(video_id)
    if entry.at is None:
        yield where, skip(where, "has no moment that can be read: the video is there, unwatched")
        return
    yield where, Interaction(video_id=video_id, signal=Signal.WATCHED, at=entry.at)


def _problem(entry: Entry, key: str | None, title: str) -> str:
    if entry.is_ad:
        return "an ad"
    if not entry.link:
        return "a video that was removed"
    if key is None:
        return "not a video: a search, a post, a game or a story"
    if not title or (safe_link(title) and youtube_id(title)):
        return "a video that was removed: it has no title"
    return ""


def _fields(entry: Entry, video_id: str, key: str, title: str) -> dict[str, object]:
    channel = fields.text(unescaped(entry.channel))
    parts = urlsplit(entry.link)
    is_music = entry.is_music or parts.hostname == "music.youtube.com" or channel.endswith(_TOPIC)
    kind = Kind.SHORT if parts.path.startswith("/shorts/") else Kind.VIDEO
    return {
        "id": video_id,
        "title": title,
        "channel": channel.removesuffix(_TOPIC) or None,
        "kind": Kind.MUSIC if is_music else kind,
        "url": youtube_link(key),
    }
