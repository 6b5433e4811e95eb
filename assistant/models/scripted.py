"""A language model that does as it is told: for tests of conversations and for users' scripts."""

from __future__ import annotations

import random
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.cancel import CancelToken
from assistant.errors import ModelError
from assistant.models.base import Likelihood

_GIVES_UP_AFTER_S = 30.0
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of the model: what it was shown, and what it had to score or to choose from."""

    prompt: str
    """The prefix, or the system and the user message with a newline between."""
    options: tuple[str, ...]


class ScriptedModel:
    """A deterministic `LanguageModel` without weights.

    Args:
        likelihoods: ln P of a continuation by its text (stripped), after any prefix. What is not
            listed gets -2 a word, and 1 more for each of its words that the prefix has too: so
            titles that share words with the request are likelier than without it.
        answers: sentences to choose, in turn; each must be among those offered. When they are
            used up, and without any, the seed chooses.
        parameters: how many it claims to have.
        writings: what it writes freely, in turn. When they are used up it writes nothing.
        failure: raised by every call, if given.
        stalls: whether every call waits until it is cancelled.
    """

    def __init__(
        self,
        *,
        likelihoods: Mapping[str, float] | None = None,
        answers: Iterable[str] = (),
        writings: Iterable[str] = (),
        parameters: int = 0,
        failure: ModelError | None = None,
        stalls: bool = False,
    ) -> None:
        self._likelihoods = dict(likelihoods or {})
        self._answers = deque(answers)
        self._writings = deque(writings)
        self._parameters = parameters
        self._failure = failure
        self._stalls = stalls
        self.asked: list[Asked] = []
        self.closed = False

    @property
    def name(self) -> str:
        """What a person calls it."""
        return "scripted"

    @property
    def fingerprint(self) -> str:
        """The same for all scripts."""
        return "scripted"

    @property
    def parameters(self) -> int:
        """As many as it was given."""
        return self._parameters

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        """The likelihoods of the script: see `LanguageModel.likelihoods`."""
        self._begin(prefix, continuations, cancel)
        known = set(_words(prefix))
        return [self._likelihood(text, known) for text in continuations]

    def _likelihood(self, continuation: str, known: set[str]) -> Likelihood:
        words = _words(continuation)
        by_rule = -2.0 * len(words) + sum(word in known for word in words)
        value = self._likelihoods.get(continuation.strip(), by_rule)
        return Likelihood(log_probability=value, tokens=max(len(words), 1))

    def choose(
        self,
        system: str,
        user: str,
        sentences: Sequence[str],
        cancel: CancelToken,
        *,
        temperature: float,  # noqa: ARG002 - there is no distribution to sharpen
        seed: int,
    ) -> Iterator[str]:
        """The next scripted answer, else one by the seed: see `LanguageModel.choose`.

        Raises:
            ModelError: the scripted answer is not among the sentences.
        """
        self._begin(f"{system}\n{user}", sentences, cancel)
        if self._answers:
            sentence = self._answers.popleft()
            if sentence not in sentences:
                raise ModelError(
                    "The scripted answer is not among the sentences.",
                    sentence,
                    f"One of them is: {next(iter(sentences), 'nothing at all')}",
                )
        else:
            sentence = random.Random(seed).choice(sentences)  # noqa: S311 - not a secret
        for piece in re.findall(r"\S+\s*", sentence):
            cancel.check()
            yield piece

    def write(
        self,
        system: str,
        user: str,
        cancel: CancelToken,
        *,
        max_tokens: int,
        temperature: float,  # noqa: ARG002 - there is no distribution to sharpen
        seed: int,  # noqa: ARG002
        schema: Mapping[str, object] | None = None,  # noqa: ARG002
    ) -> Iterator[str]:
        """The next of the writings, a word a token: see `LanguageModel.write`."""
        self._begin(f"{system}\n{user}", (), cancel)
        text = self._writings.popleft() if self._writings else ""
        for piece in re.findall(r"\s*\S+\s*", text)[:max_tokens]:
            cancel.check()
            yield piece

    def _begin(self, prompt: str, options: Sequence[str], cancel: CancelToken) -> None:
        self.asked.append(Asked(prompt, tuple(options)))
        deadline = time.monotonic() + _GIVES_UP_AFTER_S
        while self._stalls and time.monotonic() < deadline:
            cancel.check()
            time.sleep(0.001)
        cancel.check()
        if self._failure is not None:
            raise self._failure
        if self._stalls:
            raise ModelError("The scripted model waited to be stopped, and nobody stopped it.")

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
