"""What the person said about themselves, as far as it holds beyond one session."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from assistant.errors import StoreError
from assistant.types import Preference, Scope
from store.library.database import Database

_MEANING = frozenset({"constraints", "avoid", "likes", "dislikes"})
_SELECT = "SELECT row, said, scope, meaning, at FROM preferences"


class Preferences(Database):
    """The part of the library that remembers what the person said about themselves."""

    def preferences(self) -> list[Preference]:
        """All that is remembered, in the order in which it was last said; moments are in UTC."""
        with self._decoding("preferences"):
            return _read(self._connection)

    def preference_like(self, preference: Preference) -> Preference | None:
        """What is remembered already and says the same, in whatever words; None if nothing does."""
        return next((known for known in self.preferences() if _is_same(known, preference)), None)

    def add_preference(self, preference: Preference) -> Preference:
        """Remember something, and return it with its id, by which it can be taken back.

        What means the same in the same scope is one, and then counts as said last, in the words
        of now.

        Raises:
            ValueError: it holds for this session alone.
        """
        stored = _storable(preference)
        with self._transaction() as connection, self._decoding("preferences"):
            known = next((one for one in _read(connection) if _is_same(one, stored)), None)
            if known is not None:
                return _update(connection, stored.model_copy(update={"id": known.id}))
            [(row,)] = connection.execute(
                "INSERT INTO preferences (said, scope, meaning, at)"
                " VALUES (:said, :scope, :meaning, :at) RETURNING row",
                _columns(stored),
            ).fetchall()
            return stored.model_copy(update={"id": int(row)})

    def change_preference(self, id_: int, preference: Preference) -> Preference:
        """Put something in the place of what is remembered under `id_`; return it with that id.

        Another one that means the same goes.

        Raises:
            StoreError: nothing is remembered under that id.
            ValueError: it holds for this session alone.
        """
        changed = _storable(preference).model_copy(update={"id": id_})
        with self._transaction() as connection, self._decoding("preferences"):
            for known in _read(connection):
                if known.id != id_ and _is_same(known, changed):
                    connection.execute("DELETE FROM preferences WHERE row = ?", (known.id,))
            return _update(connection, changed)

    def forget_preference(self, id_: int) -> Preference | None:
        """Forget what is remembered under `id_`, and return what that was; None for nothing."""
        with self._transaction() as connection, self._decoding("preferences"):
            found = next((one for one in _read(connection) if one.id == id_), None)
            connection.execute("DELETE FROM preferences WHERE row = ?", (id_,))
            return found


def preference_of(row: int, said: str, scope: str, meaning: str, at: str) -> Preference:
    """The preference that a row says.

    Raises:
        ValueError: it says something that cannot be.
    """
    means = json.loads(meaning)
    if not isinstance(means, dict) or not means.keys() <= _MEANING or scope == Scope.SESSION:
        raise ValueError("no preference that is kept")
    values: dict[str, Any] = {**means, "id": row, "said": said, "scope": scope}
    return Preference.model_validate({**values, "at": datetime.fromisoformat(at)})


def _read(connection: sqlite3.Connection) -> list[Preference]:
    rows = connection.execute(f"{_SELECT} ORDER BY at, row")
    return [preference_of(*values) for values in rows]


def _storable(preference: Preference) -> Preference:
    if preference.scope is Scope.SESSION:
        raise ValueError("what holds for one session is not stored")
    return preference.model_copy(update={"at": _utc(preference.at or datetime.now(UTC))})


def _update(connection: sqlite3.Connection, preference: Preference) -> Preference:
    cursor = connection.execute(
        "UPDATE preferences SET said = :said, scope = :scope, meaning = :meaning, at = :at"
        " WHERE row = :row",
        _columns(preference) | {"row": preference.id},
    )
    if not cursor.rowcount:
        raise StoreError(
            "Nothing is remembered under that number.",
            str(preference.id),
            "See what is: matinee memory",
        )
    return preference


def _columns(preference: Preference) -> dict[str, object]:
    return {
        "said": preference.said,
        "scope": preference.scope,
        "meaning": _meaning(preference),
        "at": preference.at and preference.at.isoformat(timespec="microseconds"),
    }


def _meaning(preference: Preference) -> str:
    return preference.model_dump_json(include=set(_MEANING), exclude_defaults=True)


def _is_same(one: Preference, other: Preference) -> bool:
    """Whether both mean the same in the same scope; of what means nothing for picks, by words."""
    if one.scope is not other.scope or _meaning(one) != _meaning(other):
        return False
    return _meaning(one) != "{}" or _folded(one.said) == _folded(other.said)


def _folded(said: str) -> str:
    return " ".join(said.casefold().split()).rstrip(".!。！")


def _utc(moment: datetime) -> datetime:
    """A moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC)
