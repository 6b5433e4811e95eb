"""What a language model must be able to do to take part in a turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a continuation is after a prefix."""

    log_probability: float
    """Natural logarithm of P(continuation | prefix), summed over its tokens."""
    tokens: int

    @property
    def per_token(self) -> float:
        """Mean log-probability of a token: comparable between long and short continuations."""
        return self.log_probability / max(self.tokens, 1)


class LanguageModel(Protocol):
    """A language model with one owner: it is not safe to call from two threads."""

    @property
    def name(self) -> str:
        """What a person calls it: ``SmolLM2-135M-Instruct``."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the weights do; stored likelihoods are filed under it."""

    @property
    def parameters(self) -> int:
        """How many it has: what it may be trusted with depends on that."""

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        """How likely each continuation is after `prefix`, which is read once.

        Both are plain text; control tokens of the model in them are neutralised.

        Raises:
            Cancelled: as soon as `cancel` is set, also while the prefix is being read.
            ModelError: the prefix does not fit into the context.
        """

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
        """Write one of `sentences` as the answer to a chat prompt, streamed in pieces.

        The model decodes inside the finite language of `sentences`: at each point where they
        part it draws from its own distribution over the tokens that lead on to one of them.

        Raises:
            Cancelled: as soon as `cancel` is set.
            ModelError: the prompt does not fit into the context.
        """

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
        """Write freely the answer to a chat prompt, streamed in pieces.

        What it writes is not checked for anything: see `assistant.explain.claims`.

        Args:
            system: who the model is to be.
            user: what it answers.
            cancel: stops it.
            max_tokens: where the answer is cut off, if it does not end before.
            temperature: 0 for the likeliest token each time.
            seed: makes the draws repeatable.
            schema: a JSON schema that what is written fits, unless it is cut off.

        Raises:
            Cancelled: as soon as `cancel` is set.
            ModelError: the prompt and the answer do not fit into the context.
        """

    def close(self) -> None:
        """Free its memory. It must not be used afterwards."""
