"""Requests and counts in a few words, for the screen; what is typed into it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.constraints import describe
from assistant.named import told
from assistant.phrases import say
from assistant.types import Understood
from assistant.wording import typed

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")


def typed_lines(text: str) -> str:
    """What a person types or pastes, in as many lines as it has, that steers no terminal."""
    return "\n".join(typed(line) for line in _BREAK.split(text))


def understood(event: Understood, titles: Mapping[str, str]) -> str:
    """What was read out of a message: its subject, the videos it means, the limits it sets.

    Args:
        event: the message as understood; of one that asks for no picks there is nothing to show.
        titles: of the picks so far, by id, for "the second one".
    """
    request, language = event.request, event.request.language
    if not request.intent.recommends:
        return ""
    meant = {one.title: told(one, language) for one in request.named if one.liking >= 0}
    for video_id in request.references:
        if video_id in titles:
            meant.setdefault(titles[video_id], f"“{titles[video_id]}”")
    parts = list(meant.values())
    if request.wish and request.wish.casefold() != request.message.casefold():
        parts.insert(0, request.wish)
    remembered = [say("remembered", language, limit=limit) for limit in event.remembered]
    return " · ".join([*parts, *describe(request, language), *remembered])


def first_line(text: str) -> str:
    """The first line of a text that may have more, or none."""
    return text.partition("\n")[0]


def videos(count: int) -> str:
    """``1 video``, ``21,715 videos``."""
    return f"{count:,} video" + ("" if count == 1 else "s")
