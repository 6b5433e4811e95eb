from __future__ import annotations

import numpy as np
import pytest

from assistant.settings import EmbeddingSettings
from store import alignment, multilingual
from store.alignment.build import turn_between
from store.embedder import SentenceEmbedder

pytestmark = pytest.mark.real_models


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder.load(EmbeddingSettings())


ENGLISH = ["cooking", "machine learning", "a horror film", "astronomy"]
OTHERS = {
    "zh": ["烹饪", "机器学习", "恐怖片", "天文学"],
    "es": ["cocina", "aprendizaje automático", "una película de terror", "astronomía"],
    "ko": ["요리", "머신러닝", "공포 영화", "천문학"],
    "ru": ["кулинария", "машинное обучение", "фильм ужасов", "астрономия"],
}


@pytest.mark.parametrize("language", OTHERS)
def test_translations_are_nearest_to_each_other(language: str) -> None:
    cosines = multilingual.encode(OTHERS[language]) @ multilingual.encode(ENGLISH).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_hostile_texts_have_unit_vectors_too() -> None:
    texts = ["", " ", "\0", "\ufdfa" * 500, "x" * 100_000, "\U0010ffff", "👩‍👩‍👧", "\ud800"]
    vectors = multilingual.encode(texts)
    assert vectors.shape == (len(texts), 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_the_shipped_turn_is_for_the_packaged_model(embedder: SentenceEmbedder) -> None:
    assert alignment.applies(embedder.key)
    assert not alignment.applies("another-model")


def test_aligned_texts_lie_among_the_packaged_models_vectors(embedder: SentenceEmbedder) -> None:
    cosines = alignment.aligned(OTHERS["zh"]) @ embedder.encode_queries(ENGLISH).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_turn_is_found_again() -> None:
    random = np.random.default_rng(0)
    source = random.normal(size=(50, 6)).astype(np.float32)
    rotation = np.linalg.qr(random.normal(size=(6, 6)))[0]
    target = (source @ rotation + 3.0).astype(np.float32)
    turn = turn_between("m", source, target)
    np.testing.assert_allclose(turn.turn, rotation, atol=1e-5)
    np.testing.assert_allclose((source - turn.source) @ turn.turn + turn.target, target, atol=1e-4)
