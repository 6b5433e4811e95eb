from __future__ import annotations

import pytest

from assistant.errors import ModelError
from assistant.models.catalogue import ModelKind, catalogue, find, packaged
from assistant.models.known import PACKAGED_NAME, PUBLISHED_SHA256, locate
from assistant.settings import PACKAGED
from store.embedder import PACKAGED_NAME as PACKAGED_EMBEDDING


def test_names_are_different_in_whatever_case_they_are_typed() -> None:
    names = [entry.name.casefold() for entry in catalogue()]
    assert len(set(names)) == len(names)


def test_a_language_model_says_what_is_to_be_fetched_and_what_it_needs() -> None:
    for entry in catalogue():
        if entry.kind is ModelKind.LANGUAGE:
            assert entry.file
            assert entry.file.endswith(".gguf")
            assert entry.attention
            assert entry.parameters
        else:
            assert entry.dimension
            assert entry.sha256 is None  # of which of its files?


def test_the_packaged_models_are_those_of_the_installation() -> None:
    language, embedding = packaged(ModelKind.LANGUAGE), packaged(ModelKind.EMBEDDING)
    path = locate(PACKAGED)
    assert path is not None
    assert (language.name, language.file) == (PACKAGED_NAME, path.name)
    assert language.size == path.stat().st_size
    assert language.sha256 == PUBLISHED_SHA256[PACKAGED_NAME]
    assert embedding.name == PACKAGED_EMBEDDING


def test_memory_grows_with_the_context_up_to_what_a_model_can_read() -> None:
    entry = find("SmolLM2-1.7B-Instruct")
    # 2 · 24 layers · 32 heads · 64 numbers of 2 bytes each for a token
    assert entry.memory(3048) - entry.memory(2048) == 1000 * 2 * 24 * 32 * 64 * 2
    assert entry.memory(100_000) == entry.memory(8192)
    assert entry.memory(512) > entry.size


def test_a_model_is_found_in_any_case() -> None:
    assert find("qwen3-4b").name == "Qwen3-4B"
    with pytest.raises(ModelError, match="no such model"):
        find("GPT-9")
