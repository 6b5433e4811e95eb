"""Channel: "from TED", "by MIT OpenCourseWare", "TED talks", 来自TED."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from assistant.types import Constraints
from assistant.understand.reading import Reading, Span, inside
from assistant.understand.words import CHINESE_MEDIA, MEDIA

_BEFORE = re.compile(
    r"\b(?P<cue>from|by|on|at|via|channel)\s+(?:the\s+)?(?:channel\s+)?|(?P<zh>来自|在)\s*",
    re.IGNORECASE,
)
_START = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9]|[^\x00-\x7f]")
_WHAT = re.compile(rf"(?:'s)?\s+(?:{MEDIA}|channel)\b|的|(?={CHINESE_MEDIA})", re.IGNORECASE)
_AFTER = re.compile(r"'s\b|\s+channel\b|频道的?|的", re.IGNORECASE)
_GOES_ON = re.compile(r"[A-Za-z0-9_]")
_NAME_LIKE = re.compile(r"[A-Z].*[A-Z0-9]|\d|\s|[^\x00-\x7f]")
"""Capitals inside, figures or several words: not "Python", which may well be the subject."""


def read_channels(text: str, channels: Collection[str]) -> Reading:
    """Read which of `channels` the message wants its videos from.

    Args:
        text: the message.
        channels: the names that exist, as they are written.
    """
    names = _by_first_letter(channels)
    wanted: list[str] = []
    spans: list[Span] = []
    for cue in _BEFORE.finditer(text):
        name = _longest(text, cue.end(), names)
        may_be_subject = (cue["cue"] or "").casefold() in ("on", "at")
        if name and not (may_be_subject and not _NAME_LIKE.search(name)):
            end = cue.end() + len(name)
            after = _AFTER.match(text, end)
            wanted.append(name)
            spans.append((cue.start(), after.end() if after else end))
    for start in (found.start() for found in _START.finditer(text)):
        if not inside(start, spans) and (name := _longest(text, start, names)):
            what = _WHAT.match(text, start + len(name))
            if what and _NAME_LIKE.search(name):
                wanted.append(name)
                spans.append((start, start + len(name) + what[0].count("的")))
    return Reading(tuple(spans), Constraints(channels=tuple(dict.fromkeys(wanted))))


def _by_first_letter(channels: Collection[str]) -> dict[str, list[str]]:
    """The names, longest first, by their first letter in lower case."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(channels, key=len, reverse=True):
        names[name[:1].lower()].append(name)
    return names


def _longest(text: str, start: int, names: dict[str, list[str]]) -> str | None:
    """The longest of the names that stands at `start`, whole."""
    for name in names.get(text[start : start + 1].lower(), ()):
        end = start + len(name)
        if text[start:end].casefold() == name.casefold() and not _GOES_ON.match(text, end):
            return name
    return None
