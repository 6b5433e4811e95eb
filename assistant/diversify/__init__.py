"""From candidates to a shortlist that is spread over what they are about.

Every keyword makes a cluster of the candidates that carry it, so that a candidate belongs to as
many as it has keywords. Seats go to clusters as in an election by D'Hondt's rule (D'Hondt 1882),
which PM-2 brought to rankings (Dang and Croft, SIGIR 2012), and with terms in the place of topics
(Dang and Croft, SIGIR 2013): a cluster's votes are the relevance of its members, and each seat
that it has won lowers its claim on the next. What it was compared to: docs/diversity.md.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.clusters import cluster_by_keywords
from assistant.diversify.election import Keywords, Party, Shares
from assistant.diversify.manners import MANNERS, RELEVANT, Manner
from assistant.types import Candidate, Dial, Shortlisted, Video

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Group", "Shortlisted", "diversify", "elect", "groups_of"]

BEST = 3
"""The best are measured by the third of them: one that stands out does not make the rest
irrelevant. Of fewer than thirty candidates, by that of the first tenth: the third of three may be
what is left over."""
DRAWN_FROM = 4
"""Where seats are drawn, so many of a group may have one: those with the best claims on it."""


def diversify(
    candidates: Sequence[Candidate],
    k: int,
    *,
    dial: Dial,
    seed: int,
    shown: Sequence[Video] = (),
    aim: Mapping[str, float] | None = None,
) -> tuple[Shortlisted, ...]:
    """The best `k` candidates spread over clusters, in the order in which they won their seats.

    So every prefix of the shortlist is diverse too. A score says how far a candidate stands
    above a video taken at random, which has 0; so its relevance r is max(score, 0) / (score of
    the third best). The next seat goes to the candidate with the greatest r^a · q, where q is the
    claim of its keywords (`Keywords`) and a is set by the dial. Candidates that are not relevant
    enough win no seat; they follow in the order of their scores where there are not `k` others.

    Args:
        candidates: in any order; of equal scores the earlier counts as better.
        k: how many to choose.
        dial: how far from the order of the scores it may go.
        seed: the same seed gives the same shortlist.
        shown: what the session has shown already, the latest last; its keywords have seats.
        aim: the share of each of the viewer's interests, by name, where they asked for nothing
            else. The familiar setting seats candidates of each in that proportion.

    Returns:
        Each with the name of the group that it stands for; groups do not overlap.
    """
    return elect(candidates, k, MANNERS[dial], seed=seed, shown=shown, aim=aim)


def elect(
    candidates: Sequence[Candidate],
    k: int,
    manner: Manner,
    *,
    seed: int = 0,
    shown: Sequence[Video] = (),
    aim: Mapping[str, float] | None = None,
) -> tuple[Shortlisted, ...]:
    """What `diversify` does, for any manner and not for those of the dial alone."""
    if not candidates or k < 1:
        return ()
    ranked, relevance, relevant = _by_relevance(candidates)
    considered = ranked[: max(relevant, k)]
    groups = [0] * len(considered)
    names = [""] * len(considered)
    for number, cluster in enumerate(cluster_by_keywords([one.video for one in considered])):
        for member in cluster.members:
            groups[member], names[member] = number, cluster.name
    relevance, groups = relevance[:relevant], groups[:relevant]
    keywords = Keywords([one.video for one in ranked[:relevant]], relevance)
    keywords.seated_before(shown)
    interests = [one.interest or "" for one in ranked[:relevant]]
    parties: list[Party] = [
        keywords,
        Shares(groups, _votes(groups, relevance), manner.groups),
        Shares(interests, aim or {}, manner.interests if aim else 0.0),
    ]
    draw = random.Random(seed) if manner.draws else None  # noqa: S311
    own = relevance**manner.sharpness
    order = _seats(own, parties, np.asarray(groups), min(k, relevant), draw)
    order += range(relevant, min(k, len(ranked)))
    return tuple(Shortlisted(ranked[number], names[number]) for number in order)


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that are about the same, by falling score."""

    name: str
    members: tuple[Candidate, ...]


def groups_of(candidates: Sequence[Candidate], k: int) -> tuple[Group, ...]:
    """The groups that `diversify` names what it chooses by; each candidate is in one at most.

    Args:
        candidates: as it was given them.
        k: how many it chose.
    """
    if not candidates or k < 1:
        return ()
    ranked, _, relevant = _by_relevance(candidates)
    clusters = cluster_by_keywords([one.video for one in ranked[: max(relevant, k)]])
    return tuple(
        Group(cluster.name, tuple(ranked[member] for member in cluster.members))
        for cluster in clusters
    )


def _by_relevance(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], NDArray[np.float64], int]:
    """The candidates by falling score, how relevant each is, and how many are relevant enough."""
    ranked = sorted(candidates, key=lambda one: -one.score)
    relevance = _relevance([one.score for one in ranked])
    return ranked, relevance, int((relevance >= RELEVANT).sum())


def _relevance(scores: Sequence[float]) -> NDArray[np.float64]:
    """From 0 upwards, 1 for the third best, for falling `scores`."""
    best = scores[min(BEST, math.ceil(len(scores) / 10)) - 1]
    if best <= 0:  # nothing speaks for any of them: those that nothing speaks against are alike
        return (np.asarray(scores) >= best).astype(np.float64)
    return np.maximum(scores, 0.0) / best


def _votes(groups: Sequence[int], relevance: NDArray[np.float64]) -> dict[int, float]:
    totals = np.bincount(groups, weights=np.minimum(relevance, 1.0))
    return dict(enumerate(totals.tolist()))


def _seats(
    own: NDArray[np.float64],
    parties: Sequence[Party],
    groups: NDArray[np.intp],
    k: int,
    draw: random.Random | None,
) -> list[int]:
    """The numbers of `k` candidates, in the order of their seats."""
    order: list[int] = []
    waiting = np.ones(len(own), bool)
    while len(order) < k:
        claims = own * np.prod([party.claims() for party in parties], axis=0)
        claims[~waiting] = -1.0
        winner = int(claims.argmax())  # of equal claims the one with the best score
        if draw is not None:
            winner = _drawn(claims, np.flatnonzero(waiting & (groups == groups[winner])), draw)
        waiting[winner] = False
        for party in parties:
            party.seat(winner)
        order.append(winner)
    return order


def _drawn(claims: NDArray[np.float64], members: NDArray[np.intp], draw: random.Random) -> int:
    """One of the `members` of a group, by chance, in proportion to the best claims."""
    best = members[np.argsort(-claims[members], kind="stable")[:DRAWN_FROM]]
    return int(draw.choices(best.tolist(), claims[best].tolist())[0])
