"""Channel: "from TED", "by MIT OpenCourseWare", "nothing from TED", 来自TED, 不要TED的."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from assistant.types import Constraints
from assistant.understand.reading import Reading, Span, inside
from assistant.understand.words import CHINESE_MEDIA, MEDIA

_BEFORE = re.compile(
    r"\b(?P<cue>from|by|on|at|via|channel)\s+(?:the\s+)?(?:channel\s+)?|(?P<zh>来自|在)\s*",
    re.IGNORECASE,
)
_START = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9]|[^\x00-\x7f]")
_WHAT = re.compile(
    rf"(?:'s)?\s+(?:{MEDIA}|channel)\b|\s*(?:频道)?[上里]?的|\s*[上里](?=[讲的有])"
    rf"|(?=\s?{CHINESE_MEDIA})",
    re.IGNORECASE,
)
_AFTER = re.compile(r"'s\b|\s+channel\b|\s*频道[上里]?的?|\s*[上里]的?|的", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:,|/|、|(?:,\s*)?\b(?:or|and|nor)\b|和|或者?|跟)\s*(?:from\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"(?:\b(?:not|no|nothing|none|without|except(?: for)?|(?:any|every)thing but|other than|avoid|"
    rf"skip|no more|isn't|aren't|(?:i )?(?:hate|dislike|don't like|don't want))"
    rf"(?: (?:any(?:thing)?|more|{MEDIA}))?\s+(?:the\s+)?"
    r"|(?:不要|不看|不想看|别推荐|别给我|别|不是|除了|没有)(?:看|推荐|任何)?)$",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(r"\s*(?:频道)?的?(?:以外|之外|除外)的?")
_GOES_ON = re.compile(r"[A-Za-z0-9_]")
_NAME_LIKE = re.compile(r"[A-Z].*[A-Z0-9]|\d|\s|[^\x00-\x7f]")
"""Capitals inside, figures or several words: not "Python", which may well be the subject."""
_SERVICES = frozenset({"netflix", "youtube", "vimeo", "hulu", "twitch", "mubi", "bilibili"})
"""Where one watches: "on Netflix" is no subject."""
_REACH = 48
"""Characters before a name in which it must be declined."""


class _Named(NamedTuple):
    """Channels that are named in a row, and the place with the words that lead there."""

    names: tuple[str, ...]
    span: Span
    start: int
    """Of the first name."""


def read_channels(text: str, channels: Collection[str]) -> Reading:
    """Read which of `channels` the message wants its videos from, and which not.

    Args:
        text: the message.
        channels: the names that exist, as they are written.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    spans: list[Span] = []
    for named in _named(text, _by_first_letter(channels)):
        start, end = named.span
        denial = _NOT.search(text, max(0, start - _REACH), start)
        excepted = _EXCEPTED.match(text, end)
        if denial or excepted:
            unwanted += named.names
            spans.append((denial.start() if denial else start, excepted.end() if excepted else end))
        else:
            wanted += named.names
            spans.append(named.span)
    limits = Constraints(
        channels=tuple(dict.fromkeys(wanted)), not_channels=tuple(dict.fromkeys(unwanted))
    )
    return Reading(tuple(spans), limits)


def _named(text: str, names: dict[str, list[str]]) -> Iterator[_Named]:
    """The channels that words lead to ("from TED"), then those that others follow ("TED talks")."""
    spans: list[Span] = []
    for cue in _BEFORE.finditer(text):
        name = _longest(text, cue.end(), names)
        if name and not (_may_be_subject(name, cue["cue"])):
            row, end = _row(text, cue.end(), name, names)
            after = _AFTER.match(text, end)
            spans.append((cue.start(), after.end() if after else end))
            yield _Named(row, spans[-1], cue.end())
    for start in (found.start() for found in _START.finditer(text)):
        if not inside(start, spans) and (name := _longest(text, start, names)):
            row, end = _row(text, start, name, names)
            what = _WHAT.match(text, end)
            denied = _NOT.search(text, max(0, start - _REACH), start) or _EXCEPTED.match(text, end)
            if (what or denied) and _NAME_LIKE.search(name):
                own = what is not None and what[0].strip()[-1:] in ("的", "上", "里")
                spans.append((start, what.end() if what and own else end))
                yield _Named(row, spans[-1], start)


def _may_be_subject(name: str, cue: str | None) -> bool:
    if (cue or "").casefold() not in ("on", "at") or name.casefold() in _SERVICES:
        return False
    return not _NAME_LIKE.search(name)


def _row(
    text: str, start: int, name: str, names: dict[str, list[str]]
) -> tuple[tuple[str, ...], int]:
    """The names that stand in a row from `start` on, and where it ends."""
    row, end = [name], start + len(name)
    while joint := _JOINT.match(text, end):
        following = _longest(text, joint.end(), names)
        if following is None:
            break
        row.append(following)
        end = joint.end() + len(following)
    return tuple(row), end


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
