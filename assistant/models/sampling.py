"""Decoding without a grammar: how a model writes freely."""

from __future__ import annotations

import codecs
import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_P = 0.05
"""Of the likeliest token's probability: tokens below it are not drawn (Nguyen et al. 2024)."""


def draw_token(
    log_probabilities: NDArray[np.float32], temperature: float, draw: random.Random
) -> int:
    """A token by its probability, of those that are not too unlikely beside the likeliest.

    Args:
        log_probabilities: of every token, of shape (vocabulary,).
        temperature: below 1 the likely becomes likelier; at 0 the likeliest is taken.
        draw: where chance comes from.
    """
    top = int(log_probabilities.argmax())
    if temperature <= 0:
        return top
    best = float(log_probabilities[top])
    likely = (log_probabilities >= best + math.log(MIN_P)).nonzero()[0].tolist()
    weights = [math.exp((float(log_probabilities[t]) - best) / temperature) for t in likely]
    return int(draw.choices(likely, weights)[0])


def write_tokens(
    following: Callable[[Sequence[int]], NDArray[np.float32]],
    piece: Callable[[int], bytes],
    ends: Callable[[int], bool],
    *,
    max_tokens: int,
    temperature: float,
    seed: int,
) -> Iterator[str]:
    """Write token after token until one ends the answer, or there are `max_tokens`.

    A character that spans several tokens comes whole, with the last of them.

    Args:
        following: ln P of every token after those written.
        piece: the bytes that a token writes.
        ends: whether a token ends the answer.
        max_tokens: the most tokens.
        temperature: see `draw_token`.
        seed: makes the draws repeatable.
    """
    draw = random.Random(seed)  # noqa: S311 - a wording, not a secret
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    written: list[int] = []
    while len(written) < max_tokens:
        token = draw_token(following(written), temperature, draw)
        if ends(token):
            break
        written.append(token)
        if text := decoder.decode(piece(token)):
            yield text
