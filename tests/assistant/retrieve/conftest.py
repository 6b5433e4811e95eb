"""A library of a hundred videos on ten topics, with vectors that know words alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.retrieve import RetrievalStore
from assistant.types import Kind, Video
from store.library import Library
from store.vectors import Searcher
from tests.toys import ToyEmbedder

TOPICS = {
    "asyncio": "python event loop coroutines concurrency",
    "django": "python web framework templates orm",
    "astronomy": "stars galaxies telescope planets",
    "cooking": "recipes kitchen bread oven",
    "jazz": "piano saxophone improvisation swing",
    "gardening": "plants soil seeds compost",
    "chess": "openings endgame tactics grandmaster",
    "history": "empire rome emperors battles",
    "zombies": "horror undead apocalypse survivors",
    "sailing": "boats wind ocean harbour",
}
ANGLES = ("introduction", "masterclass", "stories", "mistakes", "tools",
          "beginners", "experts", "future", "classics", "questions")  # fmt: skip


def made_video(topic: str, number: int, **changes: object) -> Video:
    words = TOPICS[topic].split()
    values = {
        "id": f"t:{topic}-{number}",
        "title": f"{topic.title()}: {ANGLES[number]}",
        "description": f"On {words[number % 4]} and {words[(number + 1) % 4]}.",
        "tags": (topic, words[number % 4]),
        "keywords": (topic, words[number % 4]),
        "people": (f"{topic.title()} Speaker{number}",),
        "kind": Kind.TALK if number % 2 else Kind.TUTORIAL,
        "language": "en" if number < 8 else "de",
        "year": 2010 + number,
        "duration_s": 600 * (number + 1),
    }
    return Video.model_validate(values | changes)


def fill(store: RetrievalStore, *videos: Video) -> None:
    """Add `videos` and their vectors."""
    store.library.put_videos(videos)
    ids = [video.id for video in videos]
    store.library.put_vectors(store.embedder.key, ids, store.embedder.encode_videos(videos))
    store.searcher.refresh()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[RetrievalStore]:
    with Library.open(tmp_path / "library.db") as library:
        embedder = ToyEmbedder(dimension=2048)
        yield RetrievalStore(library, Searcher(library, embedder.key, None), embedder)


@pytest.fixture
def store(empty_store: RetrievalStore) -> RetrievalStore:
    fill(empty_store, *(made_video(topic, number) for topic in TOPICS for number in range(10)))
    return empty_store
