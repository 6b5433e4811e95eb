"""What is compared: each system ranks the videos of a library for a query."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.evaluation.queries import Query

DEPTH = 100
"""How many videos a system ranks."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a system answers."""

    ids: tuple[str, ...]
    """Best first, at most `DEPTH`."""
    seconds: Mapping[str, float]
    """What it took, by stage."""

    @property
    def total(self) -> float:
        """The seconds of all stages together."""
        return sum(self.seconds.values())


class System(Protocol):
    """Ranks videos."""

    @property
    def name(self) -> str:
        """As it stands in the table."""

    def rank(self, query: Query) -> Ranking | None:
        """Answer a query; None where it asks for nothing that this system knows of."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A system that is one function of the query."""

    name: str
    best: Callable[[Query], Sequence[str] | None]
    """The best `DEPTH` ids, best first."""

    def rank(self, query: Query) -> Ranking | None:
        """Answer a query."""
        started = time.perf_counter()
        ids = self.best(query)
        spent = time.perf_counter() - started
        return None if ids is None else Ranking(tuple(ids[:DEPTH]), {"rank": spent})
