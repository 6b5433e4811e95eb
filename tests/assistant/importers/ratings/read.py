"""What was read of a source of ratings, for tests to look at."""

from __future__ import annotations

import math
from pathlib import Path

from assistant.importers.ratings import Gathered, Gathering, recognise_ratings

Told = dict[tuple[int, str], float | None]


def gather(path: Path) -> Gathered:
    into = Gathering()
    for _ in recognise_ratings(path).read(path, into):
        pass
    return into.finish(path)


def told(gathered: Gathered) -> Told:
    """The stars, or None for a naming, by the person's number and the item's key."""
    ratings = gathered.ratings
    return {
        (int(person), ratings.keys[item]): None if math.isnan(stars) else float(stars)
        for person, item, stars in zip(ratings.person, ratings.item, ratings.stars, strict=True)
    }


def reasons(gathered: Gathered) -> dict[str, str]:
    return {skip.record: skip.reason for skip in gathered.skipped}
