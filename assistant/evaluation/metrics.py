"""What one ranking is worth: the standard measures, each of one query.

`tests/assistant/evaluation/test_metrics.py` holds them to ir-measures, which asks trec_eval and
ndeval. They are here, and not used from there, because a run of thousands of small rankings
through files of those programs' formats would take longer than the ranking itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix

ALPHA = 0.5
"""How much a subtopic is worth less each time it comes again, as ndeval has it."""
SMOOTHING = 0.01
"""So much of the aim is mixed into the mix of a list in `calibration` (Steck 2018, equation 7)."""


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant videos that are among the first `k`; 0 where none is relevant."""
    if not relevant:
        return 0.0
    return len(set(ranked[:k]).intersection(relevant)) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / the rank of the first relevant video; 0 where there is none."""
    return next((1 / rank for rank, id_ in enumerate(ranked, 1) if id_ in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Collection[str] | Mapping[str, float], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k` (Järvelin and Kekäläinen 2002).

    Args:
        ranked: ids, best first.
        relevant: what is relevant, each as much as the others; or, by id, how much each is.
        k: how many count.
    """
    grades = relevant if isinstance(relevant, Mapping) else dict.fromkeys(relevant, 1.0)
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    return _dcg([grades.get(id_, 0.0) for id_ in ranked[:k]]) / ideal if ideal > 0 else 0.0


def alpha_ndcg(
    ranked: Sequence[str],
    subtopics: Mapping[str, Collection[str]],
    k: int,
    *,
    alpha: float = ALPHA,
) -> float:
    """α-nDCG: relevance that wears off as subtopics repeat (Clarke et al. 2008).

    The ideal list, which is NP-hard to find, is built greedily, as they do (section 3.3).

    Args:
        ranked: ids, best first.
        subtopics: of each relevant video those that it speaks of.
        k: how many count.
        alpha: how much of a subtopic's worth goes each time it comes.
    """
    ideal = _dcg(_ideal_novelty(subtopics, k, alpha))
    return _dcg(_novelty(ranked[:k], subtopics, alpha)) / ideal if ideal > 0 else 0.0


def subtopic_recall(
    ranked: Sequence[str], subtopics: Mapping[str, Collection[str]], k: int
) -> float:
    """S-recall: the share of all subtopics that the first `k` cover (Zhai et al. 2003, 2.2)."""
    everything = set[str]().union(*subtopics.values())
    if not everything:
        return 0.0
    covered = set[str]().union(*(subtopics.get(id_, ()) for id_ in ranked[:k]))
    return len(covered) / len(everything)


def intra_list_distance(vectors: Matrix) -> float:
    """The mean cosine distance between any two of a list (Ziegler et al. 2005; Zhang 2008).

    Args:
        vectors: unit vectors, of shape (videos, dimension).

    Returns:
        Between 0 and 2; NaN for less than two videos, which have no distance.
    """
    n = len(vectors)
    if n < 2:
        return float("nan")
    total = np.asarray(vectors, np.float64).sum(axis=0)
    # The similarities of all pairs, both ways and each with itself, add up to the squared sum.
    return float(1 - (total @ total - n) / (n * (n - 1)))


def coverage(lists: Iterable[Sequence[str]], videos: int, k: int) -> float:
    """The share of a catalogue's videos that are in any list's first `k` (Ge et al. 2010, 3.1)."""
    shown = {id_ for ranked in lists for id_ in ranked[:k]}
    return len(shown) / videos if videos else 0.0


def mean_popularity(ranked: Sequence[str], popularity: Mapping[str, float], k: int) -> float:
    """The mean of the popularity of the first `k`; NaN for an empty list.

    Args:
        ranked: ids, best first.
        popularity: by id; what is not in it has 0.
        k: how many count.
    """
    return float(np.mean([popularity.get(id_, 0.0) for id_ in ranked[:k]])) if ranked else np.nan


def popularity_ranks(counts: Mapping[str, float], ids: Sequence[str]) -> dict[str, float]:
    """Each video's place among all by popularity, from 0 to 1; the mean over the catalogue is .5.

    A count of views or ratings means little in another catalogue; a place means the same in all.
    Equal counts share the mean of their places.
    """
    values = np.array([counts.get(id_, 0.0) for id_ in ids])
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, "left")
    not_above = np.searchsorted(ordered, values, "right")
    places = (below + not_above) / 2 / max(len(ids), 1)
    return dict(zip(ids, places.tolist(), strict=True))


def calibration(aim: Mapping[str, float], shown: Mapping[str, float]) -> float:
    """How far the mix of a list is from the viewer's own: KL(aim ‖ shown) (Steck 2018, equation 4).

    Args:
        aim: the share of each interest in the viewer's history. They are scaled to sum to 1.
        shown: the share of each in the list, scaled likewise. An empty one is as far as can be.

    Returns:
        In nats: 0 for the same mix.
    """
    p = _shares(aim, aim)
    q = (1 - SMOOTHING) * _shares(shown, aim) + SMOOTHING * p
    present = p > 0
    return float(np.sum(p[present] * np.log(p[present] / q[present])))


def _dcg(gains: Sequence[float]) -> float:
    discounts = np.log2(np.arange(2, len(gains) + 2))
    return float(np.sum(np.asarray(gains, np.float64) / discounts))


def _novelty(
    ranked: Iterable[str], subtopics: Mapping[str, Collection[str]], alpha: float
) -> list[float]:
    """The gain of each video of a list: Σ over its subtopics of (1 − α)^(times seen before)."""
    worth: dict[str, float] = {}
    gains = []
    for id_ in ranked:
        own = subtopics.get(id_, ())
        gains.append(sum(worth.get(one, 1.0) for one in own))
        worth.update({one: worth.get(one, 1.0) * (1 - alpha) for one in own})
    return gains


def _ideal_novelty(subtopics: Mapping[str, Collection[str]], k: int, alpha: float) -> list[float]:
    """The gains of the list that takes, each time, the video that gains most."""
    names = sorted(set[str]().union(*subtopics.values()))
    place = {name: column for column, name in enumerate(names)}
    carries = np.zeros((len(subtopics), len(names)), np.float64)
    for row, own in enumerate(subtopics.values()):
        carries[row, [place[one] for one in own]] = 1.0
    worth = np.ones(len(names))
    gains = []
    for _ in range(min(k, len(subtopics))):
        left = carries @ worth
        best = int(left.argmax())
        gains.append(float(left[best]))
        worth[carries[best] > 0] *= 1 - alpha
        carries[best] = 0.0
    return gains


def _shares(mix: Mapping[str, float], names: Iterable[str]) -> NDArray[np.float64]:
    """A mix over `names`, as shares of all of it."""
    total = sum(mix.values())
    return np.array([mix.get(name, 0.0) / total if total > 0 else 0.0 for name in names])
