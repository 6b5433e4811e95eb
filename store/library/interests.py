"""What the person set for their interests: see `assistant.interests.settings`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from assistant.types import VIDEO_ID, InterestSetting
from store.library.database import Database

_COLUMNS = ("row", "name", "weight", "switched_off", "video_ids", "at")


class InterestSettings(Database):
    """The part of the library that keeps what the person set for their interests."""

    def interest_settings(self) -> list[InterestSetting]:
        """All of them, in the order in which they were set; moments are in UTC."""
        with self._decoding("interest_settings"):
            return _read(self._connection)

    def set_interest(self, setting: InterestSetting) -> None:
        """Store a setting. The likes that it is kept by are those of no other one from then on.

        One that sets nothing leaves its interest as it is found.
        """
        with self._transaction() as connection, self._decoding("interest_settings"):
            leave_out_likes(connection, setting.video_ids)
            if setting.name or setting.off or setting.weight != 1.0:
                connection.execute(
                    "INSERT INTO interest_settings (name, weight, switched_off, video_ids, at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (
                        setting.name,
                        setting.weight,
                        setting.off,
                        json.dumps(setting.video_ids),
                        _moment(setting.at or datetime.now(UTC)),
                    ),
                )

    def bring_interest(self, setting: InterestSetting) -> bool:
        """Store a setting that comes from elsewhere, unless one of its likes has a later one.

        Returns:
            Whether it was stored.
        """
        likes, at = frozenset(setting.video_ids), _moment(setting.at or datetime.now(UTC))
        known = (one for one in self.interest_settings() if not likes.isdisjoint(one.video_ids))
        if any(_moment(one.at) >= at for one in known if one.at is not None):
            return False
        self.set_interest(setting)
        return True

    def unset_interests_of(self, video_ids: Collection[str]) -> None:
        """Keep no setting by any of these likes any more, and none that has no others."""
        with self._transaction() as connection, self._decoding("interest_settings"):
            leave_out_likes(connection, video_ids)


def interest_setting_of(
    row: int, name: str, weight: float, switched_off: int, video_ids: str, at: str
) -> InterestSetting:
    """The setting that a row says.

    Raises:
        ValueError: it says something that cannot be.
    """
    ids = json.loads(video_ids)
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise ValueError("no ids of videos")
    if not all(VIDEO_ID.match(one) for one in ids) or switched_off not in (0, 1):
        raise ValueError("no setting of an interest")
    return InterestSetting(
        id=row,
        name=name,
        weight=weight,
        off=bool(switched_off),
        video_ids=tuple(ids),
        at=datetime.fromisoformat(at),
    )


def _read(connection: sqlite3.Connection) -> list[InterestSetting]:
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM interest_settings ORDER BY row")  # noqa: S608
    return [interest_setting_of(*values) for values in rows]


def leave_out_likes(connection: sqlite3.Connection, video_ids: Collection[str]) -> None:
    """Keep no setting by any of these likes, and none that has no others. In a transaction."""
    gone = frozenset(video_ids)
    for known in _read(connection):
        left = [one for one in known.video_ids if one not in gone]
        if not left:
            connection.execute("DELETE FROM interest_settings WHERE row = ?", (known.id,))
        elif len(left) < len(known.video_ids):
            connection.execute(
                "UPDATE interest_settings SET video_ids = ? WHERE row = ?",
                (json.dumps(left), known.id),
            )


def _moment(at: datetime) -> str:
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
