"""How a person stands to videos, in SQL: the one place that says what each mark means.

The rules are those of `assistant.taste`: the last opinion counts, and whoever likes, rates or saves
a hidden video has it back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from assistant.listing import Mark, Show

GOOD_RATING = 3.5
BAD_RATING = 2.0
_OPINIONS = ("liked", "disliked", "rated")
# ``:among`` is null, or the ids in question in JSON.
_AMONG = "(:among IS NULL OR video_id IN (SELECT value FROM json_each(:among)))"


def _ever(*signals: str) -> str:
    return f"SELECT video_id FROM interactions WHERE signal IN ({_listed(signals)}) AND {_AMONG}"  # noqa: S608


def _last(holds: str, *signals: str) -> str:
    """The videos of which the last of these signals is one of which `holds` is true."""
    return (
        "SELECT video_id FROM (SELECT video_id, signal, rating, max(at) FROM interactions"  # noqa: S608
        f" WHERE signal IN ({_listed(signals)}) AND {_AMONG} GROUP BY video_id) WHERE {holds}"
    )


def _listed(signals: Sequence[str]) -> str:
    return ", ".join(f"'{signal}'" for signal in signals)


_MEANS: Mapping[Mark, str] = {
    Mark.WATCHED: _ever("watched", "finished"),
    Mark.LIKED: _last(f"signal = 'liked' OR rating >= {GOOD_RATING}", *_OPINIONS),
    Mark.DISLIKED: _last(f"signal = 'disliked' OR rating <= {BAD_RATING}", *_OPINIONS),
    Mark.SAVED: _last("signal = 'saved'", "saved", "hidden", "disliked"),
    Mark.HIDDEN: _last("signal = 'hidden'", "saved", "hidden", *_OPINIONS),
    Mark.RATED: _ever("rated"),
}
_KNOWN = _ever("watched", "finished", "rated", "liked")
_LAST_RATING = (
    "SELECT video_id, rating, max(at) FROM interactions"  # noqa: S608
    f" WHERE signal = 'rated' AND {_AMONG} GROUP BY video_id"
)


def rows_of(connection: sqlite3.Connection, show: Show) -> list[int]:
    """The rows of the videos that `show` marks; for `UNSEEN`, of those that are known."""
    means = _KNOWN if show.mark is None else _MEANS[show.mark]
    found = connection.execute(f"SELECT row FROM videos WHERE id IN ({means})", {"among": None})  # noqa: S608
    return [row for (row,) in found]


def last_ratings(connection: sqlite3.Connection) -> list[tuple[int, float]]:
    """The rows of the videos that were rated, and the last rating of each."""
    return connection.execute(
        f"SELECT row, rating FROM videos JOIN ({_LAST_RATING}) ON video_id = id",  # noqa: S608
        {"among": None},
    ).fetchall()


def marks_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[Mark, ...]]:
    """The marks of some videos, in the order of `Mark`; those without any are left out."""
    among, marks = {"among": json.dumps(list(ids))}, dict[str, list[Mark]]()
    for mark, sql in _MEANS.items():
        for (video_id,) in connection.execute(sql, among):
            if mark not in marks.setdefault(video_id, []):
                marks[video_id].append(mark)
    return {video_id: tuple(some) for video_id, some in marks.items()}


def ratings_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, float]:
    """The last rating of each of some videos; those without one are left out."""
    rows = connection.execute(_LAST_RATING, {"among": json.dumps(list(ids))})
    return {video_id: rating for video_id, rating, _ in rows if rating is not None}
