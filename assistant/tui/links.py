"""Where a video can be seen, and how a link is opened."""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from assistant.types import Video

SEARCH = "https://duckduckgo.com/?q="
YOUTUBE_ID = re.compile(r"^youtube:([A-Za-z0-9_-]{11})$")
UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\x9f\"'<>\\`]")
OPEN_S = 5.0
"""A browser that runs longer than this has opened."""
PLAY_S = 2.0
"""A player that fails does so at once."""
PLACE = "{url}"
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
    return await _started(sys.executable, "-I", "-c", OPENER, url, wait_s=OPEN_S)


async def open_in_player(player: str, url: str) -> bool:
    """Open `url` with the person's own command; False if it cannot be started or fails at once.

    Args:
        player: the command with its arguments, parted as a shell parts them; no shell reads it.
            The link is put where ``{url}`` stands, or at its end.
        url: one that `is_safe`.
    """
    try:
        words = shlex.split(player)
    except ValueError:  # a quote that is not closed
        return False
    if not words:
        return False
    if not any(PLACE in word for word in words):
        words.append(PLACE)
    try:
        return await _started(*(word.replace(PLACE, url) for word in words), wait_s=PLAY_S)
    except OSError:
        return False


async def _started(*command: str, wait_s: float) -> bool:
    """Whether a process away from the terminal ends well, or goes on after `wait_s`."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return await asyncio.wait_for(process.wait(), wait_s) == 0
    except TimeoutError:
        return True
