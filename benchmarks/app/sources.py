"""Catalogues made up for measurements: as many videos as one wants, no two alike."""

from __future__ import annotations

import json
import random
from pathlib import Path

SUBJECTS = (
    "gardens", "rivers", "compilers", "violins", "volcanoes", "bread", "chess", "glaciers",
    "poetry", "engines", "bees", "cathedrals", "statistics", "sailing", "puppets", "galaxies",
)  # fmt: skip
FORMS = ("An introduction to", "The history of", "A year with", "Advanced", "Why we love", "Lost")
KINDS = ("film", "talk", "documentary", "course", "lecture", "short")


def write_catalogue(path: Path, count: int, seed: int = 0) -> None:
    """Write `count` videos to a JSON Lines file that Matinee imports."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            one, other = draw.sample(SUBJECTS, 2)
            video = {
                "id": f"made:{number}",
                "title": f"{draw.choice(FORMS)} {one} and {other} {number}",
                "description": f"On {one}, with a look at {other}. Part {number}.",
                "tags": [one, other],
                "kind": draw.choice(KINDS),
                "language": draw.choice(("en", "fr", "zh", "de")),
                "year": draw.randint(1950, 2026),
                "duration_s": draw.randint(60, 9000),
            }
            file.write(json.dumps(video) + "\n")
