"""A language model on this machine: any GGUF file, read by llama.cpp."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.errors import ModelError
from assistant.models.base import Likelihood
from assistant.models.choosing import write_one_of
from assistant.models.known import locate, model_name
from assistant.models.sampling import write_tokens
from assistant.models.templates import choose_template

if TYPE_CHECKING:
    from assistant.models.native import Logits, NativeModel
    from assistant.settings import LanguageModelSettings

_GGUF_MAGIC = b"GGUF"
_SAMPLES = 64
_SAMPLE_BYTES = 64 * 1024


class LocalModel:
    """A `LanguageModel` over llama.cpp. One thread at a time may use it."""

    def __init__(self, native: NativeModel, name: str, fingerprint: str) -> None:
        self._native = native
        self._vocabulary = vocabulary = native.vocabulary
        self._name = name
        self._fingerprint = fingerprint
        self._template = choose_template(lambda token: vocabulary.control_token(token) is not None)
        end = self._template.end and vocabulary.control_token(self._template.end)
        self._end = vocabulary.end_of_text if end is None else int(end)

    @classmethod
    def load(cls, settings: LanguageModelSettings) -> LocalModel:
        """Load the model that the settings name.

        Raises:
            ModelError: there is no such file, it is not a GGUF, or llama.cpp cannot load it.
        """
        path = locate(settings.model)
        if path is None:
            raise ModelError("No language model is set.", 'language_model.model is "none".')
        _check_header(path)
        try:
            from assistant.models.native import NativeModel
        except (ImportError, OSError, RuntimeError) as error:  # the library, or what it links to
            raise ModelError(
                "llama.cpp cannot be loaded.",
                str(error),
                "Install llama-cpp-python again, or go without: --no-llm.",
            ) from error
        return cls(NativeModel(path, settings), model_name(path), model_fingerprint(path))

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Its name and 16 hex digits over its file: see `file_fingerprint`."""
        return self._fingerprint

    @property
    def parameters(self) -> int:
        """As the file says."""
        return self._native.parameters

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        """How likely each continuation is after `prefix`: see `LanguageModel.likelihoods`."""
        vocabulary = self._vocabulary
        before = vocabulary.tokenize(prefix)
        tails = [self._tail(before, prefix, text) for text in continuations]
        # Something must come before the first token: the end of another text, if all else lacks.
        read = [*vocabulary.opening, *before] or [vocabulary.end_of_text]
        sums = self._native.continuation_log_probabilities(read, tails, cancel)
        return [
            Likelihood(log_probability=total, tokens=len(tail))
            for total, tail in zip(sums, tails, strict=True)
        ]

    def _tail(self, before: list[int], prefix: str, continuation: str) -> list[int]:
        """The tokens of `continuation` as they come after `prefix`, whose tokens are `before`.

        A vocabulary that puts a space before every text would put a second one before a
        continuation that is read alone; the two are read together, and the prefix taken off.
        """
        together = self._vocabulary.tokenize(prefix + continuation)
        if together[: len(before)] == before:
            return together[len(before) :]
        return self._vocabulary.tokenize(continuation)

    def choose(
        self,
        system: str,
        user: str,
        sentences: Sequence[str],
        cancel: CancelToken,
        *,
        temperature: float,
        seed: int,
    ) -> Iterator[str]:
        """Write one of `sentences`: see `LanguageModel.choose`.

        The prompt is read once; what follows the same system text as before is read anew.
        """
        if not sentences:
            raise ValueError("there is nothing to choose from")
        prompt = self._prompt(system, user)
        paths = {text: [*self._vocabulary.tokenize(text), self._end] for text in sentences}

        def following(written: Sequence[int], tokens: Sequence[int]) -> list[float]:
            values = self._native.next_log_probabilities([*prompt, *written], cancel)
            return [float(values[token]) for token in tokens]

        for piece in write_one_of(paths, following, temperature=temperature, seed=seed):
            cancel.check()
            yield piece

    def write(
        self,
        system: str,
        user: str,
        cancel: CancelToken,
        *,
        max_tokens: int,
        temperature: float,
        seed: int,
        schema: Mapping[str, object] | None = None,
    ) -> Iterator[str]:
        """Write freely: see `LanguageModel.write`."""
        prompt = self._prompt(system, user)
        grammar = self._native.grammar(schema) if schema is not None else None

        def following(written: Sequence[int]) -> Logits:
            values = self._native.next_log_probabilities([*prompt, *written], cancel)
            if grammar is None:
                return values
            if written:
                grammar.accept(written[-1])
            return grammar.allowed(values)

        def ends(token: int) -> bool:
            return token == self._end or self._vocabulary.ends(token)

        try:
            for piece in write_tokens(
                following, self._vocabulary.piece, ends,
                max_tokens=max_tokens, temperature=temperature, seed=seed,
            ):  # fmt: skip
                cancel.check()
                yield piece
        finally:
            if grammar is not None:
                grammar.close()

    def _prompt(self, system: str, user: str) -> list[int]:
        tokens = list(self._vocabulary.opening)
        for segment in self._template.segments(system, user):
            tokens += self._vocabulary.tokenize(segment.text, control=segment.control)
        return tokens

    def close(self) -> None:
        """Free its memory."""
        self._native.close()


def model_fingerprint(path: Path) -> str:
    """The `LanguageModel.fingerprint` of the model in `path`, which is not loaded for it."""
    return f"{model_name(path)}-{file_fingerprint(path)}"


def file_fingerprint(path: Path) -> str:
    """16 hex digits that change with the weights of a GGUF file.

    Over its size and 64 blocks of 64 KiB spread evenly from its head to its end, hence in
    milliseconds for a file of any size, where the whole of a large one takes many seconds at every
    start. Another training or quantization changes every block. Who must know that a file was not
    tampered with compares its full SHA-256; here a mistake would cost a stale likelihood.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    last = max(size - _SAMPLE_BYTES, 0)
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(last * number // (_SAMPLES - 1))
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:16]


def _check_header(path: Path) -> None:
    """Refuse what is no GGUF before llama.cpp is loaded for it."""
    hint = "Give the path of a GGUF file in language_model.model, or go without: --no-llm."
    try:
        with path.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except OSError as error:
        detail = f"{path}: {error.strerror}"
        raise ModelError("The language model cannot be read.", detail, hint) from error
    if magic != _GGUF_MAGIC:
        raise ModelError("The language model is not a GGUF file.", str(path), hint)
