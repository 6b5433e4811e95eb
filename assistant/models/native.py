"""llama.cpp through its C API: tokens in, log-probabilities out.

`llama_cpp.Llama` is passed by on purpose. It points the file descriptors 1 and 2 of the process at
/dev/null while it loads, compiles the chat template that the model file brings along, and keeps
the logits of the last token alone or else those of the whole context. The C API beneath it gives
the logits of just the tokens that are wanted, and reads many continuations of one prefix side by
side: 20 titles after 64 tokens on two cores in 0.54 s, against 0.75 s one after the other.

llama_cpp is imported here and in `vocabulary` alone (0.2 s): who imports them will load a model.
"""

from __future__ import annotations

import functools
import logging
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import llama_cpp
import numpy as np

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, ModelError
from assistant.models.choosing import common_length
from assistant.models.grammar import SchemaGrammar
from assistant.models.machine import usable_cores
from assistant.models.vocabulary import Vocabulary
from assistant.settings import LanguageModelSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Logits = NDArray[np.float32]

BATCH = 128
"""Tokens read at a time: reading is no faster in larger batches, and a GPU can only be stopped
between two of them."""
BRANCHES = 32
"""Continuations read side by side."""

_TRUNK = 0
_ABORTED = 2
_ERROR = 4  # GGML_LOG_LEVEL_ERROR of ggml.h
_log = logging.getLogger("llama.cpp")
_complaints: deque[str] = deque(maxlen=8)


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _take_log(level: int, text: bytes, _data: object) -> None:
    """Keep what llama.cpp prints from the terminal: errors for our own, the rest to the log."""
    line = text.decode("utf-8", "replace").strip()
    if line and level == _ERROR:
        _complaints.append(line)
    if line:
        _log.debug(line)


@functools.cache
def _start() -> None:
    llama_cpp.llama_log_set(_take_log, None)
    llama_cpp.llama_backend_init()


class _Step(NamedTuple):
    """One token to be read: where it stands, and whether what may follow it is wanted."""

    token: int
    position: int
    sequence: int
    wanted: bool


class NativeModel:
    """A model with its vocabulary, and one context that remembers what it has read.

    Sequence 0 of the context is the trunk: it keeps what was read last, so that a text which
    begins alike is read only from where it differs. Continuations are branches of it, forgotten
    as soon as they are scored.
    """

    def __init__(self, path: Path, settings: LanguageModelSettings) -> None:
        """Load the model at `path`.

        Raises:
            ModelError: it is not a model that this build of llama.cpp can load.
        """
        _start()
        _complaints.clear()
        self._model: Any = None
        self._context: Any = None
        self._batch: Any = None
        self._cancel: CancelToken | None = None
        self._held: list[int] = []

        @llama_cpp.ggml_abort_callback  # type: ignore[untyped-decorator]
        def stop_asked(_data: object) -> bool:
            return self._cancel is not None and self._cancel.cancelled

        self._stop_asked = stop_asked  # llama.cpp holds a bare pointer to it
        try:
            self._open(path, settings)
        except ModelError:
            self.close()
            raise

    def _open(self, path: Path, settings: LanguageModelSettings) -> None:
        model_params = llama_cpp.llama_model_default_params()
        on_gpu = llama_cpp.llama_supports_gpu_offload()
        model_params.n_gpu_layers = settings.gpu_layers if on_gpu else 0
        model_params.use_extra_bufts = not _uses_amx()
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), model_params)
        if not self._model:
            raise _unusable(path)
        self.vocabulary = Vocabulary(llama_cpp.llama_model_get_vocab(self._model))

        params = llama_cpp.llama_context_default_params()  # flash attention: where it is faster
        params.n_ctx = min(settings.context, llama_cpp.llama_model_n_ctx_train(self._model))
        params.n_batch = params.n_ubatch = BATCH
        params.n_threads = params.n_threads_batch = settings.threads or usable_cores()
        params.n_seq_max = 1 + BRANCHES
        params.kv_unified = True  # the branches share the trunk's cells, and all of the context
        params.abort_callback = self._stop_asked
        self._context = llama_cpp.llama_init_from_model(self._model, params)
        if not self._context:
            raise _unusable(path)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self.context_size: int = llama_cpp.llama_n_ctx(self._context)

    @property
    def parameters(self) -> int:
        """How many the model has."""
        return int(llama_cpp.llama_model_n_params(self._model))

    def grammar(self, schema: Mapping[str, object]) -> SchemaGrammar:
        """Which tokens may come next, so that what is written is JSON of `schema`.

        Raises:
            ModelError: llama.cpp makes no grammar of it.
        """
        vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        return SchemaGrammar(vocabulary, self.vocabulary.size, schema)

    def close(self) -> None:
        """Free everything. May be called twice."""
        if self._batch is not None:
            llama_cpp.llama_batch_free(self._batch)
        if self._context:
            llama_cpp.llama_free(self._context)
        if self._model:
            llama_cpp.llama_model_free(self._model)
        self._batch = self._context = self._model = None

    # --- reading -------------------------------------------------------------------------------

    def next_log_probabilities(self, tokens: Sequence[int], cancel: CancelToken) -> Logits:
        """Read `tokens`: ln P(next | tokens) for every token, of shape (vocabulary,).

        Raises:
            Cancelled: `cancel` was set, also while reading.
            ModelError: the tokens do not fit into the context.
        """
        if len(tokens) > self.context_size:
            raise too_long(len(tokens), self.context_size)
        kept = min(common_length(self._held, tokens), len(tokens) - 1)
        if not llama_cpp.llama_memory_seq_rm(self._memory, _TRUNK, kept, -1):
            self._forget()  # a recurrent memory cannot go back to the middle
            kept = 0
        del self._held[kept:]
        last = len(tokens) - 1
        steps = [_Step(tokens[i], i, _TRUNK, i == last) for i in range(kept, len(tokens))]
        row = np.empty(0, dtype=np.float32)
        for chunk, rows in self._read(steps, cancel):
            self._held.extend(step.token for step in chunk)
            row = rows[-1] if rows else row
        return log_softmax(row)

    def continuation_log_probabilities(
        self, prefix: Sequence[int], continuations: Sequence[Sequence[int]], cancel: CancelToken
    ) -> list[float]:
        """Read `prefix` once: ln P(continuation | prefix) for each continuation.

        Raises:
            Cancelled: `cancel` was set, also while reading.
            ModelError: the prefix and a continuation do not fit into the context.
        """
        first = self.next_log_probabilities(prefix, cancel)
        totals = [float(first[tokens[0]]) if tokens else 0.0 for tokens in continuations]
        for group in self._groups([len(tokens) for tokens in continuations], len(prefix)):
            for index, value in self._score_branches(prefix, continuations, group, cancel):
                totals[index] += value
        return totals

    def _groups(self, lengths: Sequence[int], prefix: int) -> Iterator[list[int]]:
        """The continuations of more than one token, in groups that fit side by side."""
        group: list[int] = []
        used = prefix
        for index, length in enumerate(lengths):
            if prefix + length > self.context_size:
                raise too_long(prefix + length, self.context_size)
            if group and (len(group) == BRANCHES or used + length > self.context_size):
                yield group
                group, used = [], prefix
            if length > 1:
                group.append(index)
                used += length
        if group:
            yield group

    def _score_branches(
        self,
        prefix: Sequence[int],
        continuations: Sequence[Sequence[int]],
        group: Sequence[int],
        cancel: CancelToken,
    ) -> Iterator[tuple[int, float]]:
        """(index, ln P) of every token of the group's continuations after the first."""
        steps: list[_Step] = []
        expected: list[tuple[int, int]] = []  # (continuation, the token that follows the step)
        for branch, index in enumerate(group, start=1):
            llama_cpp.llama_memory_seq_cp(self._memory, _TRUNK, branch, 0, len(prefix))
            tokens = continuations[index]
            for offset, token in enumerate(tokens[:-1]):
                steps.append(_Step(token, len(prefix) + offset, branch, wanted=True))
                expected.append((index, tokens[offset + 1]))
        following = iter(expected)
        for _, rows in self._read(steps, cancel):
            for row in rows:
                index, token = next(following)
                yield index, float(row[token] - _log_sum_exp(row))
        for branch in range(1, len(group) + 1):
            llama_cpp.llama_memory_seq_rm(self._memory, branch, -1, -1)

    def _read(
        self, steps: Sequence[_Step], cancel: CancelToken
    ) -> Iterator[tuple[Sequence[_Step], list[Logits]]]:
        """Read the steps a batch at a time: each batch with the logits that it was asked for.

        The logits are views that the next batch overwrites. When reading ends early, for whatever
        reason, the memory is emptied: what it holds then is not known.
        """
        self._cancel = cancel
        done = False
        try:
            for start in range(0, len(steps), BATCH):
                cancel.check()
                chunk = steps[start : start + BATCH]
                self._decode(chunk)
                yield chunk, [self._logits(i) for i, step in enumerate(chunk) if step.wanted]
            done = True
        finally:
            self._cancel = None
            if not done:
                self._forget()

    def _decode(self, steps: Sequence[_Step]) -> None:
        batch = self._batch
        batch.n_tokens = len(steps)
        for i, step in enumerate(steps):
            batch.token[i] = step.token
            batch.pos[i] = step.position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = step.sequence
            batch.logits[i] = step.wanted
        status = llama_cpp.llama_decode(self._context, batch)
        if status == _ABORTED:
            raise Cancelled
        if status != 0:
            raise ModelError(
                "The language model failed while reading.",
                f"llama_decode returned {status}. {' '.join(_complaints)}".strip(),
                "Try a larger context in the settings, another model, or --no-llm.",
            )

    def _logits(self, position: int) -> Logits:
        pointer = llama_cpp.llama_get_logits_ith(self._context, position)
        return np.ctypeslib.as_array(pointer, shape=(self.vocabulary.size,))

    def _forget(self) -> None:
        llama_cpp.llama_memory_clear(self._memory, True)
        self._held.clear()


def _uses_amx() -> bool:
    """Whether llama.cpp would multiply with AMX.

    Some virtual machines announce AMX and end the process that uses it (a general protection fault
    in ``ldtilecfg``). It comes with repacked weights, by which the packaged model gains nothing.
    """
    return b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info()


def too_long(tokens: int, room: int) -> ModelError:
    """The error for a text that the context cannot hold."""
    return ModelError(
        "The prompt does not fit into the model's context.",
        f"{tokens} tokens, and there is room for {room}.",
        "Set a larger language_model.context, or write a shorter message.",
    )


def log_softmax(logits: Logits) -> Logits:
    """The logarithm of softmax(logits), of the same shape: a copy, not a view."""
    return np.asarray(logits - _log_sum_exp(logits), dtype=np.float32)


def _log_sum_exp(logits: Logits) -> np.float32:
    top = logits.max()
    return np.float32(top + np.log(np.exp(logits - top).sum()))


def _unusable(path: Path) -> ModelError:
    return ModelError(
        "The language model cannot be loaded.",
        f"{path}: {_complaints[0] if _complaints else 'llama.cpp gives no reason'}",
        "Give the path of a whole GGUF file in language_model.model, or go without: --no-llm.",
    )
