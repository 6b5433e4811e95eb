from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.models.catalogue import ModelKind
from assistant.models.measuring import measure
from assistant.models.speeds import (
    EmbeddingSpeed,
    LanguageSpeed,
    parse_speed,
    put_speed,
    speeds,
)

LANGUAGE = LanguageSpeed(
    measured_at=datetime(2026, 1, 1, tzinfo=UTC), load_s=0.5, read_per_s=200, titles_per_s=30,
    written_per_s=25, memory=300_000_000, threads=2, gpu=False,
)  # fmt: skip
EMBEDDING = EmbeddingSpeed(
    measured_at=datetime(2026, 1, 1, tzinfo=UTC), load_s=5, query_ms=20, videos_per_s=40,
    memory=700_000_000, device="cpu",
)  # fmt: skip


def test_what_was_measured_of_each_model_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert speeds(folder) == {}
    put_speed(folder, "a", LANGUAGE)
    put_speed(folder, "b", EMBEDDING)
    faster = LANGUAGE.model_copy(update={"titles_per_s": 60.0})
    put_speed(folder, "a", faster)
    assert speeds(folder) == {"a": faster, "b": EMBEDDING}
    assert (folder / "speeds.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "[]", '{"a": {"load_s": 1}}'])
def test_what_cannot_be_read_is_measured_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "speeds.json").write_text(content, "utf-8")
    assert speeds(tmp_path) == {}


def test_an_answer_is_of_one_kind_or_the_other() -> None:
    for speed in (LANGUAGE, EMBEDDING):
        assert parse_speed(speed.model_dump(mode="json")) == speed
    with pytest.raises(ValidationError):
        parse_speed({"gpu": True})


@pytest.mark.real_models
def test_an_embedding_model_is_measured() -> None:
    speed = measure(ModelKind.EMBEDDING, '{"device": "cpu"}')
    assert isinstance(speed, EmbeddingSpeed)
    assert speed.device == "cpu"
    assert min(speed.load_s, speed.query_ms, speed.videos_per_s) > 0
    assert speed.memory > 100_000_000


@pytest.mark.real_models
def test_a_small_context_suffices_to_measure_a_language_model() -> None:
    speed = measure(ModelKind.LANGUAGE, '{"context": 512, "threads": 1}')
    assert isinstance(speed, LanguageSpeed)
    assert speed.threads == 1
    assert min(speed.read_per_s, speed.titles_per_s, speed.written_per_s) > 0
