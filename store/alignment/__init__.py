"""A turn of the multilingual space onto that of the packaged English embedding model.

So a Chinese title lies near its English translation among vectors that were made by a model which
cannot read Chinese. ``python -m store.alignment.build`` makes ``turn.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assistant.types import Matrix, Vector

FILE = "turn.npz"


class Turn(NamedTuple):
    """x ↦ unit((x − source)·turn + target)."""

    model: str
    """The key of the embedding model whose space it leads to."""
    source: Vector
    """The mean of English texts in the multilingual space."""
    turn: Matrix
    """Orthogonal rows, of shape (512, dimension): Schönemann's solution (1966)."""
    target: Vector
    """The mean of the same texts in the other space."""


def applies(model: str) -> bool:
    """Whether there is a turn onto the space of the embedding model with this key."""
    return shipped().model == model


def aligned(texts: Sequence[str]) -> Matrix:
    """Unit vectors of `texts`, in any language, in the space of the packaged model."""
    import numpy as np

    from store import multilingual
    from store.unit import unit

    turn = shipped()
    turned = (multilingual.encode(texts) - turn.source) @ turn.turn + turn.target
    return unit(np.asarray(turned, np.float32))


@cache
def shipped() -> Turn:
    """The turn that comes with Matinee."""
    import numpy as np

    with (resources.files(__name__) / FILE).open("rb") as file, np.load(file) as read:
        return Turn(
            str(read["model"]), read["source"], read["turn"].astype(np.float32), read["target"]
        )
