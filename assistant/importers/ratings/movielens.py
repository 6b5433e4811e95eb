"""MovieLens, as GroupLens gives it away: a folder or a zip with ratings, films and their links.

The format is that of https://files.grouplens.org/datasets/movielens/ (ml-latest, ml-latest-small,
ml-25m and the like: CSV; ml-1m and ml-10m: ``.dat`` files with ``::`` between the cells).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.importers.ratings import records
from assistant.importers.ratings.files import Files, open_files, rows
from assistant.importers.ratings.gathering import Gathering
from assistant.importers.reading import Unreadable
from assistant.importers.tree import is_zip

if TYPE_CHECKING:
    from store.community import RatedItem

_RATINGS = ("ratings.csv", "ratings.dat")
_COLUMNS = ("userId", "movieId", "rating")


class MovieLens:
    """Reads the data of MovieLens."""

    name = "MovieLens"
    looks_like = "a folder or zip with ratings.csv (or ratings.dat), movies.csv and links.csv"

    def recognises(self, path: Path) -> bool:
        """Whether it is a folder or a zip that holds ratings and films."""
        if not path.is_dir() and not is_zip(path):
            return False
        with open_files(path) as files:
            return all(files.named(*names) for names in (_RATINGS, ("movies.csv", "movies.dat")))

    def read(self, path: Path, into: Gathering) -> Iterator[int]:
        """Read the films, then the ratings. A line that cannot be read is left out."""
        with open_files(path) as files:
            for film, item in _films(files, into).items():
                into.describe(film, item)
            name = files.named(*_RATINGS) or ""
            for done, (number, cells) in enumerate(_rows(files, name, into), start=1):
                try:
                    _rate(f"{name} line {number}", cells, into)
                except Unreadable as error:
                    into.skip(f"{name} line {number}", str(error))
                yield done


def _rate(where: str, cells: list[str], into: Gathering) -> None:
    if len(cells) < len(_COLUMNS):
        raise Unreadable("has too few cells")
    person, film, rating = cells[: len(_COLUMNS)]
    given = records.stars(rating)
    if given is None:
        raise Unreadable("has no rating")
    into.rate(where, records.key(person, "person"), records.key(film, "film"), given)


def _films(files: Files, into: Gathering) -> Mapping[str, RatedItem]:
    """What the films are: title and year from one file, the id from another where that is there."""
    links = files.named("links.csv")
    ids = {
        cells[0]: records.imdb_id(cells[1])
        for _, cells in (_rows(files, links, into) if links else ())
        if len(cells) > 1
    }
    name = files.named("movies.csv", "movies.dat") or ""
    return {
        cells[0]: records.item(ids.get(cells[0]), cells[1])
        for _, cells in _rows(files, name, into)
        if len(cells) > 1
    }


def _rows(files: Files, name: str, into: Gathering) -> Iterator[tuple[int, list[str]]]:
    """The rows of one of the files, without its header."""

    def problem(number: int, reason: str) -> None:
        into.skip(f"{name} line {number}", reason)

    separator = "::" if name.endswith(".dat") else None
    for number, cells in rows(files.lines(name), problem, separator):
        if number > 1 or separator:
            yield number, cells
