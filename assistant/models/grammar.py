"""Decoding inside a JSON schema: what llama.cpp's grammar lets through."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import llama_cpp
import numpy as np
from llama_cpp.llama_grammar import json_schema_to_gbnf

from assistant.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOKEN_DATA = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)], align=True)


class SchemaGrammar:
    """Which tokens may come next, so that what is written is JSON of a schema.

    Args:
        vocabulary: llama.cpp's pointer to the model's vocabulary.
        size: how many tokens that has.
        schema: a JSON schema.

    Raises:
        ModelError: llama.cpp makes no grammar of the schema.
    """

    def __init__(self, vocabulary: Any, size: int, schema: Mapping[str, object]) -> None:
        text = json_schema_to_gbnf(json.dumps(schema))
        # used without looking, a grammar that was not made ends the process
        self._sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not self._sampler:
            raise ModelError("The language model cannot write what is asked of it.", text[:200])
        self._tokens = np.zeros(size, _TOKEN_DATA)
        self._tokens["id"] = np.arange(size)

    def allowed(self, log_probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """`log_probabilities` of every token, with −∞ for those that may not come next."""
        tokens = self._tokens.copy()  # llama.cpp may put them in another order
        tokens["logit"] = log_probabilities
        array = llama_cpp.llama_token_data_array(
            data=tokens.ctypes.data_as(ctypes.POINTER(llama_cpp.llama_token_data)),
            size=len(tokens),
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(self._sampler, ctypes.byref(array))
        masked = np.full(len(tokens), -np.inf, np.float32)
        kept = tokens[: array.size]
        masked[kept["id"]] = kept["logit"]
        return masked

    def accept(self, token: int) -> None:
        """The token was written."""
        llama_cpp.llama_sampler_accept(self._sampler, token)

    def close(self) -> None:
        """Free its memory."""
        if self._sampler:
            llama_cpp.llama_sampler_free(self._sampler)
        self._sampler = None
