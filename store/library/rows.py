"""Whether a row of the library says something that can be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from assistant.types import VIDEO_ID, Interaction, Turn
from store.library.videos import FIELDS, content_hash, video_of

Row = Mapping[str, Any]

_SESSION = re.compile(r"[0-9a-f]{8}")
_SIGNAL = tuple(Interaction.model_fields)


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


def _video(row: Row) -> None:
    """Its hash was taken when it came, so that not a letter of it can have changed since."""
    if content_hash(video_of([row[name] for name in FIELDS])) != row["hash"]:
        raise ValueError("it is not what its source said")


def _interaction(row: Row) -> None:
    Interaction.model_validate({name: row[name] for name in _SIGNAL})
    if not VIDEO_ID.match(row["video_id"]):
        raise ValueError("no id of a video")


def _session(row: Row) -> None:
    if not _SESSION.fullmatch(row["id"]):
        raise ValueError("no id of a session")
    datetime.fromisoformat(row["started_at"])


def _turn(row: Row) -> None:
    if not _SESSION.fullmatch(row["session_id"]):
        raise ValueError("no id of a session")
    Turn.model_validate_json(row["turn"])


def _title_likelihood(row: Row) -> None:
    if not math.isfinite(row["log_probability"]) or row["tokens"] < 0:
        raise ValueError("no likelihood")


_CHECKS: Mapping[str, Callable[[Row], None]] = {
    "videos": _video,
    "interactions": _interaction,
    "sessions": _session,
    "turns": _turn,
    "title_likelihoods": _title_likelihood,
}
