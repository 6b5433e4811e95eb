"""What moved a pick to its place, by counterfactual: how far it would fall without each source.

Without a source everything stays as it is but for what the source says, of every candidate: as if
it had never been said, liked or known, and nothing else took its place. The weights are those of
the request as it was made. `assistant.retrieve.counterfactual` says what that means for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """What may speak for a pick."""

    LIKED = "liked"
    """A video behind the taste, by its id."""
    INTEREST = "interest"
    """One of the viewer's interests, by its name."""
    NAMED = "named"
    """A title that was named or pointed at, by its id."""
    WORDS = "words"
    """The words of what was asked for."""
    MEANING = "meaning"
    """Its meaning."""
    COMMUNITY = "community"
    """What other people like together with what is named, else liked."""
    VIEWS = "views"
    """Views and likes."""
    RATERS = "raters"
    """How many other people rated or named it."""
    PROMINENCE = "prominence"
    """How well known its people are."""
    MEMORY = "memory"
    """Something that the person said about themselves, in their words."""
    LIMIT = "limit"
    """What the request rules out, by its `Slot`."""
    RELEVANCE = "relevance"
    """The relevance model."""
    MODEL = "model"
    """The language model."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a score."""

    kind: SourceKind
    key: str = ""
    """Which of its kind."""


@dataclass(frozen=True, slots=True)
class Fall:
    """What a pick would lose without a source."""

    source: Source
    places: int
    """How many more candidates would stand above it; 0 where it would stand as high or higher."""
    loss: float
    """How much more of its score it would lose than the candidates lose on average."""
    near: bool = True
    """Of a like, an interest or a title: whether the pick is close to it in meaning."""
    at_least: bool = False
    """Whether there may be more places: not all that a limit keeps out is looked at."""

    @property
    def moved(self) -> bool:
        """Whether the source moved the pick up at all."""
        return self.places > 0 or self.loss > LEAST_LOSS

    @property
    def rank(self) -> tuple[int, float]:
        """Sorts falls, the farthest first."""
        return -self.places, -self.loss

    @property
    def most_places(self) -> int:
        """How many they may be."""
        return MANY_TIMES * self.places + A_FEW if self.at_least else self.places


LEAST_LOSS = 1e-6
"""Less is what sums are rounded by."""
MANY_TIMES, A_FEW = 3, 3
"""What is kept out and not looked at, beside what was (`benchmarks.evidence`)."""


def strongest(falls: Sequence[Fall], count: int) -> tuple[Fall, ...]:
    """Those that are among the `count` farthest, whatever those may come to that may be farther.

    Args:
        falls: the farthest first.
        count: how many.
    """
    found = []
    for place, fall in enumerate(falls[:count]):
        unsure = (one for one in falls[place + 1 :] if one.at_least)
        farther = place + sum(one.most_places >= fall.places for one in unsure)
        if fall.moved and farther < count:
            found.append(fall)
    return tuple(found)
