"""The weights of the fusion, learned on recorded requests, rating histories and topics.

usage: python -m benchmarks.weights PLACE… [--ratings FILE] [--lists FILE] [--cache FOLDER]
                                    [--cases FILE] [--limit N] [--write]

PLACE is what `matinee evaluate --benchmark` takes. For each kind of request, and for whatever may
be known of other people (nothing, their ratings, what they name together), a conditional logit
(McFadden 1974) is fitted: P(video) is the softmax of the weighted features over the pool, and the
likelihood of the videos that turned out relevant is maximised, with weights that may not be below
0 and a Gaussian prior. Printed are figures of scores out of fold (five folds, by conversation and
by viewer) beside those of the weights in force. With --write, assistant/retrieve/weights.toml is
written. CASES keeps the features for the next time.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from assistant.evaluation.benchmark import find_benchmarks
from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.catalogue import prepared
from assistant.evaluation.metrics import ndcg, recall
from assistant.evaluation.others import folds, read_others
from assistant.evaluation.pipeline import Understanding
from assistant.evaluation.queries import Query, Task
from assistant.narrator import Silent
from assistant.retrieve import RetrievalStore, fusion
from assistant.retrieve.features import Feature, compute
from assistant.retrieve.fusion import Asked, Others, asked, learned_weights
from assistant.retrieve.pool import gather
from assistant.retrieve.query import build_query
from assistant.settings import RecommendSettings, Settings
from assistant.taste import read_taste
from assistant.types import Dial, Taste
from assistant.workspace import Workspace
from store.community import Community, CommunityKind, CommunitySource

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.evaluation.others import Others as Ratings

FOLDS = 5
POOL = 200
FEWEST = 50
"""Requests of a kind from which anything can be learned."""
PRIOR = 0.001
"""Half the inverse variance of a weight under the prior, a request having the likelihood of 1."""
KNOWN: Mapping[Others, frozenset[Feature]] = {
    Others.NONE: frozenset(),
    Others.RATINGS: frozenset({Feature.RATED, Feature.RATERS}),
    Others.LISTS: frozenset({Feature.RATED, Feature.RATERS, Feature.LISTED, Feature.LISTERS}),
}
ASSUMED: Mapping[Asked, Mapping[Feature, float]] = {
    Asked.WISH: {Feature.TASTE: 0.2, Feature.INTEREST: 0.05, Feature.POPULARITY: 0.15},
    Asked.MOOD: {
        Feature.WISH: 1.0,
        Feature.SAID_TAGS: 1.0,
        Feature.TASTE: 0.3,
        Feature.INTEREST: 0.1,
        Feature.POPULARITY: 0.3,
    },
    Asked.TITLES: {Feature.TASTE: 0.15, Feature.INTEREST: 0.05, Feature.POPULARITY: 0.2},
    Asked.TITLES_AND_WISH: {Feature.TASTE: 0.1, Feature.INTEREST: 0.05, Feature.POPULARITY: 0.15},
    Asked.NOTHING: {
        Feature.POPULARITY: 0.3,
        Feature.INTEREST: 0.1,
        Feature.TASTE: 0.5,
        Feature.TASTE_TIME: 2.0,
        Feature.TASTE_KIND: 1.0,
        Feature.TASTE_LANGUAGE: 1.0,
    },
}
"""What the data say nothing of: nobody's views are known, no viewer is asked for a subject, all of
them watch films, in English.

Those who rated films on one site liked the years around them more than their subjects (fitted, .3
and 4.8, for .004 of nDCG); whoever watches talks of one year shall still get their subjects. That
tags tell moods best (fitted, 2.1, for nothing) holds where tags are genres. These are fixed while
the others are fitted, as are those below."""
DISLIKES = {Feature.DISLIKED: -0.4, Feature.UNWANTED: -0.8, Feature.LESS: -0.8}
REMEMBERED = {Feature.MEMORY: 0.4, Feature.MEMORY_DISLIKED: -0.4}
"""Nobody in the data says anything about themselves: what they do counts for less than a wish, and
for more than nearness to one of many likes."""
_SAID = (
    Feature.SAID, Feature.SAID_WORDS, Feature.SAID_TAGS, Feature.PROMINENCE,
)  # fmt: skip
_WISH = (Feature.WISH, Feature.WISH_WORDS)
_TITLES = (
    Feature.NAMED, Feature.NEAREST_NAMED, Feature.NAMED_WORDS, Feature.NAMED_TAGS,
    Feature.NAMED_PEOPLE, Feature.NAMED_TIME, Feature.LEANING,
)  # fmt: skip
LEARNED: Mapping[Asked, tuple[Feature, ...]] = {
    Asked.WISH: (*_WISH, *_SAID),
    Asked.MOOD: (Feature.WISH_WORDS, Feature.SAID, Feature.SAID_WORDS, Feature.PROMINENCE),
    Asked.TITLES: (*_SAID, *_TITLES),
    Asked.TITLES_AND_WISH: (*_WISH, *_SAID, *_TITLES),
    Asked.NOTHING: (
        Feature.TASTE_TAGS, Feature.TASTE_PEOPLE, Feature.PROMINENCE, Feature.LEANING,
    ),
}  # fmt: skip


@dataclass
class Case:
    """One query, the features of its pool, and what was right."""

    task: str
    kind: Asked
    fold: int
    ids: list[str]
    features: dict[Feature, NDArray[np.float32]]
    relevant: frozenset[str]
    pools: dict[Others, NDArray[np.bool_]]
    """Which of the ids would be in the pool with no more than that known of others."""
    right: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.right = np.array([one in self.relevant for one in self.ids], bool)

    def matrix(self, features: Sequence[Feature]) -> NDArray[np.float32]:
        """Shape (pool, features)."""
        none = np.zeros(len(self.ids), np.float32)
        return np.column_stack([self.features.get(one, none) for one in features])


# --- cases -------------------------------------------------------------------------------------


def gather_cases(
    place: Path, cache: Path, others: Mapping[Others, Ratings], limit: int | None
) -> Iterator[Case]:
    """The queries of a benchmark with their features."""
    for benchmark in find_benchmarks(place, limit):
        with (
            prepared(benchmark.catalogue, cache, Settings(), Silent()) as catalogue,
            Workspace(catalogue.locations, Settings(), llm=False) as workspace,
        ):
            understanding = Understanding(workspace, Dial.FAMILIAR)
            for task in benchmark.tasks:
                given = others if task.kind != "topics" else {}
                yield from _of_task(task, workspace, understanding, given)


def _of_task(
    task: Task,
    workspace: Workspace,
    understanding: Understanding,
    others: Mapping[Others, Ratings],
) -> Iterator[Case]:
    ids = workspace.library.ids()
    barred = frozenset(ids) - task.candidates if task.candidates is not None else frozenset()
    for fold in folds(task, tuple(others.values())):
        sources = [CommunitySource.of(lesson.name, lesson.learned, ids) for lesson in fold.lessons]
        for query in fold.queries:
            yield _case(task, query, workspace, understanding, sources, barred)


def _case(
    task: Task,
    query: Query,
    workspace: Workspace,
    understanding: Understanding,
    sources: Sequence[CommunitySource],
    barred: frozenset[str],
) -> Case:
    request, _ = understanding.of(query)
    taste = _taste(query, workspace)
    pools: dict[Others, dict[str, None]] = {}
    for known in Others:
        chosen = [one for one in sources if _of_kind(one) in _UP_TO[known]]
        store = RetrievalStore(
            workspace.library, workspace.searcher(), workspace.embedder(), Community(tuple(chosen))
        )
        asked_for = build_query(request, taste, store, query.exclude | barred)
        pool = gather(asked_for, store, size=POOL)
        pools[known] = dict.fromkeys(pool.ids)
    pool.ids = list(pools[Others.LISTS] | pools[Others.RATINGS] | pools[Others.NONE])
    scores = compute(asked_for, pool, store).scores
    return Case(
        task.kind,
        asked(asked_for),
        crc32(query.person.encode()) % FOLDS,
        pool.ids,
        {one: values.astype(np.float32) for one, values in scores.items()},
        query.relevant,
        {known: np.array([one in ids for one in pool.ids], bool) for known, ids in pools.items()},
    )


_UP_TO = {
    Others.NONE: (),
    Others.RATINGS: (Others.RATINGS,),
    Others.LISTS: (Others.RATINGS, Others.LISTS),
}


def _of_kind(source: CommunitySource) -> Others:
    return Others.RATINGS if source.kind is CommunityKind.RATINGS else Others.LISTS


def _taste(query: Query, workspace: Workspace) -> Taste:
    signals = list(query.history)
    if not signals:
        return Taste()
    return read_taste(
        signals,
        workspace.library,
        workspace.embedding_key,
        now=signals[-1].at,
        settings=RecommendSettings(),
    )


# --- fitting -----------------------------------------------------------------------------------


def fit(
    cases: Sequence[Case],
    features: Sequence[Feature],
    fixed: Mapping[Feature, float],
    known: Others,
) -> dict[Feature, float]:
    """The weights that maximise the likelihood of what was right; none is below 0."""
    from scipy.optimize import minimize

    told = [one for one in cases if (one.right & one.pools[known]).any()]
    if not told:
        return dict.fromkeys(features, 0.0)
    matrices = [one.matrix(features)[one.pools[known]] for one in told]
    rights = [one.right[one.pools[known]] for one in told]
    offsets = [total(one, fixed)[one.pools[known]] for one in told]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = PRIOR * float(weights @ weights), 2 * PRIOR * weights
        for matrix, offset, right in zip(matrices, offsets, rights, strict=True):
            scores = matrix @ weights + offset
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            value -= float(np.log(np.maximum(chances[right], 1e-12)).mean()) / len(told)
            slope = slope - (matrix[right].mean(axis=0) - chances @ matrix) / len(told)
        return value, slope

    bounds = [(0.0, None)] * len(features)
    start = np.full(len(features), 0.1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(features, found.x.tolist(), strict=True))


def total(one: Case, weights: Mapping[Feature, float]) -> NDArray[np.float64]:
    """The weighted sum of features."""
    scores = np.zeros(len(one.ids))
    for feature, weight in weights.items():
        if feature in one.features:
            scores += weight * one.features[feature]
    return scores


# --- figures -----------------------------------------------------------------------------------


def figures(
    cases: Sequence[Case], weights: Sequence[Mapping[Feature, float]], known: Others
) -> str:
    """Recall at 10 and 50 and nDCG at 10, with a 95 % interval of the last."""
    rows = []
    for one, of_case in zip(cases, weights, strict=True):
        pool = np.flatnonzero(one.pools[known])
        order = pool[np.argsort(-total(one, of_case)[pool], kind="stable")]
        ranked = [one.ids[row] for row in order[:50]]
        rows.append(
            (
                recall(ranked, one.relevant, 10),
                recall(ranked, one.relevant, 50),
                ndcg(ranked, one.relevant, 10),
            )
        )
    ten, fifty, gained = np.array(rows).T
    mean = Bootstrap(len(rows)).mean(gained)
    return (
        f"recall@10 {ten.mean():.4f}  @50 {fifty.mean():.4f}"
        f"  nDCG@10 {mean.value:.4f} [{mean.low:.4f}, {mean.high:.4f}]"
    )


Learned = dict[tuple[Asked, Others], dict[Feature, float]]


def learn(cases: Sequence[Case]) -> Learned:
    """Fit each kind of request, with each state of knowledge of others; print the figures."""
    learned: Learned = {}
    everything: dict[tuple[str, Others], list[tuple[Case, Mapping[Feature, float]]]] = {}
    for kind in Asked:
        of_kind = [one for one in cases if one.kind is kind]
        for known in Others:
            told = sum(KNOWN[known] <= _families(one) for one in of_kind)
            print(f"\n{kind}, {known}: {told} of {len(of_kind)} know so much of others")
            if told < FEWEST:
                print("  too few: as in force")
                continue
            features = (*LEARNED[kind], *sorted(KNOWN[known]))
            fixed = {**DISLIKES, **REMEMBERED, **ASSUMED[kind]}
            in_force = [learned_weights()[kind, known]] * len(of_kind)
            print("  in force", figures(of_kind, in_force, known))
            parts = [
                fit([one for one in of_kind if one.fold != fold], features, fixed, known)
                for fold in range(FOLDS)
            ]
            crossed = [fixed | parts[one.fold] for one in of_kind]
            print("  learned ", figures(of_kind, crossed, known))
            weights = fixed | fit(of_kind, features, fixed, known)
            print("   ", "  ".join(f"{one} {value:.2f}" for one, value in weights.items()))
            learned[kind, known] = weights
            for one, given in zip(of_kind, crossed, strict=True):
                everything.setdefault((one.task, known), []).append((one, given))
    for (task, known), pairs in everything.items():
        print(f"\nall {task}, {known}: {len(pairs)}, out of fold")
        print("  learned ", figures([one for one, _ in pairs], [w for _, w in pairs], known))
    return learned


def _families(one: Case) -> frozenset[Feature]:
    """The features of others that a case may have: what nobody liked has no co-watch."""
    found = set(one.features)
    if Feature.RATERS in found:
        found.add(Feature.RATED)
    if Feature.LISTERS in found:
        found.add(Feature.LISTED)
    return frozenset(found)


def write(learned: Learned, places: Sequence[Path]) -> None:
    """Put the weights into the file from which they are read; what was not learned stays."""
    names = ", ".join(place.name for place in places)
    text = [
        "# How much each feature counts, by the kind of request and by what is known of others.",
        f"# Learned by `python -m benchmarks.weights` on {names}, {date.today()}:",
        "# a conditional logit over the pool of each request. Weights of taste beside a request,",
        "# of views, of dislikes and of what is remembered are assumed: the data say nothing of"
        " them.",
    ]
    for kind in Asked:
        for known in Others:
            weights = learned.get((kind, known)) or learned_weights()[kind, known]
            text += ["", f"[{kind}.{known}]"]
            text += [f"{one} = {round(value, 3)}" for one, value in weights.items() if value]
    path = Path(fusion.__file__).with_name("weights.toml")
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    """Gather the cases, fit, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("place", type=Path, nargs="+")
    parser.add_argument("--ratings", type=Path)
    parser.add_argument("--lists", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps the imported catalogues")
    parser.add_argument("--cases", type=Path, help="keeps the features for the next time")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    given = {Others.RATINGS: options.ratings, Others.LISTS: options.lists}
    others = {known: read_others(path) for known, path in given.items() if path}
    if options.cases and options.cases.exists():
        cases = pickle.loads(options.cases.read_bytes())
    else:
        with tempfile.TemporaryDirectory() as temporary:
            cache = options.cache or Path(temporary)
            cases = [
                one
                for place in options.place
                for one in gather_cases(place, cache, others, options.limit)
            ]
        if options.cases:
            options.cases.write_bytes(pickle.dumps(cases))
    learned = learn(cases)
    if options.write:
        write(learned, options.place)


if __name__ == "__main__":
    main()
