"""The playlists of an export: tables of ids and moments, their headers in the account's language.

Rows are known by what is in them: the id of a video, and the moment at which it was put there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from assistant.importers import fields
from assistant.importers.links import YOUTUBE_ID
from assistant.types import Interaction, Signal

_LIKED = (
    "liked", "mag ich", "ich mag", "positiv bewertet", "me gusta", "j'aime", "j’aime", "piac",
    "gostei", "marcados com", "leuk", "понравив", "polubi", "高評価", "高く評価", "赞过", "喜欢",
    "喜歡", "좋아",
)  # fmt: skip
"""What the name of the list of liked videos has in it, in some languages."""
_LATER = (
    "watch later", "später", "más tarde", "plus tard", "più tardi", "mais tarde", "later bekijken",
    "позже", "do obejrzenia", "後で見る", "あとで", "稍后", "稍後", "나중에",
)  # fmt: skip
OF_A_LIST = 0.5
"""How far a video in a list of one's own is taken for one that one wants to see."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_MOST_CELLS = 3
"""Wider tables are of other things: comments, one's own uploads."""


def looks_like_playlist(start: bytes) -> bool:
    """Whether a file that begins so is a playlist."""
    lines = start.decode("utf-8-sig", "replace").splitlines()[:30]
    return any(True for _ in _rows("\n".join(lines)))


def signals(name: str, data: bytes) -> Iterator[tuple[str, Interaction]]:
    """What a playlist says of each of its videos, with its place.

    Args:
        name: of the file; it tells which list it is.
        data: the whole of it.
    """
    stem = PurePosixPath(name).name.casefold()
    is_liked = any(word in stem for word in _LIKED)
    signal = Signal.LIKED if is_liked else Signal.SAVED
    certain = is_liked or any(word in stem for word in _LATER)
    for line, key, at in _rows(data.decode("utf-8-sig", "replace")):
        yield (
            f"{name} line {line}",
            Interaction(
                video_id=f"youtube:{key}",
                signal=signal,
                at=at,
                strength=1.0 if certain else OF_A_LIST,
            ),
        )


def _rows(text: str) -> Iterator[tuple[int, str, datetime]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            continue
        if not 2 <= len(cells) <= _MOST_CELLS or not YOUTUBE_ID.fullmatch(cells[0]):
            continue
        at = next(filter(None, map(_moment, cells[1:])), None)
        if at is not None:
            yield reader.line_num, cells[0], at


def _moment(cell: str) -> datetime | None:
    """``2023-12-07T15:57:57+00:00``, or ``2021-03-01 17:45:59 UTC`` as it was until 2022."""
    if not _MOMENT.match(cell):
        return None
    try:
        at = datetime.fromisoformat(cell.removesuffix(" UTC"))
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.replace(microsecond=0) if 1970 <= at.year <= fields.LAST_YEAR else None
