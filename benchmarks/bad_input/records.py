"""Ordinary records of every format: what the mutations start from."""

from __future__ import annotations

import random

from benchmarks.bad_input.texts import ordinary

Json = dict[str, object]


def own_video(draw: random.Random, number: int) -> Json:
    """A video in our own format."""
    return {
        "id": f"file:{number}",
        "title": ordinary(draw),
        "other_titles": [ordinary(draw)],
        "description": ordinary(draw) * 3,
        "tags": ["testing", "whales"],
        "keywords": ["python"],
        "channel": "A channel",
        "people": ["Ada Lovelace"],
        "kind": draw.choice(("talk", "film", "music", "video")),
        "language": draw.choice(("en", "zh", "hi")),
        "year": 1990 + number % 30,
        "published": "2020-05-31",
        "duration_s": 60 + number % 5_000,
        "url": f"https://example.org/{number}",
        "views": number,
        "likes": 3,
    }


def own_signal(draw: random.Random, number: int) -> Json:
    """A signal in our own format."""
    signal = draw.choice(("watched", "liked", "disliked", "rated", "hidden", "saved"))
    record: Json = {"video_id": f"file:{number}", "signal": signal, "at": "2024-05-31T12:00:00Z"}
    return record | ({"rating": 4.5} if signal == "rated" else {})


def pyvideo(draw: random.Random, number: int) -> Json:
    """A video of PyVideo's data."""
    return {
        "title": ordinary(draw),
        "description": f"{ordinary(draw)}\n\n* one\n* two `link <http://example.org>`_",
        "summary": ordinary(draw),
        "speakers": ["Ada Lovelace", "Various"],
        "tags": ["#testing", "tutorial"],
        "language": "eng",
        "recorded": "2019-04-01",
        "duration": 1_500 + number % 900,
        "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}],
        "thumbnail_url": "https://example.org/x.jpg",
        "copyright_text": "CC BY",
        "related_urls": [{"label": "slides", "url": "https://example.org"}],
    }


def ytdlp_info(draw: random.Random, number: int) -> Json:
    """What yt-dlp says of a video."""
    return {
        "id": f"a{number:010}",
        "title": ordinary(draw),
        "description": f"{ordinary(draw)}\nhttps://example.org\n00:00 Start",
        "tags": ["testing"],
        "categories": ["Music", "People & Blogs"],
        "channel": "A channel",
        "uploader": "somebody",
        "creators": ["Ada"],
        "artists": ["Band"],
        "language": "en-US",
        "upload_date": "20200131",
        "timestamp": 1580428800,
        "release_year": 2020,
        "duration": 212.5,
        "view_count": 1_000,
        "like_count": 10,
        "webpage_url": f"https://www.youtube.com/watch?v=a{number:010}",
        "original_url": "https://example.org",
        "extractor": "youtube",
        "extractor_key": "Youtube",
        "media_type": "video",
        "thumbnail": "https://example.org/../../x.jpg",
        "_filename": "../../x.mp4",
        "_type": "video",
    }


def ytdlp_entry(draw: random.Random, number: int) -> Json:
    """An entry of a flat playlist."""
    info = ytdlp_info(draw, number)
    kept = ("id", "title", "duration", "view_count", "channel", "description")
    flat: Json = {"_type": "url", "ie_key": "Youtube", "url": info["webpage_url"]}
    return flat | {name: info[name] for name in kept}


def ytdlp_playlist(entries: list[object]) -> Json:
    """A playlist, as ``yt-dlp --flat-playlist -J`` prints one."""
    return {
        "_type": "playlist",
        "id": "PL123",
        "title": "A playlist",
        "channel": "A channel",
        "webpage_url": "https://www.youtube.com/@achannel/videos",
        "extractor": "youtube:tab",
        "entries": entries,
    }
