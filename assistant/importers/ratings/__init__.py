"""Reading other people's ratings: one file a format, and the way to tell them apart."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import ImportSourceError
from assistant.importers.ratings.gathering import Gathered, Gathering, RatingsFormat
from assistant.importers.ratings.jsonl import RatingLines
from assistant.importers.ratings.movielens import MovieLens
from assistant.importers.ratings.table import RatingsTable
from assistant.importers.reading import cannot_open

__all__ = ["FORMATS", "Gathered", "Gathering", "RatingsFormat", "recognise_ratings"]

FORMATS: tuple[RatingsFormat, ...] = (MovieLens(), RatingLines(), RatingsTable())


def recognise_ratings(path: Path) -> RatingsFormat:
    """The format of a file or a folder of other people's ratings, by what is in it.

    Raises:
        ImportSourceError: there is nothing, it cannot be opened, it is damaged, or it is in no
            format that is known.
    """
    try:
        is_there = path.is_file() or path.is_dir()
    except OSError as error:  # its name is too long
        raise cannot_open(path, error) from error
    if not is_there:
        what = "is neither a file nor a folder" if path.exists() else "does not exist"
        raise ImportSourceError("There is nothing to import.", f"{path} {what}.")
    for known in FORMATS:
        if known.recognises(path):
            return known
    supported = "\n".join(f"  {known.name}: {known.looks_like}" for known in FORMATS)
    raise ImportSourceError(
        "These are no ratings that Matinee knows how to read.",
        str(path),
        f"What can be imported with --community:\n{supported}",
    )
