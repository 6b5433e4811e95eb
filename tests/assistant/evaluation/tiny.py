"""A benchmark of a few films, made by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_FILMS: list[dict[str, Any]] = [
    {"id": "imdb:tt01", "title": "The Haunted House", "year": 1990, "tags": ["horror"],
     "description": "A ghost haunts an old house."},
    {"id": "imdb:tt02", "title": "Night of the Ghost", "year": 1992, "tags": ["horror"],
     "description": "A ghost comes back at night to haunt a family."},
    {"id": "imdb:tt03", "title": "Ghost Ship", "year": 1995, "tags": ["horror", "adventure"],
     "description": "A ship is haunted by its dead crew."},
    {"id": "imdb:tt04", "title": "Spring in Paris", "year": 2001, "tags": ["romance"],
     "description": "Two strangers fall in love in Paris."},
    {"id": "imdb:tt05", "title": "Letters of Love", "year": 2003, "tags": ["romance"],
     "description": "A love story told in letters."},
    {"id": "imdb:tt06", "title": "The Wedding Cake", "year": 2004, "tags": ["romance", "comedy"],
     "description": "A baker falls in love before a wedding."},
    {"id": "imdb:tt07", "title": "Mars Mission", "year": 2010, "tags": ["science fiction"],
     "description": "Astronauts travel to Mars in a rocket."},
    {"id": "imdb:tt08", "title": "Rocket Station", "year": 2012, "tags": ["science fiction"],
     "description": "Astronauts on a space station build a rocket."},
]  # fmt: skip
FILMS = [{"kind": "film", **film} for film in _FILMS]
REQUESTS: list[dict[str, Any]] = [
    {"id": "1/2", "mentioned": ["imdb:tt01"], "relevant": ["imdb:tt02"],
     "messages": [{"role": "assistant", "text": "Hi, what do you like?"},
                  {"role": "user", "text": "I like ghost films such as The Haunted House (1990)"}]},
    {"id": "1/4", "mentioned": ["imdb:tt01", "imdb:tt02"], "relevant": ["imdb:tt03"],
     "messages": [{"role": "user", "text": "I like ghost films such as The Haunted House (1990)"},
                  {"role": "assistant", "text": "Have you seen Night of the Ghost (1992)?"},
                  {"role": "user", "text": "I have. Something else about a ghost?"}]},
    {"id": "2/1", "mentioned": ["imdb:tt04"], "relevant": ["imdb:tt05", "imdb:tt06"],
     "messages": [{"role": "user", "text": "A love story like Spring in Paris (2001)"}]},
]  # fmt: skip
HISTORIES: list[dict[str, Any]] = [
    {"user": 1, "relevant": ["imdb:tt03"], "history": [
        {"id": "imdb:tt01", "rating": 5.0, "at": 1000},
        {"id": "imdb:tt02", "rating": 4.5, "at": 1001},
        {"id": "imdb:tt04", "rating": 1.0, "at": 1002}]},
    {"user": 2, "relevant": ["imdb:tt06"], "history": [
        {"id": "imdb:tt04", "rating": 4.0, "at": 1000},
        {"id": "imdb:tt05", "rating": 5.0, "at": 1001}]},
]  # fmt: skip


def lines(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write records as JSON lines, packed where the name says so."""
    data = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_benchmark(folder: Path) -> Path:
    """Write the whole benchmark into a folder, which is made."""
    folder.mkdir(parents=True)
    lines(folder / "catalog.jsonl.gz", FILMS)
    lines(folder / "requests-dev.jsonl.gz", REQUESTS)
    lines(folder / "histories-dev.jsonl", HISTORIES)
    return folder
