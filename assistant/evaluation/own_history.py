"""Measuring on the viewer's own history: would what they came to like have been recommended?

The history is cut at several moments. At each, everything before it is known, and the next likes
are to be found. No two cuts hold out the same like, so that they are queries like any others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from assistant.errors import MatineeError
from assistant.evaluation.queries import Query, Task, TaskKind
from assistant.taste import GOOD_RATING, utc
from assistant.types import Interaction, Signal

FEWEST_HELD_OUT = 5
"""Of fewer likes that are to be found, nothing can be said."""
FEWEST_KNOWN = 3
"""So many likes must come before a cut: with fewer there is hardly a taste."""
MOST_CUTS = 40
GOOD_CUTS = 10
"""So many are aimed at, where the number of likes held out at each is not given."""
MOST_EACH = 5


class TooLittleHistory(MatineeError):  # noqa: N818 - no fault of anybody's
    """There are too few likes to say anything."""


def too_little(likes: int) -> TooLittleHistory:
    """The error for a history with so many likes."""
    return TooLittleHistory(
        "Too little history to say.",
        f"Your history has {likes} {'like' if likes == 1 else 'likes'} of videos that are"
        f" in your library; {FEWEST_KNOWN + FEWEST_HELD_OUT} are needed.",
        "Like what you like, in a chat or with: matinee like ID",
    )


def own_task(
    interactions: Sequence[Interaction], known_ids: frozenset[str], leave_last: int | None = None
) -> Task:
    """Cuts through a history.

    Args:
        interactions: all of it, in any order. Where hardly anything was said to be liked, what
            was watched counts as liked.
        known_ids: the videos that the library has; others cannot be found.
        leave_last: how many likes each cut holds out; by default one to five, so that there are
            some ten cuts.

    Raises:
        TooLittleHistory: there are too few likes.
    """
    signals = sorted(
        (one for one in interactions if one.signal is not Signal.SHOWN),
        key=lambda one: utc(one.at),
    )
    moments = _likes(signals, known_ids)
    free = len(moments) - FEWEST_KNOWN
    each = leave_last or max(1, min(MOST_EACH, free // GOOD_CUTS))
    cuts = min(free // each, MOST_CUTS)
    if cuts < 1 or cuts * each < FEWEST_HELD_OUT:
        raise too_little(len(moments))
    starts = [len(moments) - each * number for number in range(cuts, 0, -1)]
    queries = tuple(
        _query(f"cut {number}", signals, moments, start, each)
        for number, start in enumerate(starts, 1)
    )
    return Task("your history", TaskKind.OWN_HISTORY, queries)


def _likes(signals: Sequence[Interaction], known_ids: frozenset[str]) -> list[tuple[str, datetime]]:
    """When each video was first liked, in the order of time."""
    said = _first(one for one in signals if one.video_id in known_ids and _is_like(one))
    if len(said) >= FEWEST_KNOWN + FEWEST_HELD_OUT:
        return said
    return _first(
        one
        for one in signals
        if one.video_id in known_ids and (_is_like(one) or one.signal is Signal.WATCHED)
    )


def _is_like(one: Interaction) -> bool:
    return one.signal is Signal.LIKED or (one.rating is not None and one.rating >= GOOD_RATING)


def _first(signals: Iterable[Interaction]) -> list[tuple[str, datetime]]:
    found: dict[str, datetime] = {}
    for one in signals:
        found.setdefault(one.video_id, utc(one.at))
    return list(found.items())


def _query(
    name: str,
    signals: Sequence[Interaction],
    likes: Sequence[tuple[str, datetime]],
    start: int,
    each: int,
) -> Query:
    """What is known before like number `start`: nothing of those that are to be found."""
    held_out = frozenset(video_id for video_id, _ in likes[start : start + each])
    moment = likes[start][1]
    earlier = {video_id for video_id, _ in likes[:start]}
    history = tuple(
        one
        for one in signals
        if one.video_id not in held_out
        and (utc(one.at) < moment or (utc(one.at) == moment and one.video_id in earlier))
    )
    return Query(
        id=name,
        person="you",
        relevant=held_out,
        history=history,
        exclude=frozenset(one.video_id for one in history),
    )
