"""What a folder holds to measure with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.batch import Message
from assistant.errors import MatineeError
from assistant.evaluation.queries import Query, Task, TaskKind, spread
from assistant.evaluation.reading import digest, histories_task, requests_task
from assistant.importers import Record, recognise

_ENDINGS = (".jsonl", ".jsonl.gz")
MOST_TOPICS = 120
"""So many are drawn from the tags of a catalogue of talks, where no limit says otherwise."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Videos to be imported."""

    name: str
    key: str
    """Made of their content: tells this catalogue from every other."""
    records: Callable[[], Iterable[Record]]
    count: int | None
    """How many records there are, where that is cheap to know."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A catalogue, and what is asked of it."""

    catalogue: Catalogue
    tasks: tuple[Task, ...]


def find_benchmarks(place: Path, limit: int | None = None) -> Iterator[Benchmark]:
    """Read what lies in a folder, and in the folders in it.

    Args:
        place: holds ``catalog*.jsonl`` with ``requests*.jsonl`` and ``histories*.jsonl`` beside
            it (each also with ``.gz``), and zips or folders of PyVideo's data; or is one of these.
        limit: of each kind of query at most so many, evenly from all over.

    Raises:
        MatineeError: there is nothing to measure with, or a file cannot be read.
    """
    if not place.exists():
        raise MatineeError(
            "There is no such benchmark.",
            str(place),
            "Name a folder with a catalog.jsonl and requests.jsonl or histories.jsonl in it.",
        )
    inside = sorted(place.iterdir()) if place.is_dir() else []
    found = False
    for one in (place, *inside):
        for benchmark in (*_recorded(one, limit), *_of_talks(one, limit)):
            found = True
            yield benchmark
    if not found:
        raise MatineeError(
            "There is nothing to measure with.",
            f"{place}: no requests, no histories, no talks.",
            "A benchmark has a catalog.jsonl with requests.jsonl or histories.jsonl beside it,"
            " or is PyVideo's data.",
        )


def _recorded(folder: Path, limit: int | None) -> Iterator[Benchmark]:
    """The catalogue of a folder with its requests and histories."""
    if not folder.is_dir():
        return
    requests, histories = _files(folder, "requests"), _files(folder, "histories")
    if not requests and not histories:
        return
    catalogues = _files(folder, "catalog")
    if len(catalogues) != 1:
        many = ", ".join(path.name for path in catalogues) or "none"
        raise MatineeError(
            "A benchmark needs one catalogue.",
            f"{folder} has {many}.",
            "Put one catalog.jsonl (or .jsonl.gz) beside the requests and histories.",
        )
    [path] = catalogues
    importer = recognise(path)
    catalogue = Catalogue(
        folder.name, digest(path), lambda: importer.read(path), importer.count(path)
    )
    tasks = [requests_task(one, limit) for one in requests]
    tasks += [histories_task(one, limit) for one in histories]
    yield Benchmark(catalogue, tuple(tasks))


def _of_talks(path: Path, limit: int | None) -> Iterator[Benchmark]:
    """Topics made of tags, over a catalogue without their words."""
    from assistant.evaluation.topics import read_topics
    from assistant.importers.pyvideo import PyvideoImporter

    if not PyvideoImporter().recognises(path):
        return
    made = read_topics(path, count=MOST_TOPICS)
    content = hashlib.sha256()
    for video in made.videos:
        content.update(video.model_dump_json().encode())
    catalogue = Catalogue(path.stem, content.hexdigest(), lambda: made.videos, len(made.videos))
    queries = tuple(
        Query(
            id=topic.id,
            person=topic.id,
            relevant=topic.relevant,
            messages=(Message(role="user", text=topic.request),),
            subtopics=topic.subtopics,
        )
        for topic in spread(made.topics, limit)
    )
    yield Benchmark(catalogue, (Task("topics", TaskKind.TOPICS, queries),))


def _files(folder: Path, name: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"{name}*") if path.name.endswith(_ENDINGS))
