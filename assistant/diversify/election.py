"""Who has a claim on the next seat: keywords, and parts into which the candidates fall."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np

from assistant.clusters import keywords_of, place_of, terms_of
from assistant.types import Video
from store.unit import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHOWN_HALF_LIFE = 10
"""After so many more videos, what was shown counts half."""


Label = TypeVar("Label", bound=Hashable)


class Party(Protocol):
    """What candidates stand for, and what it has won."""

    def claims(self) -> Floats:
        """What each candidate claims in its name, shape (candidates,), none below 0."""

    def seat(self, number: int) -> None:
        """A candidate has won a seat."""


class Keywords:
    """Parties of keywords: a candidate stands for all that it carries.

    A candidate is a unit vector x over keywords and their words. The votes v of a term are the
    relevance of the candidates, each in the measure of its x. They count by their square root, as
    Penrose (1946) has it for assemblies: else what most candidates have in common, which is what
    was asked for, would outvote everything by which they differ. With s the seats that a term has
    won, the claim of a candidate is Σ x·√v / (s + 1): D'Hondt's quotient, summed over its terms.

    Args:
        videos: of the candidates. One without keywords stands for its channel, else for its kind.
        relevance: of each, shape (candidates,); above 1 it counts no more than 1.
    """

    def __init__(self, videos: Sequence[Video], relevance: Floats) -> None:
        terms = [_terms(video) for video in videos]
        self._columns = {
            term: column
            for column, term in enumerate(dict.fromkeys(t for row in terms for t in row))
        }
        self._carried = np.array([self._row(row) for row in terms]).reshape(len(videos), -1)
        self._standing = unit(self._carried)
        self._votes = np.sqrt(np.minimum(relevance, 1.0) @ self._standing)
        self._seats = np.zeros(len(self._columns))

    def seated_before(self, shown: Sequence[Video]) -> None:
        """Give the keywords of what was shown, the latest last, the seats that they had."""
        for age, video in enumerate(reversed(shown)):
            self._seats += 0.5 ** (age / SHOWN_HALF_LIFE) * self._row(_terms(video))

    def claims(self) -> Floats:
        """What each candidate claims, shape (candidates,)."""
        return np.asarray(self._standing @ (self._votes / (self._seats + 1)))

    def seat(self, number: int) -> None:
        """All that a candidate carries has won a seat."""
        self._seats += self._carried[number]

    def _row(self, terms: Mapping[tuple[str, ...], float]) -> Floats:
        row = np.zeros(len(self._columns))
        for term, weight in terms.items():
            if term in self._columns:
                row[self._columns[term]] = weight
        return row


class Shares(Generic[Label]):
    """Parties that do not overlap, each with a share of the seats by D'Hondt's rule.

    Args:
        labels: which of them each candidate stands for.
        votes: of each of them; none for those that are not named.
        exponent: how much the quotient counts; at 0 all claims are alike.
    """

    def __init__(
        self, labels: Sequence[Label], votes: Mapping[Label, float], exponent: float
    ) -> None:
        names = {name: number for number, name in enumerate(dict.fromkeys(labels))}
        self._labels = np.array([names[label] for label in labels], np.intp)
        self._votes = np.array([votes.get(name, 0.0) for name in names])
        self._seats = np.zeros(len(names))
        self._exponent = exponent

    def claims(self) -> Floats:
        """What each candidate claims, shape (candidates,)."""
        quotients = (self._votes / (self._seats + 1)) ** self._exponent
        return np.asarray(quotients[self._labels])

    def seat(self, number: int) -> None:
        """The party of a candidate has won a seat."""
        self._seats[self._labels[number]] += 1


def _terms(video: Video) -> dict[tuple[str, ...], float]:
    return terms_of(keywords_of(video) or (place_of(video),))
