"""Links that are safe to hand to a browser, and that lead where they seem to."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from store.text import printable

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_HOSTS = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"}
)
_PATH_WITH_ID = re.compile(r"/(?:shorts|live|embed|v)/([^/]+)")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\\"<>`]|[^\S ]")
MAX_LINK = 2000


def safe_link(url: object) -> str | None:
    """`url`, if it is one that may be opened: http or https, with a host, nothing unprintable.

    What stands before an ``@`` only looks like a host, so there may be none. A host in other
    letters than ASCII is spelled in ASCII (``xn--``): many look like each other.
    """
    if not isinstance(url, str) or len(url) > MAX_LINK:
        return None
    url = url.strip()
    if _UNSAFE.search(url) or not url.isprintable() or printable(url) != url:
        return None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port  # reading the port is what checks it
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or host.startswith("-"):
        return None
    if "@" in parts.netloc:
        return None
    return url if parts.netloc.isascii() else _in_ascii(parts)


def _in_ascii(parts: SplitResult) -> str | None:
    try:
        netloc = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return urlunsplit(parts._replace(netloc=netloc))


def youtube_id(url: object) -> str | None:
    """The id of the YouTube video that `url` leads to, if it does."""
    link = safe_link(url)
    if link is None:
        return None
    parts = urlsplit(link)
    if parts.hostname not in _YOUTUBE_HOSTS:
        return None
    if parts.hostname == "youtu.be":
        found = parts.path.strip("/")
    elif match := _PATH_WITH_ID.match(parts.path):
        found = match[1]
    else:
        found = parse_qs(parts.query).get("v", [""])[0]
    return found if YOUTUBE_ID.fullmatch(found) else None


def youtube_link(video_id: str) -> str:
    """The page of a YouTube video, built from an id that `YOUTUBE_ID` has matched."""
    return f"https://www.youtube.com/watch?v={video_id}"
