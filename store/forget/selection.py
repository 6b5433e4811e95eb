"""What is to be forgotten: of which sort, and which of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from assistant.types import VIDEO_ID


class What(StrEnum):
    """What can be forgotten."""

    VIDEOS = "videos"
    """Videos, what was done with them, and the sessions in which they came up."""
    HISTORY = "history"
    """What was done with videos, and which were shown."""
    SESSIONS = "sessions"
    """What was asked and answered."""
    MEMORY = "memory"
    """What the person said about themselves, and the sessions in which it came up."""
    ALL = "all"


ASPECTS: Mapping[What, frozenset[str]] = {
    What.VIDEOS: frozenset({"ids", "source"}),
    What.HISTORY: frozenset({"ids", "source", "since", "until"}),
    What.SESSIONS: frozenset({"ids", "since", "until"}),
    What.MEMORY: frozenset(),
    What.ALL: frozenset(),
}
"""By which fields of a `Selection` each can be narrowed. Nobody knows when a video came."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are meant. Conditions add up: all of them must hold; without any, all rows are.

    Raises:
        ValueError: it is narrowed by what `ASPECTS` does not have.
    """

    what: What
    ids: tuple[str, ...] = ()
    """Of videos; of sessions, where sessions are forgotten."""
    source: str | None = None
    """The part of a video's id before the colon."""
    since: datetime | None = None
    """The first moment."""
    until: datetime | None = None
    """The moment after the last one."""

    def __post_init__(self) -> None:
        used = {name for name in ("ids", "source", "since", "until") if getattr(self, name)}
        if strange := used - ASPECTS[self.what]:
            raise ValueError(f"{self.what} cannot be narrowed by {', '.join(sorted(strange))}")

    def conditions(self, id_: str, at: str) -> tuple[str, list[object]]:
        """The conditions in SQL and the values in it.

        Args:
            id_: the column with the id.
            at: the column with the moment.
        """
        ids = json.dumps(self.ids) if self.ids else None
        parts: list[tuple[str, object | None]] = [
            (f"{id_} IN (SELECT value FROM json_each(?))", ids),  # noqa: S608
            (f"substr({id_}, 1, instr({id_}, ':') - 1) = ?", self.source),
            (f"{at} >= ?", _text(self.since)),
            (f"{at} < ?", _text(self.until)),
        ]
        used = [(condition, value) for condition, value in parts if value is not None]
        return (
            " AND ".join(condition for condition, _ in used) or "TRUE",
            [value for _, value in used],
        )

    def means_video(self, text: str) -> bool:
        """Whether `text` is the id of a video that is meant."""
        if not VIDEO_ID.match(text) or text.startswith(("http:", "https:")):
            return False
        return (not self.ids or text in self.ids) and self.source in (None, text.split(":", 1)[0])


def _text(moment: datetime | None) -> str | None:
    """A moment as the library has it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
