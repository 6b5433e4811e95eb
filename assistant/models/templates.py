"""The chat formats of the model families, written here and not taken from model files.

The template inside a GGUF is a program by whoever made the file (CVE-2024-34359). The families
differ in a few control tokens only; which family a model is of, its vocabulary says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a chat prompt."""

    text: str
    control: bool = False
    """Whether control tokens spelled in it are meant. Never so in what comes from outside."""


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """How one family writes a system message, a user message, and the start of the answer."""

    name: str
    markers: tuple[str, ...]
    """Control tokens that the vocabulary of this family has, all of them."""
    layout: str
    """``{system}`` and ``{user}`` stand for the messages; everything else is the format."""
    end: str | None
    """The control token that ends an answer; None where the model's own end of text does."""

    def segments(self, system: str, user: str) -> Iterator[Segment]:
        """The prompt up to where the answer begins.

        What the messages hold of the format of any family is left out. As text it would be read
        as text; but some vocabularies have a marker (``<think>``) as a token of no special kind.
        """
        messages = {"{system}": system, "{user}": user}
        for part in re.split(r"(\{system\}|\{user\})", self.layout):
            if part in messages:
                yield Segment(_MARKERS.sub(" ", messages[part]).strip())
            elif part:
                yield Segment(part, control=True)


_CHATML = (
    "<|im_start|>system\n{system}<|im_end|>\n"
    "<|im_start|>user\n{user}<|im_end|>\n"
    "<|im_start|>assistant\n"
)

TEMPLATES = (
    ChatTemplate(
        name="chatml-thinking",  # Qwen3: the thoughts are closed before they begin
        markers=("<|im_start|>", "<|im_end|>", "<think>"),
        layout=_CHATML + "<think>\n\n</think>\n\n",
        end="<|im_end|>",
    ),
    ChatTemplate(
        name="chatml",  # SmolLM, Qwen2, Yi, Hermes
        markers=("<|im_start|>", "<|im_end|>"),
        layout=_CHATML,
        end="<|im_end|>",
    ),
    ChatTemplate(
        name="llama3",
        markers=("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
        layout=(
            "<|start_header_id|>system<|end_header_id|>\n\n{system}<|eot_id|>"
            "<|start_header_id|>user<|end_header_id|>\n\n{user}<|eot_id|>"
            "<|start_header_id|>assistant<|end_header_id|>\n\n"
        ),
        end="<|eot_id|>",
    ),
    ChatTemplate(
        name="gemma",  # it has no system role
        markers=("<start_of_turn>", "<end_of_turn>"),
        layout=("<start_of_turn>user\n{system}\n\n{user}<end_of_turn>\n<start_of_turn>model\n"),
        end="<end_of_turn>",
    ),
    ChatTemplate(
        name="phi",
        markers=("<|system|>", "<|user|>", "<|assistant|>", "<|end|>"),
        layout="<|system|>\n{system}<|end|>\n<|user|>\n{user}<|end|>\n<|assistant|>\n",
        end="<|end|>",
    ),
    ChatTemplate(
        name="mistral",
        markers=("[INST]", "[/INST]"),
        layout="[INST]{system}\n\n{user}[/INST]",
        end=None,
    ),
)

_MARKERS = re.compile(
    "|".join(
        sorted(
            {re.escape(one) for template in TEMPLATES for one in (*template.markers, "</think>")}
        )
    )
)

PLAIN = ChatTemplate(name="plain", markers=(), layout="{system}\n\n{user}\n\n", end=None)
"""For a model without a chat format that is known here: still a text that can be continued."""


def choose_template(known: Callable[[str], bool]) -> ChatTemplate:
    """The format of a model, given what its vocabulary has among control tokens."""
    for template in TEMPLATES:
        if all(known(marker) for marker in template.markers):
            return template
    return PLAIN
