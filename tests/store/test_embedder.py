from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.settings import EmbeddingSettings
from assistant.types import Video
from store.bert import BertEncoder
from store.embedder import FEW_TEXTS, SentenceEmbedder, model_key, video_fields
from store.text import is_latin

TEXTS = [
    "an introduction to machine learning for beginners",
    "推荐几部关于机器学习的视频",
    "プログラミング 파이썬 привет",
    "x",
    "",
    "Ünïcode café [SEP] ##pieces 👨‍👩‍👧 \t tabs",
    "a text that is far longer than the model reads, " * 100,
]


# --- fields ------------------------------------------------------------------------------------


def test_the_fields_are_title_everything_and_tags() -> None:
    video = Video(
        id="t:1",
        title="Spirited Away",
        other_titles=("千与千寻",),
        description="A girl among spirits.",
        tags=("animation", "fantasy"),
        people=("Hayao Miyazaki",),
        channel="Ghibli",
    )
    assert video_fields(video) == (
        "Spirited Away",
        "Spirited Away. 千与千寻. A girl among spirits. animation, fantasy. Hayao Miyazaki, Ghibli",
        "animation, fantasy",
    )


def test_a_field_that_says_nothing_new_is_dropped() -> None:
    assert video_fields(Video(id="t:1", title="Only a title")) == ("Only a title",)
    assert video_fields(Video(id="t:1", title=" ")) == (" ",)


# --- finding a model ---------------------------------------------------------------------------


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that looks like a model. Its weights are none."""
    folder = tmp_path / "my model!"
    (folder / "1_Pooling").mkdir(parents=True)
    modules = [
        {"path": "", "type": "sentence_transformers.models.Transformer"},
        {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "config.json").write_text('{"model_type": "bert", "hidden_act": "gelu"}')
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def key(folder: Path) -> str:
    return model_key(EmbeddingSettings(model=str(folder)))


def test_the_key_follows_every_file_that_decides_the_vectors(model: Path) -> None:
    keys = [key(model)]
    for name in ("model.safetensors", "config.json", "1_Pooling/config.json", "modules.json"):
        file = model / name
        file.write_bytes(file.read_bytes() + b" ")
        keys.append(key(model))
    assert len(set(keys)) == len(keys)
    (model / "README.md").write_text("says nothing to the model")
    assert key(model) == keys[-1]


def test_the_key_does_not_follow_the_place(model: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / model.name
    shutil.copytree(model, moved)
    assert key(moved) == key(model)
    assert key(model).startswith("my-model-")


def test_weights_that_can_run_code_are_refused(model: Path) -> None:
    (model / "model.safetensors").rename(model / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        key(model)


def test_a_model_that_is_not_there_is_an_error_for_people(tmp_path: Path) -> None:
    for name in (str(tmp_path / "nowhere"), "nobody/nothing", "no-such-model"):
        with pytest.raises(ModelError, match="not on this machine") as caught:
            SentenceEmbedder.load(EmbeddingSettings(model=name))
        assert "packaged" in caught.value.hint


def test_broken_weights_are_an_error_for_people(model: Path) -> None:
    (model / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be read"):
        SentenceEmbedder.load(EmbeddingSettings(model=str(model)))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", {"model_type": "bert", "hidden_act": "relu"}),
        ("config.json", {"model_type": "xlm-roberta", "hidden_act": "gelu"}),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}),
        (
            "1_Pooling/config.json",
            {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True},
        ),
        ("config_sentence_transformers.json", {"prompts": {"query": "query: "}}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        (
            "modules.json",
            [
                {"path": "", "type": "sentence_transformers.models.Transformer"},
                {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                {"path": "2_Dense", "type": "sentence_transformers.models.Dense"},
            ],
        ),
    ],
)
def test_what_is_not_a_plain_bert_is_left_to_sentence_transformers(
    model: Path, file: str, content: object
) -> None:
    (model / "tokenizer.json").write_text("never read")
    (model / file).write_text(json.dumps(content))
    assert BertEncoder.load(model) is None


# --- the real one ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder.load(EmbeddingSettings(device="cpu"))


@pytest.mark.real_models
def test_quick_vectors_are_those_of_sentence_transformers(embedder: SentenceEmbedder) -> None:
    read = [text for text in TEXTS if is_latin(text)]
    expected = embedder.encoder.encode_query(read, normalize_embeddings=True)
    quick = embedder.encode_queries(read)
    assert quick.dtype == np.float32
    np.testing.assert_allclose(quick, expected, atol=2e-6)


@pytest.mark.real_models
def test_a_video_is_the_unit_mean_of_its_unit_fields(embedder: SentenceEmbedder) -> None:
    videos = [
        Video(id="t:1", title="Only a title"),
        Video(id="t:2", title="深度学习", description="An introduction.", tags=("ai", "course")),
        Video(id="t:3", title="Only a title", tags=("ai", "course")),
    ]
    expected = []
    for video in videos:
        fields = embedder.encode_queries(video_fields(video))
        mean = fields.mean(axis=0)
        expected.append(mean / np.linalg.norm(mean))
    np.testing.assert_allclose(embedder.encode_videos(videos), expected, atol=2e-6)


@pytest.mark.real_models
def test_many_videos_at_once_are_the_same_as_few(embedder: SentenceEmbedder) -> None:
    videos = [
        Video(id=f"t:{number}", title=f"Talk {number}", description="words " * (number % 7))
        for number in range(FEW_TEXTS)
    ]
    steps: list[int] = []
    together = embedder.encode_videos(videos, progress=steps.append)
    assert sum(steps) == len(videos)
    assert min(steps) >= 0
    apart = [embedder.encode_videos(videos[start : start + 8]) for start in range(0, 64, 8)]
    np.testing.assert_allclose(together, np.concatenate(apart), atol=2e-6)
    assert embedder.encode_videos([]).shape == (0, embedder.dimension)
    assert embedder.encode_queries([]).shape == (0, embedder.dimension)


@pytest.mark.real_models
def test_a_first_query_needs_no_torch_and_prints_nothing() -> None:
    program = (
        "import sys; from assistant.settings import EmbeddingSettings\n"
        "from store.embedder import SentenceEmbedder\n"
        "embedder = SentenceEmbedder.load(EmbeddingSettings())\n"
        "assert embedder.encode_queries(['hello']).shape == (1, 384)\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "embedder.encoder.encode_query('hello')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout + done.stderr == b""


@pytest.mark.real_models
def test_related_texts_are_nearer_than_unrelated_ones(embedder: SentenceEmbedder) -> None:
    query, near, far = embedder.encode_queries(
        ["a film about chess", "The Queen's Gambit: a prodigy of chess", "How to bake bread"]
    )
    assert query @ near > query @ far + 0.3
