"""Whether a row of the library says something that can be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from assistant.types import VIDEO_ID, Interaction, Turn, Video
from store.library.interests import interest_setting_of
from store.library.own import own_tags_of, removed_video_of
from store.library.preferences import preference_of
from store.library.videos import LISTS, content_hash, video_of

Row = Mapping[str, Any]

_SESSION = re.compile(r"[0-9a-f]{8}")
_SIGNAL = tuple(Interaction.model_fields)
_DEFAULTS = {
    name: None if name in LISTS else field.default for name, field in Video.model_fields.items()
}
_UNIT_TOLERANCE = 1e-3


def check(table: str, row: Row) -> None:
    """Make sure that a row, by the names of its columns, can have been written by Matinee.

    Of tables that are not known here, any row can.

    Raises:
        ValueError: it cannot.
    """
    known = _CHECKS.get(table)
    try:
        if known is not None:
            known(row)
    except (KeyError, TypeError) as error:  # a column is not there, or of another type
        raise ValueError(str(error)) from error


def is_sound(table: str, row: Row) -> bool:
    """Whether `check` lets a row pass."""
    try:
        check(table, row)
    except ValueError:
        return False
    return True


def is_known(table: str) -> bool:
    """Whether `check` knows what rows of a table say, so that it tells them from any others."""
    return table in _CHECKS


def video(row: Row) -> Video:
    """The video that a row says; what an older version had no column for is at its default.

    Raises:
        ValueError: it says something that no video can.
    """
    return video_of([row.get(name, default) for name, default in _DEFAULTS.items()])


def _video(row: Row) -> None:
    """Its hash was taken when it came, so that not a letter of it can have changed since."""
    if content_hash(video(row)) != row["hash"]:
        raise ValueError("it is not what its source said")


def _vector(row: Row) -> None:
    import numpy as np

    if not isinstance(row["model"], str) or not VIDEO_ID.match(row["video_id"]):
        raise ValueError("nothing of a model and a video")
    vector = np.frombuffer(row["vector"], "<f4").astype(np.float64)
    with np.errstate(all="ignore"):
        off = abs(float(vector @ vector) - 1.0)
    if not off <= _UNIT_TOLERANCE:  # a NaN is neither more nor less
        raise ValueError("no unit vector")


def _interaction(row: Row) -> None:
    Interaction.model_validate({name: row[name] for name in _SIGNAL if name in row})
    if not VIDEO_ID.match(row["video_id"]):
        raise ValueError("no id of a video")


def _session(row: Row) -> None:
    if not _SESSION.fullmatch(row["id"]):
        raise ValueError("no id of a session")
    datetime.fromisoformat(row["started_at"])
    if not isinstance(row.get("title"), str | None):
        raise ValueError("no title")


def _turn(row: Row) -> None:
    if not _SESSION.fullmatch(row["session_id"]):
        raise ValueError("no id of a session")
    Turn.model_validate_json(row["turn"])
    if (at := row.get("at")) is not None:
        datetime.fromisoformat(at)


def _preference(row: Row) -> None:
    preference_of(row["row"], row["said"], row["scope"], row["meaning"], row["at"])


def _interest_setting(row: Row) -> None:
    interest_setting_of(
        row["row"],
        row["name"],
        row["weight"],
        row["switched_off"],
        row["video_ids"],
        row["at"],
    )


def _own_tags(row: Row) -> None:
    own_tags_of(row["added"], row["dropped"])
    _id_and_moment(row)


def _removed_video(row: Row) -> None:
    removed_video_of(row["video_id"], row["video"], row["at"])
    _id_and_moment(row)


def _id_and_moment(row: Row) -> None:
    if not VIDEO_ID.match(row["video_id"]):
        raise ValueError("no id of a video")
    datetime.fromisoformat(row["at"])


def _title_likelihood(row: Row) -> None:
    if not isinstance(row["model"], str) or not VIDEO_ID.match(row["video_id"]):
        raise ValueError("nothing of a model and a video")
    if not math.isfinite(row["log_probability"]) or row["tokens"] < 0:
        raise ValueError("no likelihood")


def _community_source(row: Row) -> None:
    from store.community import CommunityKind, Weights

    CommunityKind(row["kind"])
    datetime.fromisoformat(row["imported_at"])
    if not (isinstance(row["name"], str) and row["name"] and isinstance(row["method"], str)):
        raise ValueError("no name")
    if row["people"] < 0 or row["ratings"] < 0:
        raise ValueError("no numbers of people and ratings")
    Weights.from_bytes(row["weights"])


def _community_item(row: Row) -> None:
    video_id, year, mean = row["video_id"], row["year"], row["mean_rating"]
    if not (isinstance(row["source"], str) and isinstance(row["title"], str)):
        raise ValueError("no title of a source")
    if video_id is not None and not VIDEO_ID.match(video_id):
        raise ValueError("no id of a video")
    if not isinstance(row["position"], int) or row["position"] < 0 or row["people"] < 0:
        raise ValueError("no place, or no number of people")
    if not (isinstance(row["people"], int) and (year is None or isinstance(year, int))):
        raise ValueError("no year, or no number of people")
    if mean is not None and not math.isfinite(mean):
        raise ValueError("no rating")


_CHECKS: Mapping[str, Callable[[Row], None]] = {
    "videos": _video,
    "vectors": _vector,
    "interactions": _interaction,
    "sessions": _session,
    "turns": _turn,
    "preferences": _preference,
    "interest_settings": _interest_setting,
    "own_tags": _own_tags,
    "removed_videos": _removed_video,
    "title_likelihoods": _title_likelihood,
    "community_sources": _community_source,
    "community_items": _community_item,
}
