from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, StoreError
from assistant.locations import Locations, find
from assistant.narrator import Silent
from assistant.reembedding import embed_all
from assistant.settings import EmbeddingSettings
from assistant.types import Video
from store.embedder import SentenceEmbedder
from store.library import Library
from store.locks import one_writer
from tests.toys import ToyEmbedder

VIDEOS = 300
SETTINGS = EmbeddingSettings()


class Listener(Silent):
    def __init__(self, cancel: CancelToken | None = None) -> None:
        self.stages: list[str] = []
        self.done = 0
        self._cancel = cancel

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append(name)

    def advance(self, n: int) -> None:
        self.done += n
        if self._cancel:
            self._cancel.cancel()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Locations:
    locations = find(tmp_path)
    monkeypatch.setattr(SentenceEmbedder, "load", lambda _: ToyEmbedder("another"))
    with Library.open(locations.library) as library:
        library.put_videos(
            [Video(id=f"v:{number}", title=f"Film {number}") for number in range(VIDEOS)]
        )
        embedder = ToyEmbedder("present")
        videos = list(library.get(library.ids()).values())
        vectors = embedder.encode_videos(videos)
        library.put_vectors("present", [video.id for video in videos], vectors)
    return locations


def count(locations: Locations, key: str) -> int:
    with Library.open(locations.library) as library:
        return library.vector_count(key)


def test_vectors_of_another_model_are_made_beside_those_there(place: Locations) -> None:
    listener = Listener()
    assert embed_all(place, SETTINGS, listener) == VIDEOS
    assert listener.stages == ["loading the model", "embedding"]
    assert listener.done == VIDEOS
    assert (count(place, "another"), count(place, "present")) == (VIDEOS, VIDEOS)
    assert embed_all(place, SETTINGS, Listener()) == 0


def test_what_was_made_before_it_was_stopped_is_kept(place: Locations) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        embed_all(place, SETTINGS, Listener(cancel), cancel)
    begun = count(place, "another")
    assert 0 <= begun < VIDEOS
    assert embed_all(place, SETTINGS, Listener()) == VIDEOS - begun


def test_only_one_does_such_work(place: Locations) -> None:
    with one_writer(place.data, "an import"), pytest.raises(StoreError, match="Another Matinee"):
        embed_all(place, SETTINGS, Listener())


def test_without_a_library_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert embed_all(find(tmp_path), SETTINGS, Listener()) == 0
    assert not (tmp_path / "library.db").exists()
