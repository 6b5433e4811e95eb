"""What a model is worth on a history, measured in a process of its own with the real models."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.errors import MatineeError
from assistant.locations import Locations, find
from assistant.model_choice import measure_quality
from assistant.model_worth import Worth
from assistant.models.catalogue import ModelKind, packaged
from assistant.models.known import locate
from assistant.models.local import model_fingerprint
from assistant.narrator import Silent
from assistant.rerank.asking import key_of_fingerprint
from assistant.settings import EmbeddingSettings, Settings
from assistant.types import Interaction, Signal
from store import starter
from store.embedder import model_key
from store.library import Library

LIKES = 10


@pytest.fixture
def place(tmp_path: Path) -> Locations:
    """The starter library, and somebody who liked some of it."""
    locations = find(tmp_path)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    with Library.open(locations.library) as library:
        starter.install(library, model_key(EmbeddingSettings()))
        liked = library.ids()[:: len(library.ids()) // LIKES][:LIKES]
        library.add_interactions(
            [
                Interaction(video_id=video_id, signal=Signal.LIKED, at=begin + timedelta(days=day))
                for day, video_id in enumerate(liked)
            ]
        )
    return locations


class Listener(Silent):
    def __init__(self) -> None:
        self.stages: list[str] = []

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append(name)


@pytest.mark.real_models
def test_an_embedding_model_is_measured_by_what_it_finds(place: Locations) -> None:
    entry, listener = packaged(ModelKind.EMBEDDING), Listener()
    measure_quality(entry, place, Settings(), listener, CancelToken())
    with Library.open(place.library) as library:
        found = Worth.of(library).ranked(entry.name)
    assert found is not None
    assert 0 <= found.ndcg <= 1
    assert found.likes == LIKES - 3
    assert any(stage.startswith("your history") for stage in listener.stages)


@pytest.mark.real_models
def test_a_language_model_is_measured_by_what_it_adds(place: Locations) -> None:
    measure_quality(packaged(ModelKind.LANGUAGE), place, Settings(), Listener(), CancelToken())
    path = locate("packaged")
    assert path is not None
    with Library.open(place.library) as library:
        gain = library.language_model_gain(key_of_fingerprint(model_fingerprint(path)))
    assert gain is None or gain.weight == 0.0  # too few turns to be believed


def test_too_little_history_is_said(tmp_path: Path) -> None:
    entry = packaged(ModelKind.LANGUAGE)
    with pytest.raises(MatineeError, match="Too little history"):
        measure_quality(entry, find(tmp_path), Settings(), Listener(), CancelToken())
    assert not (tmp_path / "library.db").exists()
