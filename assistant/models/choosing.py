"""Decoding inside a finite language: how a model writes one of a given set of sentences."""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar

_Item = TypeVar("_Item", int, str)
_Sequence = TypeVar("_Sequence", str, tuple[int, ...])


def common_length(left: Sequence[_Item], right: Sequence[_Item]) -> int:
    """How many items `left` and `right` have in common from their start."""
    for index, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return index
    return min(len(left), len(right))


def write_one_of(
    sentences: Mapping[str, Sequence[int]],
    log_probabilities: Callable[[Sequence[int], Sequence[int]], Sequence[float]],
    *,
    temperature: float,
    seed: int,
) -> Iterator[str]:
    """Write one of `sentences` in pieces, asking the model only where they part.

    What all that are left have in common is said as soon as it is certain, up to the end of a
    word. When one is left, the rest of it is said without asking. Pieces are cut from the
    sentences themselves and not put together from tokens, so that a character which spans several
    tokens is never torn.

    Args:
        sentences: each with its tokens. The last token must end the answer, so that a sentence
            which is the beginning of another can be chosen.
        log_probabilities: the model: after these tokens, how likely each of those is.
        temperature: below 1 the likely becomes likelier; at 0 the likeliest is taken.
        seed: makes the draws repeatable.
    """
    draw = random.Random(seed)  # noqa: S311 - a wording, not a secret
    left = {tuple(path): sentence for sentence, path in sentences.items()}
    said = 0
    while len(left) > 1:
        written = _beginning_of_all(left)
        tokens = sorted({path[len(written)] for path in left})
        token = _draw(tokens, log_probabilities(written, tokens), temperature, draw)
        left = {path: text for path, text in left.items() if path[len(written)] == token}
        certain = _beginning_of_all(left.values())
        end = len(certain) if len(left) == 1 else whole_words(certain)
        if end > said:
            yield certain[said:end]
            said = end
    (sentence,) = left.values()
    if said < len(sentence):
        yield sentence[said:]


def _beginning_of_all(sequences: Collection[_Sequence]) -> _Sequence:
    """What all have in common: in order, the first and the last differ the soonest."""
    first = min(sequences)
    return first[: common_length(first, max(sequences))]


def _draw(
    tokens: Sequence[int], values: Sequence[float], temperature: float, draw: random.Random
) -> int:
    """One of `tokens`, by their probabilities among themselves."""
    top = max(values)
    if temperature <= 0:
        return tokens[values.index(top)]
    return draw.choices(tokens, [math.exp((value - top) / temperature) for value in values])[0]


def whole_words(text: str) -> int:
    """The length of the longest beginning of `text` that ends no word in its middle.

    A word ends after a space, and after every wide (Chinese, Japanese, Korean) character.
    """
    for end in range(len(text), 0, -1):
        last = text[end - 1]
        if last.isspace() or unicodedata.east_asian_width(last) in "WF":
            return end
    return 0
