"""A library of four hundred videos on ten topics, and viewers of known taste."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.retrieve import RetrievalStore
from assistant.types import Interaction, Signal, Video
from store.library import Library
from store.vectors import Searcher
from tests.assistant.retrieve.conftest import TOPICS, fill, made_video
from tests.toys import ToyEmbedder

START = datetime(2026, 1, 1, tzinfo=UTC)
SERIES = 4


def video(topic: str, number: int, series: int) -> Video:
    """One of a topic and a number. Half of the series are German, of which nothing else tells."""
    made = made_video(topic, number)
    place = (series * len(TOPICS) + list(TOPICS).index(topic)) * 10 + number
    return made.model_copy(
        update={
            "id": f"{made.id}-{series}",
            "title": f"{made.title} no. {place}",
            "language": "de" if series >= SERIES // 2 else "en",
        }
    )


VIDEOS = [
    video(topic, number, series)
    for series in range(SERIES)
    for topic in TOPICS
    for number in range(10)
]


@pytest.fixture(scope="session")
def relevance_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, made once; the tests read it."""
    folder = tmp_path_factory.mktemp("relevance")
    with Library.open(folder / "library.db") as library:
        embedder = ToyEmbedder(dimension=256)
        fill(RetrievalStore(library, Searcher(library, embedder.key, None), embedder), *VIDEOS)
    return folder


@pytest.fixture
def store(relevance_folder: Path) -> Iterator[RetrievalStore]:
    with Library.open(relevance_folder / "library.db") as library:
        embedder = ToyEmbedder(dimension=256)
        searcher = Searcher(library, embedder.key, None)
        searcher.refresh()
        yield RetrievalStore(library, searcher, embedder)


def signals(
    videos: Sequence[Video], likes: Callable[[Video], bool], first_hour: int = 0
) -> list[Interaction]:
    """A like or a dislike of each video, an hour apart."""
    return [
        Interaction(
            video_id=one.id,
            signal=Signal.LIKED if likes(one) else Signal.DISLIKED,
            at=START + timedelta(hours=first_hour + hour),
        )
        for hour, one in enumerate(videos)
    ]
