"""A small BERT encoder in NumPy, for the one short text that an answer waits for.

Importing torch, transformers and sentence-transformers takes 4 to 5 s; a query is embedded here in
10 ms, 0.2 s after start. The vectors are those of sentence-transformers (a test compares them),
which still embeds everything that comes in bulk and every model that is not of this plain kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from assistant.types import Matrix

    Array = NDArray[np.float32]


class BertEncoder:
    """BERT (Devlin et al. 2019) with pooled output, as sentence-transformers lays it out."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        weights: Mapping[str, Array],
        config: Mapping[str, Any],
        pooling: str,
    ) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config.get("layer_norm_eps", 1e-12))
        self._pooling = pooling
        self.dimension = int(config["hidden_size"])

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """Load the model in `folder`; None when it is not of the kind that is computed here."""
        config = _read(folder / "config.json")
        pooling = _pooling(folder)
        weights_file, tokenizer_file = folder / "model.safetensors", folder / "tokenizer.json"
        if (
            pooling is None
            or config.get("model_type") != "bert"
            or config.get("hidden_act") != "gelu"
            or config.get("position_embedding_type", "absolute") != "absolute"
            or not (weights_file.is_file() and tokenizer_file.is_file())
        ):
            return None
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        weights = load_file(weights_file)
        words = weights.get("embeddings.word_embeddings.weight")
        if words is None or words.dtype != np.float32:
            return None
        longest = _read(folder / "sentence_bert_config.json").get("max_seq_length")
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(int(longest or config["max_position_embeddings"]))
        return cls(tokenizer, weights, config, pooling)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """The pooled vectors of `texts`, of shape (len(texts), dimension), not normalised.

        One text at a time, so that none is padded: meant for a few. On one thread, because for
        matrices so small BLAS's own threads wait for each other: 8 ms instead of 13, and instead
        of 100 to 700 where other processes are busy.
        """
        with _blas().limit(limits=1, user_api="blas"):
            rows = [self._encode_one(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """How many tokens of each text the model reads."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(texts)]

    def _encode_one(self, text: str) -> Array:
        ids = self._tokenizer.encode(text).ids
        hidden = self._normed(
            self._weights["embeddings.word_embeddings.weight"][ids]
            + self._weights["embeddings.position_embeddings.weight"][: len(ids)]
            + self._weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            hidden = self._normed(
                hidden + self._attention(hidden, layer), f"{layer}.attention.output.LayerNorm"
            )
            inner = _gelu(self._dense(hidden, f"{layer}.intermediate.dense"))
            hidden = self._normed(
                hidden + self._dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm"
            )
        pooled: Array = hidden[0] if self._pooling == "cls" else hidden.mean(axis=0)
        return pooled

    def _attention(self, hidden: Array, layer: str) -> Array:
        """Multi-head self-attention: softmax(QKᵀ/√d)V for each head, then mixed."""
        query, key, value = (
            self._dense(hidden, f"{layer}.attention.self.{part}")
            .reshape(len(hidden), self._heads, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        mixed = (weights @ value).transpose(1, 0, 2).reshape(hidden.shape)
        return self._dense(mixed, f"{layer}.attention.output.dense")

    def _dense(self, x: Array, name: str) -> Array:
        result: Array = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _normed(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self._epsilon)
        result: Array = (
            centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        )
        return result


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _gelu(x: Array) -> Array:
    """x·Φ(x), with erf by Abramowitz and Stegun 7.1.26: within 1.5e-7, the grain of float32."""
    z = np.abs(x) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.polyval(
        np.array(
            [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0.0], np.float32
        ),
        t,
    )
    result: Array = 0.5 * x * (1 + np.sign(x) * (1 - series * np.exp(-z * z)))
    return result


def _pooling(folder: Path) -> str | None:
    """``mean`` or ``cls`` when that and a normalisation are all that follows the transformer."""
    if not (folder / "modules.json").is_file():
        return None
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    extras = _read(folder / "config_sentence_transformers.json")
    if (
        kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        or modules[0]["path"]
        or any((extras.get("prompts") or {}).values())
        or _read(folder / "sentence_bert_config.json").get("do_lower_case")
    ):
        return None
    config = _read(folder / modules[1]["path"] / "config.json")
    modes = [name for name, on in config.items() if name.startswith("pooling_mode") and on is True]
    named = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    pooling = config.get("pooling_mode") or (named.get(modes[0]) if len(modes) == 1 else None)
    return pooling if pooling in ("mean", "cls") else None


def _read(file: Path) -> dict[str, Any]:
    """A JSON object; empty when there is no such file."""
    if not file.is_file():
        return {}
    content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return content
