"""What models were measured to be worth on a history.

It is kept in the library, so that it goes with the signals that it was measured on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.types import Value

if TYPE_CHECKING:
    from store.library import Library
    from store.library.trained import LanguageModelGain

_NAME = "ranking with {model}"
_KEY = "nDCG@10 of one's own history"


class Ranked(Value):
    """How well recommendations made with an embedding model were measured to be here."""

    ndcg: float
    """nDCG@10 on the person's own history: see `assistant.evaluation.own_history`."""
    low: float | None = None
    high: float | None = None
    """Its 95 % interval."""
    likes: int
    """That were to be found."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a library says of models. Without one it says nothing."""

    gain: Callable[[str], LanguageModelGain | None] = lambda _: None
    """Of a language model, by its `likelihood_key`."""
    ranked: Callable[[str], Ranked | None] = lambda _: None
    """Of an embedding model, by its name in the catalogue."""

    @classmethod
    def of(cls, library: Library) -> Worth:
        """What was measured on the history of a library, which stays open."""
        return cls(library.language_model_gain, lambda name: _ranked(library, name))


def put_ranked(library: Library, name: str, ranked: Ranked) -> None:
    """Keep what was measured of an embedding model, in place of what was measured before."""
    library.put_trained_model(_NAME.format(model=name), _KEY, b"", ranked.model_dump())


def _ranked(library: Library, name: str) -> Ranked | None:
    kept = library.trained_model(_NAME.format(model=name), _KEY)
    if kept is None:
        return None
    try:
        return Ranked.model_validate(kept.report)
    except ValidationError:  # of another version: it is measured again
        return None
