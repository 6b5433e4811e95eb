"""From candidates to a shortlist that is spread over what they are about.

Candidates are clustered by their stored keywords. Seats go to clusters as in an election by
D'Hondt's rule (D'Hondt 1882), as PM-2 uses it to diversify a ranking (Dang & Croft, SIGIR 2012):
a cluster's votes are the relevance of its members, and the next seat goes to the cluster with
the highest quotient votes / (seats + 1).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clusters import cluster_by_keywords
from assistant.types import Candidate, Dial, Shortlisted

__all__ = ["Shortlisted", "diversify"]


@dataclass(frozen=True, slots=True)
class _Manner:
    """What a setting of the dial means."""

    sharpness: float
    """The exponent of a candidate's relevance: how much more the best count."""
    proportion: float
    """The exponent of the quotient against that of the candidate's own relevance: at 0 the
    order is that of the scores, at 1 that of D'Hondt."""
    flatness: float
    """The exponent of a cluster's votes: below 1 small clusters get more than their share."""
    draws: bool
    """Whether a seat is drawn among the better half of its cluster, not given to the best."""


MANNERS = {
    Dial.FAMILIAR: _Manner(sharpness=6.0, proportion=0.15, flatness=1.0, draws=False),
    Dial.BALANCED: _Manner(sharpness=3.0, proportion=0.4, flatness=1.0, draws=False),
    Dial.EXPLORE: _Manner(sharpness=1.5, proportion=0.7, flatness=0.5, draws=True),
}
RELEVANT = 0.6
"""A candidate may win a seat if it scores so much of what the best do."""
BEST = 3
"""The best are measured by the third of them: one that stands out does not make the rest
irrelevant."""


def diversify(
    candidates: Sequence[Candidate], k: int, *, dial: Dial, seed: int
) -> tuple[Shortlisted, ...]:
    """The best `k` candidates spread over clusters, in the order in which they won their seats.

    So every prefix of the shortlist is diverse too. A score says how far a candidate stands
    above a video taken at random, which has 0; so its relevance r is max(score, 0) / (score of
    the third best), to the power of the dial's sharpness. The next seat goes to the cluster with
    the highest q^p · r^(1−p), where q is D'Hondt's quotient, r the relevance of its next
    candidate, and p set by the dial. Candidates that are not relevant enough win no seat; they
    follow in the order of their scores only where there are not `k` others.

    Args:
        candidates: in any order; of equal scores the earlier counts as better.
        k: how many to choose.
        dial: how far from the order of the scores it may go.
        seed: the same seed gives the same shortlist.
    """
    manner = MANNERS[dial]
    ranked = sorted(candidates, key=lambda one: -one.score)
    if not ranked or k < 1:
        return ()
    relevances = _relevances([one.score for one in ranked])
    relevant = sum(relevance >= RELEVANT for relevance in relevances)
    relevances = [relevance**manner.sharpness for relevance in relevances]
    clusters = cluster_by_keywords([one.video for one in ranked[: max(relevant, k)]])
    names = {member: cluster.name for cluster in clusters for member in cluster.members}
    lists = [
        _List([member for member in cluster.members if member < relevant], relevances, manner, k)
        for cluster in clusters
    ]
    order = _seats(lists, min(k, relevant), manner, random.Random(seed))  # noqa: S311
    order += range(relevant, min(k, len(ranked)))
    return tuple(Shortlisted(ranked[number], names[number]) for number in order)


def _relevances(scores: Sequence[float]) -> list[float]:
    """From 0 upwards, 1 for the third best, for falling `scores`."""
    best = scores[min(BEST, len(scores)) - 1]
    if best <= 0:  # nothing speaks for any of them: those that nothing speaks against are alike
        return [float(score >= best) for score in scores]
    return [max(score, 0.0) / best for score in scores]


class _List:
    """An election list: the relevant members of a cluster, best first, and its votes.

    Only those who could all be seated have a vote: a large cluster is not thereby a good one.
    """

    def __init__(
        self, members: list[int], relevances: Sequence[float], manner: _Manner, seats: int
    ) -> None:
        self.waiting = members
        self.relevances = relevances
        votes = sum(min(relevances[member], 1.0) for member in members[:seats])
        self.votes = votes**manner.flatness
        self.better_half = frozenset(members[: (len(members) + 1) // 2])
        self.seats = 0

    def claim(self, manner: _Manner) -> float:
        quotient = self.votes / (self.seats + 1)
        own = self.relevances[self.waiting[0]]
        return float(quotient**manner.proportion * own ** (1 - manner.proportion))

    def take(self, draw: random.Random | None) -> int:
        """The member that takes the next seat."""
        drawn_from = [member for member in self.waiting if member in self.better_half]
        member = self.waiting[0]
        if draw is not None and drawn_from:
            weights = [self.relevances[one] for one in drawn_from]
            member = draw.choices(drawn_from, weights)[0]
        self.waiting.remove(member)
        self.seats += 1
        return member


def _seats(lists: Sequence[_List], k: int, manner: _Manner, draw: random.Random) -> list[int]:
    order: list[int] = []
    while len(order) < k:
        # of equal claims the first wins: `lists` are ordered by their best member
        winner = max((one for one in lists if one.waiting), key=lambda one: one.claim(manner))
        order.append(winner.take(draw if manner.draws else None))
    return order
