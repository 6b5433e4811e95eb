"""Ratings as a table of anybody's: CSV with a header, packed with gzip or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.importers.ratings import records
from assistant.importers.ratings.files import MAX_LINE_BYTES, rows
from assistant.importers.ratings.gathering import Gathering
from assistant.importers.reading import Unreadable, head, lines

_PERSON = ("user", "userid", "user_id", "viewer", "person", "reviewer", "account", "customer")
_IMDB = ("imdb", "imdbid", "imdb_id", "tconst")
_ITEM = ("item", "itemid", "item_id", "movieid", "movie_id", "video", "videoid", "video_id", "id")
_TITLE = ("title", "name", "movie", "film")
_RATING = ("rating", "stars", "score", "value")
_YEAR = ("year", "release_year", "released")


class RatingsTable:
    """Reads tables of who rated, or named, what."""

    name = "a table of ratings"
    looks_like = "a .csv or .csv.gz file with the columns user and item (or title), rating, year"

    def recognises(self, path: Path) -> bool:
        """By the names of its columns."""
        if not path.is_file():
            return False
        first = head(path).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        columns = _columns(first.strip().split(","))
        return _any(columns, _PERSON) and _any(columns, (*_IMDB, *_ITEM, *_TITLE))

    def read(self, path: Path, into: Gathering) -> Iterator[int]:
        """Read the rows. One that cannot be read is left out."""

        def problem(number: int, reason: str) -> None:
            into.skip(f"line {number}", reason)

        columns: list[str] = []
        for done, (number, cells) in enumerate(
            rows(lines(path, cap=MAX_LINE_BYTES), problem), start=1
        ):
            if not columns:
                columns = _columns(cells)
                continue
            try:
                if len(cells) > len(columns):
                    raise Unreadable(f"has {len(cells)} cells, the header {len(columns)}")
                _rate(f"line {number}", dict(zip(columns, cells, strict=False)), into)
            except Unreadable as error:
                problem(number, str(error))
            yield done


def _columns(cells: list[str]) -> list[str]:
    return [cell.strip(' "\ufeff').lower() for cell in cells]


def _any(columns: list[str], names: tuple[str, ...]) -> bool:
    return not set(columns).isdisjoint(names)


def _rate(where: str, record: dict[str, str], into: Gathering) -> None:
    person = records.key(records.first_of(record, _PERSON), "person")
    imdb = records.imdb_id(records.first_of(record, _IMDB))
    title, year = records.first_of(record, _TITLE), records.first_of(record, _YEAR)
    named = imdb or records.first_of(record, _ITEM) or (title and f"{title} ({year})")
    item = records.key(named, "item")
    into.describe(item, records.item(records.video_id(item), title, year))
    into.rate(where, person, item, records.stars(records.first_of(record, _RATING).strip()))
