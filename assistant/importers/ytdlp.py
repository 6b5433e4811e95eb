"""What yt-dlp says of a video, wherever it says it: an ``.info.json``, a playlist's entry.

The fields are documented in ``yt_dlp/extractor/common.py``. Only ``id`` and ``url`` can be relied
on, and null means the same as absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.importers import fields
from assistant.importers.base import build_video, skip
from assistant.importers.languages import language_code
from assistant.importers.links import YOUTUBE_ID, safe_link, youtube_id, youtube_link
from assistant.importers.prose import plain_text
from assistant.types import Kind, Skipped, Video

_PLAYLIST_TYPES = frozenset({"playlist", "multi_video"})
_UNAVAILABLE = {
    "[private video]": "a private video",
    "[deleted video]": "a deleted video",
    "[unavailable]": "a video that is no longer there",
}
_KIND_OF_CATEGORY = {"music": Kind.MUSIC, "comedy": Kind.COMEDY}
_SAYS_NOTHING = frozenset({"people & blogs", "entertainment"})
"""YouTube's category for what has none, and one that holds everything."""
_CHANNEL_PAGE = re.compile(r"youtube\.com/(?:@|channel/|c/|user/)")


def video_of(where: str, info: Mapping[str, object], channel: str = "") -> Video | Skipped:
    """The video of an entry.

    Args:
        where: the entry's place in its source.
        info: what yt-dlp wrote.
        channel: the channel to which all entries of the source belong, if there is one: flat
            entries often leave it out.
    """
    title = fields.text(info.get("title"))
    if reason := _UNAVAILABLE.get(title.casefold()):
        return skip(where, reason)
    video_id = _id(info)
    if video_id is None:
        return skip(where, "not one video: a playlist or a channel, or it has no id")
    categories, posted = fields.names(info.get("categories")), _posted(info)
    tags = (*fields.names(info.get("tags")), *categories)
    return build_video(
        where,
        {
            "id": video_id,
            "title": title,
            "description": plain_text(info.get("description")),
            "tags": fields.each_once(
                tag.lstrip("#") for tag in tags if tag.casefold() not in _SAYS_NOTHING
            ),
            "channel": fields.text(info.get("channel") or info.get("uploader")) or channel or None,
            "people": fields.names(info.get("creators"), info.get("artists"), info.get("cast")),
            "kind": _kind(info, categories),
            "language": language_code(fields.text(info.get("language"))),
            "year": fields.year(info.get("release_year")) or (posted and posted.year),
            "published": posted,
            "duration_s": fields.seconds(info.get("duration")),
            "url": _link(info, video_id),
            "views": fields.whole(info.get("view_count")),
            "likes": fields.whole(info.get("like_count")),
        },
    )


def is_playlist(info: Mapping[str, object]) -> bool:
    """Whether it says that it is a list of videos, and not one."""
    return fields.text(info.get("_type")) in _PLAYLIST_TYPES


def channel_of(playlist: Mapping[str, object], prefix: str = "") -> str:
    """The channel of every entry of a playlist that is a channel's page, else nothing.

    Anybody's videos may be in an ordinary playlist: its owner is not their channel.

    Args:
        playlist: a playlist, or an entry that says of which it is one.
        prefix: what the playlist's fields begin with: ``playlist_`` in an entry.
    """
    page = fields.text(playlist.get(f"{prefix}webpage_url"), max_chars=2000)
    if not _CHANNEL_PAGE.search(page):
        return ""
    return fields.text(playlist.get(f"{prefix}channel") or playlist.get(f"{prefix}uploader"))


def _id(info: Mapping[str, object]) -> str | None:
    """``youtube:ID``, ``vimeo:ID``: the site's own id, under the name that yt-dlp has for it."""
    key = re.sub(r"\s+", "-", fields.text(info.get("id"), max_chars=400))
    found = (youtube_id(info.get(name)) for name in ("webpage_url", "url", "original_url"))
    if on_youtube := next((video_id for video_id in found if video_id), None):
        return f"youtube:{on_youtube}"
    told = info.get("ie_key") or info.get("extractor_key") or info.get("extractor")
    site = re.sub(r"[^a-z0-9_-]+", "-", fields.text(told).split(":")[0].lower())[:32]
    if not key or not re.match("[a-z]", site):
        return None
    if site.startswith("youtube"):
        return f"youtube:{key}" if YOUTUBE_ID.fullmatch(key) else None
    return f"{site}:{key}"


def _posted(info: Mapping[str, object]) -> date | None:
    days = (fields.day(info.get(name)) for name in ("upload_date", "release_date"))
    times = (fields.day_of_timestamp(info.get(name)) for name in ("timestamp", "release_timestamp"))
    return next((day for day in (*days, *times) if day), None)


def _kind(info: Mapping[str, object], categories: tuple[str, ...]) -> Kind:
    media, pages = info.get("media_type"), (info.get("webpage_url"), info.get("url"))
    if media == "short" or any("/shorts/" in fields.text(page) for page in pages):
        return Kind.SHORT
    if media == "episode" or (info.get("series") and info.get("episode")):
        return Kind.EPISODE
    known = (_KIND_OF_CATEGORY.get(category.casefold()) for category in categories)
    return next((kind for kind in known if kind), Kind.VIDEO)


def _link(info: Mapping[str, object], video_id: str) -> str | None:
    source, _, key = video_id.partition(":")
    if source == "youtube":
        return youtube_link(key)
    is_flat = fields.text(info.get("_type")).startswith("url")  # elsewhere `url` is the media file
    names = ("webpage_url", "original_url", *(["url"] if is_flat else []))
    return next((link for name in names if (link := safe_link(info.get(name)))), None)
