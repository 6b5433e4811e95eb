"""The models that are known to work: what they are, where they lie, what they need."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ModelError

_FILE = "catalogue.toml"
_NAME = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_WORKING = 150_000_000
"""Bytes that a process takes besides weights and context: llama.cpp's buffers, Python itself."""
_TORCH = 650_000_000
"""The same with torch and sentence-transformers loaded."""
_HALF = 2
"""Bytes of a number in the context's memory (float16)."""


class ModelKind(StrEnum):
    """What a model is for."""

    LANGUAGE = "language"
    EMBEDDING = "embedding"


class Entry(BaseModel):
    """A model of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _NAME
    kind: ModelKind
    repo: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$")]
    file: str | None = None
    """The file that is wanted; None for all that belongs to an embedding model."""
    size: int
    """Bytes to download; near enough where there are several files."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of `file`; None where only the hub says it."""
    packaged: bool = False
    """Whether it comes with the installation."""
    context: int
    """Tokens that it can read."""
    licence: str
    languages: str
    good_for: str
    parameters: int | None = None
    dimension: int | None = None
    """The length of a vector of an embedding model."""
    attention: tuple[int, int, int] | None = None
    """Layers, key-value heads and the length of a head of a language model."""

    def memory(self, context: int) -> int:
        """Bytes that it takes when it is used, about: weights, context, and what works on them.

        Args:
            context: tokens of context of a language model. Each takes a key and a value in every
                layer, 2 · layers · heads · length of a head numbers of 16 bits.
        """
        if self.attention is None:
            return self.size + _TORCH
        layers, heads, length = self.attention
        return (
            self.size + min(context, self.context) * 2 * layers * heads * length * _HALF + _WORKING
        )


@cache
def catalogue() -> tuple[Entry, ...]:
    """All models, language models first, each kind from small to large."""
    text = resources.files("assistant.models").joinpath(_FILE).read_text("utf-8")
    tables = tomllib.loads(text)
    return tuple(
        Entry(kind=kind, **fields) for kind in ModelKind for fields in tables.get(kind.value, ())
    )


def find(name: str) -> Entry:
    """The model of that name, in whatever case it is typed.

    Raises:
        ModelError: there is none.
    """
    for entry in catalogue():
        if entry.name.casefold() == name.casefold():
            return entry
    raise ModelError(
        "There is no such model in the catalogue.",
        name,
        "See what there is: matinee models. Any GGUF file can be named in the settings:"
        " language_model.model.",
    )


def packaged(kind: ModelKind) -> Entry:
    """The model of that kind which comes with the installation."""
    return next(entry for entry in catalogue() if entry.packaged and entry.kind is kind)
