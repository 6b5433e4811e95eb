"""Reading other people's ratings: one file a format, and the way to tell them apart."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import ImportSourceError
from assistant.importers.ratings.gathering import Gathered, Gathering, RatingsFormat
from assistant.importers.ratings.jsonl import RatingLines
from assistant.importers.ratings.movielens import MovieLens
from assistant.importers.ratings.table import RatingsTable
from assistant.importers.reading import check_there

__all__ = ["FORMATS", "Gathered", "Gathering", "RatingsFormat", "recognise_ratings"]

FORMATS: tuple[RatingsFormat, ...] = (MovieLens(), RatingLines(), RatingsTable())


def recognise_ratings(path: Path) -> RatingsFormat:
    """The format of a file or a folder of other people's ratings, by what is in it.

    Raises:
        ImportSourceError: there is nothing, it cannot be opened, it is damaged, or it is in no
            format that is known.
    """
    check_there(path)
    for known in FORMATS:
        if known.recognises(path):
            return known
    supported = "\n".join(f"  {known.name}: {known.looks_like}" for known in FORMATS)
    raise ImportSourceError(
        "These are no ratings that Matinee knows how to read.",
        str(path),
        f"What can be imported with --community:\n{supported}",
    )
