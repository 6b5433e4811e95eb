"""What a person is told of a library that was mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from store.recovery.rebuild import Outcome

_WORDS = {
    "videos": ("video", "videos"),
    "vectors": ("vector", "vectors"),
    "interactions": ("signal", "signals"),
    "sessions": ("session", "sessions"),
    "turns": ("turn", "turns"),
    "preferences": ("preference", "preferences"),
    "own_tags": ("video with tags of your own", "videos with tags of your own"),
    "removed_videos": ("removed video", "removed videos"),
    "interest_settings": ("setting of an interest", "settings of interests"),
}
_PERSONS = (
    "interactions",
    "sessions",
    "turns",
    "preferences",
    "own_tags",
    "removed_videos",
    "interest_settings",
)
_IMPORT_AGAIN = "matinee import FOLDER_OR_FILE"
_EMBED = "matinee library reindex"


def sentences(problem: str, outcome: Outcome, kept_in: Path | None) -> Iterator[str]:
    """What was wrong, what is there now and from where, what is lost, and what to do.

    Args:
        problem: what is wrong with the library, as the end of a sentence.
        outcome: what became of it.
        kept_in: the folder with the damaged file; None when there was none.
    """
    yield f"The library was damaged: {problem}."
    if outcome.incomplete:
        yield from _of_a_part(outcome)
    else:
        yield f"All of it could be read, and was written anew: {_counted(outcome.kept)}."
    if kept_in is not None:
        yield f"The damaged file is kept in {kept_in}."
    if outcome.without_vector and outcome.incomplete & {"videos", "vectors"}:
        yield (
            f"{_number('videos', outcome.without_vector)} cannot be found by meaning until"
            f" vectors are made again: {_EMBED}"
        )


def _of_a_part(outcome: Outcome) -> Iterator[str]:
    kept, added = outcome.kept, outcome.added
    if not kept.total() and not added.total():
        yield "Nothing in it could be read, and there was no snapshot: an empty library was begun."
        yield f"Import your videos again: {_IMPORT_AGAIN}"
        return
    yield (
        f"Kept from the file: {_counted(kept)}."
        if kept.total()
        else ("Nothing in the file could be read.")
    )
    for moment, tables in _by_moment(outcome).items():
        share = Counter({table: added[table] for table in tables})
        if share.total():
            yield f"Taken from the snapshot of {moment}: {_counted(share)}."
    yield from _lost(outcome)


def _lost(outcome: Outcome) -> Iterator[str]:
    missing = [table for table in (*_PERSONS, "videos") if table in outcome.incomplete]
    told = _by_moment(outcome)
    for moment, tables in told.items():
        if set(missing) & set(tables):
            yield f"What came or changed after {moment} may be lost in part."
    without = [table for table in missing if not any(table in tables for tables in told.values())]
    if without:
        names = _listed(_WORDS[table][1] for table in without)
        yield f"There was no snapshot of {names}: what could not be read is lost."
    if "videos" in missing:
        yield f"Videos that are missing can be imported again: {_IMPORT_AGAIN}"


def _by_moment(outcome: Outcome) -> dict[str, tuple[str, ...]]:
    """The tables that were filled up from a snapshot, by the time of it."""
    moments: dict[str, tuple[str, ...]] = {}
    for kind, taken in outcome.snapshots.items():
        tables = ("videos",) if kind == "videos" else _PERSONS
        moments[_moment(taken)] = (*moments.get(_moment(taken), ()), *tables)
    return moments


def _counted(rows: Counter[str]) -> str:
    """``812 videos, 3 signals and 1 session``; ``nothing`` when there are no rows."""
    parts = [_number(table, rows[table]) for table in _WORDS if rows[table]]
    return _listed(parts) or "nothing"


def _listed(parts: Iterable[str]) -> str:
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _number(table: str, count: int) -> str:
    one, many = _WORDS[table]
    return f"{count:,} {one if count == 1 else many}"


def _moment(taken: datetime) -> str:
    local = taken.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"
