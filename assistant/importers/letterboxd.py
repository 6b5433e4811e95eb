"""What Letterboxd gives under Settings, Data: the zip, its folder, or one of the tables in it.

A film is known by its title and year: the link in the diary is the one of the entry, not of the
film. What was deleted (the folders ``deleted`` and ``orphaned``) and the lists are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from assistant.importers import fields
from assistant.importers.archive import Archive, open_archive, start_of, whole
from assistant.importers.base import Located, Record, build_video, skip, without_repeats
from assistant.importers.fitting import NamesOnly
from assistant.importers.links import safe_link
from assistant.importers.reading import Unreadable
from assistant.types import Interaction, Kind, Signal, Skipped

_COMMON = ("Date", "Name", "Year", "Letterboxd URI")
_LEFT_OUT = frozenset({"deleted", "orphaned", "lists"})
_MAX_SLUG = 300


class Table(StrEnum):
    """The tables that are read, by the beginnings of their names, in the order of reading."""

    DIARY = "diary"
    REVIEWS = "reviews"
    WATCHED = "watched"
    RATINGS = "ratings"
    LIKES = "films"
    WATCHLIST = "watchlist"


class LetterboxdImporter(NamesOnly):
    """Reads films, and when they were watched, rated, liked and put on the watchlist."""

    name = "Letterboxd export"
    looks_like = "the zip, its folder, or diary, watched, ratings, watchlist or likes/films.csv"

    def recognises(self, path: Path) -> bool:
        """By the columns of its tables."""
        with open_archive(path, ".csv") as archive:
            return bool(_tables(archive))

    def count(self, path: Path) -> int | None:  # noqa: ARG002 - it answers for every path
        """Not known: a film may stand in several tables."""
        return None

    def read(self, path: Path) -> Iterator[Record]:
        """Read all tables, then yield each film, followed by what was done with it."""
        with open_archive(path, ".csv") as archive:
            yield from without_repeats(_read(archive))


@dataclass
class _Film:
    """What the tables say of a film."""

    where: str
    title: str
    year: int | None
    link: str | None = None
    signals: dict[tuple[Signal, datetime], float | None] = field(default_factory=dict)
    """The rating, where it is one; what is said first counts."""

    @property
    def id(self) -> str:
        """Made of title and year; the same in every table."""
        words = "-".join(re.findall(r"\w+", self.title.casefold())) or quote(self.title)
        return f"letterboxd:{words[:_MAX_SLUG]}" + (f"-{self.year}" if self.year else "")

    def did(self, signal: Signal, at: datetime, rating: float | None = None) -> None:
        """Note a signal."""
        self.signals.setdefault((signal, at), rating)

    def has(self, signal: Signal) -> bool:
        """Whether there is such a signal, of any moment."""
        return any(known is signal for known, _ in self.signals)


def _tables(archive: Archive) -> dict[str, Table]:
    """The files that are read, in the order of reading."""
    kinds = {
        name: table
        for name in archive.names
        if not _LEFT_OUT.intersection(PurePosixPath(name).parts[:-1])
        and (table := _table(name, start_of(archive, name)))
    }
    return {name: kinds[name] for table in Table for name in kinds if kinds[name] is table}


def _table(name: str, start: bytes) -> Table | None:
    """Which table a file is: its columns tell that it is one, its name which one."""
    header = start.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    columns = tuple(header.replace('"', "").split(","))
    if columns[: len(_COMMON)] != _COMMON:
        return None
    if "Watched Date" in columns:
        return Table.REVIEWS if "Review" in columns else Table.DIARY
    if "Rating" in columns:
        return Table.RATINGS
    stem = PurePosixPath(name).name.casefold()
    return next((table for table in reversed(Table) if table in stem), None)


def _read(archive: Archive) -> Iterator[Located]:
    films: dict[str, _Film] = {}
    for name, table in _tables(archive).items():
        try:
            rows = list(_rows(name, whole(archive, name)))
        except Unreadable as error:
            yield name, skip(name, str(error))
            continue
        for where, row in rows:
            problem = row if isinstance(row, Skipped) else _note(where, row, table, films)
            if problem is not None:
                yield where, problem
    for film in films.values():
        yield from _records(film)


def _rows(name: str, data: bytes) -> Iterator[tuple[str, Mapping[str, str] | Skipped]]:
    """The rows of a table by their columns, each with its place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # saved again by a spreadsheet
    reader = csv.reader(io.StringIO(text, newline=""))
    columns: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where = f"{name} line {reader.line_num}"
            yield where, skip(where, f"is not CSV ({error})")
            continue
        if not columns:
            columns = cells
        elif cells:
            yield f"{name} line {reader.line_num}", dict(zip(columns, cells, strict=False))


def _note(
    where: str, row: Mapping[str, str], table: Table, films: dict[str, _Film]
) -> Skipped | None:
    """Add what a row says to its film; the reason where it says nothing."""
    title = fields.text(row.get("Name"))
    logged = _moment(row.get("Date"))
    if not title:
        return skip(where, "has no title")
    if logged is None:
        return skip(where, "has no day")
    film = _Film(where, title, _year(row.get("Year")))
    film = films.setdefault(film.id, film)
    if table not in {Table.DIARY, Table.REVIEWS}:
        film.link = film.link or safe_link(row.get("Letterboxd URI"))
    _signal(film, table, row, logged)
    return None


def _signal(film: _Film, table: Table, row: Mapping[str, str], logged: datetime) -> None:
    rating = _rating(row.get("Rating"))
    if table in {Table.DIARY, Table.REVIEWS}:
        seen = _moment(row.get("Watched Date"))
        if seen is not None:
            film.did(Signal.WATCHED, seen)
        if rating is not None:
            film.did(Signal.RATED, seen or logged, rating)
    elif table is Table.WATCHED:
        if not film.has(Signal.WATCHED):  # the diary knows the day better
            film.did(Signal.WATCHED, logged)
    elif table is Table.RATINGS:
        if rating is not None and rating not in film.signals.values():  # else it is the diary's
            film.did(Signal.RATED, logged, rating)
    else:
        film.did(Signal.LIKED if table is Table.LIKES else Signal.SAVED, logged)


def _records(film: _Film) -> Iterator[Located]:
    video = build_video(
        film.where,
        {
            "id": film.id,
            "title": film.title,
            "kind": Kind.FILM,
            "year": film.year,
            "url": film.link,
        },
    )
    yield film.where, video
    if isinstance(video, Skipped):
        return
    for (signal, at), rating in film.signals.items():
        yield (
            film.where,
            Interaction(video_id=video.id, signal=signal, at=at, rating=rating),
        )


def _moment(day: object) -> datetime | None:
    """The start of a day, in UTC: Letterboxd does not say the hour."""
    found = fields.day(day)
    if found is None or found.year < 1970:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def _year(value: str | None) -> int | None:
    return fields.year(int(value)) if value and re.fullmatch(r"\d{4}", value) else None


def _rating(value: str | None) -> float | None:
    if not value or not re.fullmatch(r"[0-5](?:\.\d)?", value):
        return None
    return float(value) if 0 < float(value) <= 5 else None
