"""Requests, scores and counts in a few words, for the screen."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.constraints import describe
from assistant.named import told
from assistant.phrases import say
from assistant.types import Understood

BAR_CELLS = 5


def score_bar(score: float, best: float) -> tuple[str, str]:
    """The filled and the empty cells of a bar: the score beside the best one of the answer."""
    share = score / best if best > 0 else 0.0
    filled = min(max(round(share * BAR_CELLS), 1), BAR_CELLS)
    return "━" * filled, "━" * (BAR_CELLS - filled)


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
