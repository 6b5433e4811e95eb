"""What the person hid or disliked, and signals taken back whenever they were given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from assistant.types import Signal
from store.library.database import Database

DECLINING = (Signal.HIDDEN, Signal.DISLIKED)
_OPINIONS = (*DECLINING, Signal.LIKED, Signal.RATED, Signal.SAVED)


class DeclinedRow(NamedTuple):
    """A video that stands hidden or disliked."""

    video_id: str
    signal: Signal
    at: datetime


class Declined(Database):
    """The part of the library that tells what is not recommended for having been declined."""

    def declined(self) -> list[DeclinedRow]:
        """The videos whose last opinion is that they are hidden or disliked, the latest first.

        Whoever likes, rates or saves a video afterwards has it back.
        """
        marks = ", ".join("?" * len(_OPINIONS))
        rows = self._connection.execute(
            "SELECT video_id, signal, max(at) FROM interactions"  # noqa: S608
            f" WHERE signal IN ({marks}) GROUP BY video_id ORDER BY 3 DESC, video_id",
            _OPINIONS,
        ).fetchall()
        with self._decoding("interactions"):
            return [
                DeclinedRow(video_id, Signal(signal), datetime.fromisoformat(at))
                for video_id, signal, at in rows
                if signal in DECLINING
            ]

    def take_back(self, video_id: str, signals: Collection[Signal]) -> int:
        """Remove every signal of these kinds that a video was ever given; return how many."""
        marks = ", ".join("?" * len(signals))
        with self._transaction() as connection:
            return connection.execute(
                f"DELETE FROM interactions WHERE video_id = ? AND signal IN ({marks})",  # noqa: S608
                (video_id, *signals),
            ).rowcount
