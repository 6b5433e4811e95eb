"""Where a video can be seen, and how a link is opened."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from assistant.types import Video

SEARCH = "https://duckduckgo.com/?q="
YOUTUBE_ID = re.compile(r"^youtube:([A-Za-z0-9_-]{11})$")
UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\x9f\"'<>\\`]")
OPEN_S = 5.0
"""A browser that runs longer than this has opened."""
OPENER = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that is safe to hand to a browser."""

    url: str
    is_search: bool = False
    """Whether it searches the web for the title, for want of the video's own address."""


def link_of(video: Video) -> Link:
    """The video's own link where it has a safe one, else a web search for its title."""
    if match := YOUTUBE_ID.match(video.id):
        return Link(f"https://www.youtube.com/watch?v={match[1]}")
    if video.url and is_safe(video.url):
        return Link(video.url)
    words = f"{video.title} {video.year or ''}".strip()
    return Link(SEARCH + quote_plus(words, errors="replace"), is_search=True)


def is_safe(url: str) -> bool:
    """Whether `url` is a plain web address: http or https, a host, nothing that could mislead."""
    if UNSAFE.search(url) or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or host.startswith("-"):
        return False
    return "@" not in parts.netloc and parts.netloc.isascii()


async def open_in_browser(url: str) -> bool:
    """Open `url` in the person's browser; False if there is none that starts.

    A process of its own does it, away from the terminal: what a browser prints would be drawn
    over the screen, and one that runs inside a terminal would take this one.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        OPENER,
        url,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return await asyncio.wait_for(process.wait(), OPEN_S) == 0
    except TimeoutError:
        return True
