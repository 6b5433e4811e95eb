"""The weights of the fusion, learned on recorded requests, rating histories and topics.

usage: python -m benchmarks.weights FOLDER [--talks ZIP] [--cache FOLDER] [--limit N] [--write]

FOLDER holds ``catalog.jsonl.gz``, ``requests-dev.jsonl.gz`` and ``histories-dev.jsonl.gz``; ZIP is
the PyVideo data. For each kind of request a conditional logit (McFadden 1974) is fitted: P(video)
is the softmax of the weighted features over the pool, and the likelihood of the videos that turned
out relevant is maximised, with weights that may not be below 0 and a Gaussian prior. Printed are
figures of scores that are out of fold (five folds, by conversation and by viewer), beside those of
the weights in force. With --write, assistant/retrieve/weights.toml is written.

Other people's ratings are learned for each fold from the people of the other folds, and their
weights fitted with all others fixed, so that the catalogue alone is ranked as before.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from assistant.importers import recognise
from assistant.retrieve import RetrievalStore
from assistant.retrieve.features import Feature, compute
from assistant.retrieve.fusion import Asked, asked, learned_weights
from assistant.retrieve.pool import gather
from assistant.retrieve.query import build_query
from assistant.settings import EmbeddingSettings, RecommendSettings
from assistant.taste import build_taste
from assistant.titles import TitleIndex
from assistant.types import DialogueState, Interaction, NamedTitle, Request, Signal, Taste
from assistant.understand import together, understand
from store.community import Community, CommunityKind, CommunitySource, Ratings, learn
from store.embedder import SentenceEmbedder
from store.ingest import ingest
from store.library import Library
from store.vectors import Searcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
POOL = 200
FEWEST = 50
"""Requests of a kind from which anything can be learned."""
PRIOR = 0.001
"""Half the inverse variance of a weight under the prior, a request having the likelihood of 1."""
OTHERS = (Feature.RATED, Feature.RATERS, Feature.LISTED, Feature.LISTERS)
FIXED = (Feature.DISLIKED, Feature.UNWANTED, Feature.POPULARITY)
"""What the data say nothing of: nobody's views are known, and hardly anything is declined."""
LEARNABLE: Mapping[Asked, tuple[Feature, ...]] = {
    Asked.WISH: (
        Feature.WISH, Feature.SAID, Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS,
        Feature.PROMINENCE,
    ),
    Asked.TITLES: (
        Feature.SAID, Feature.SAID_WORDS, Feature.SAID_TAGS, Feature.NAMED, Feature.NEAREST_NAMED,
        Feature.NAMED_WORDS, Feature.NAMED_TAGS, Feature.NAMED_PEOPLE, Feature.NAMED_TIME,
        Feature.PROMINENCE, Feature.LEANING,
    ),
    Asked.TITLES_AND_WISH: (
        Feature.WISH, Feature.SAID, Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS,
        Feature.NAMED, Feature.NEAREST_NAMED, Feature.NAMED_WORDS, Feature.NAMED_TAGS,
        Feature.NAMED_PEOPLE, Feature.NAMED_TIME, Feature.PROMINENCE, Feature.LEANING,
    ),
    Asked.NOTHING: (
        Feature.TASTE, Feature.TASTE_TAGS, Feature.TASTE_PEOPLE, Feature.TASTE_TIME,
        Feature.INTEREST, Feature.PROMINENCE, Feature.LEANING,
    ),
}  # fmt: skip


@dataclass
class Case:
    """One request, the features of its pool, and what was right."""

    kind: Asked
    fold: int
    ids: list[str]
    features: dict[Feature, NDArray[np.float32]]
    relevant: frozenset[str]
    right: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.right = np.array([one in self.relevant for one in self.ids], bool)

    def matrix(self, features: Sequence[Feature]) -> NDArray[np.float32]:
        """Shape (pool, features)."""
        none = np.zeros(len(self.ids), np.float32)
        return np.column_stack([self.features.get(one, none) for one in features])


def fold_of(person: str) -> int:
    """The fold of a conversation or viewer."""
    return crc32(person.encode()) % FOLDS


# --- cases -------------------------------------------------------------------------------------


def case(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    exclude: Collection[str],
    relevant: Iterable[str],
    fold: int,
) -> Case:
    """The features of the pool for one request."""
    query = build_query(request, taste, store, exclude)
    pool = gather(query, store, size=POOL)
    scores = compute(query, pool, store).scores
    found = {one: values.astype(np.float32) for one, values in scores.items()}
    return Case(asked(query), fold, pool.ids, found, frozenset(relevant))


def request_cases(
    folder: Path, store: RetrievalStore, communities: Sequence[Community], limit: int | None
) -> Iterator[Case]:
    """Moments of conversations."""
    titles = TitleIndex(store.library.titles())
    for row in lines(folder / "requests-dev.jsonl.gz", limit):
        fold = fold_of(row["id"].split("/")[0])
        here = RetrievalStore(store.library, store.searcher, store.embedder, communities[fold])
        if (request := understood(row["messages"], titles)) is not None:
            yield case(request, Taste(), here, row["mentioned"], row["relevant"], fold)


def understood(messages: Sequence[dict[str, str]], titles: TitleIndex) -> Request | None:
    """The last message of the person, with all that was named and said before it."""
    state, named, said = DialogueState(), dict[str, NamedTitle](), ""
    for message in messages:
        if message["role"] == "user":
            standing = understand(message["text"], state, titles)
            state = DialogueState(standing=standing)
            found = standing.named
            said = together(said, message["text"])
        else:
            mentions = titles.find(message["text"])
            found = tuple(NamedTitle.model_validate(m, from_attributes=True) for m in mentions)
        named.update({title.video_id: title for title in found})
    if state.standing is None:
        return None
    return state.standing.model_copy(update={"named": tuple(named.values()), "said": said})


def history_cases(
    folder: Path, store: RetrievalStore, communities: Sequence[Community], limit: int | None
) -> Iterator[Case]:
    """Viewers, of whose later ratings the good ones are to be found among the rated films."""
    everyone = list(lines(folder / "histories-dev.jsonl.gz", None))
    rated = {one["id"] for row in everyone for one in row["history"]}
    rated.update(one for row in everyone for one in row["relevant"])
    unrated = set(store.library.ids()) - rated
    for row in everyone[:limit]:
        signals = [
            Interaction(
                video_id=one["id"],
                signal=Signal.RATED,
                rating=one["rating"],
                at=datetime.fromtimestamp(one["at"], UTC),
            )
            for one in row["history"]
        ]
        fold = fold_of(str(row["user"]))
        here = RetrievalStore(store.library, store.searcher, store.embedder, communities[fold])
        taste = taste_of(signals, store)
        yield case(Request(message=""), taste, here, unrated, row["relevant"], fold)


def taste_of(signals: Sequence[Interaction], store: RetrievalStore) -> Taste:
    """What a history says."""
    ids = [one.video_id for one in signals]
    found, matrix = store.library.vectors(store.embedder.key, ids)
    keywords = {one: video.keywords for one, video in store.library.get(ids).items()}
    vectors = dict(zip(found, matrix, strict=True))
    settings = RecommendSettings()
    return build_taste(signals, vectors, keywords, now=signals[-1].at, settings=settings)


def communities_of(folder: Path, library: Library) -> dict[str, list[Community]]:
    """For each fold what is learned from the people of the other folds, by what is known."""
    ids = library.ids()
    viewers = [
        (fold_of(str(row["user"])), {one["id"]: float(one["rating"]) for one in row["history"]})
        for row in lines(folder / "histories-dev.jsonl.gz", None)
    ]
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for row in lines(folder / "requests-dev.jsonl.gz", None):
        conversation = named[row["id"].split("/")[0]]
        conversation.update(dict.fromkeys([*row["mentioned"], *row["relevant"]]))
    talks = [(fold_of(one), dict(films)) for one, films in named.items()]

    def source(
        people: Sequence[tuple[int, Mapping[str, float | None]]], kind: CommunityKind, fold: int
    ) -> CommunitySource:
        ratings = Ratings.of([likes for of_fold, likes in people if of_fold != fold])
        return CommunitySource.of(kind, learn(ratings, kind=kind), ids)

    folds = range(FOLDS)
    ratings = [source(viewers, CommunityKind.RATINGS, fold) for fold in folds]
    everybody = source(viewers, CommunityKind.RATINGS, -1)  # none of them is in a conversation
    lists = [source(talks, CommunityKind.LISTS, fold) for fold in folds]
    return {
        "histories": [Community((one,)) for one in ratings],
        "requests": [Community((everybody, one)) for one in lists],
    }


def lines(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    """The records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, islice(file, limit))


# --- fitting -----------------------------------------------------------------------------------


def fit(
    cases: Sequence[Case],
    features: Sequence[Feature],
    fixed: Mapping[Feature, float],
    prior: float = PRIOR,
) -> dict[Feature, float]:
    """The weights that maximise the likelihood of what was right; none is below 0."""
    from scipy.optimize import minimize

    told = [one for one in cases if one.right.any()]
    matrices = [one.matrix(features) for one in told]
    offsets = [total(one, fixed) for one in told]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = float(prior * weights @ weights * len(told)), 2 * prior * weights * len(told)
        for one, matrix, offset in zip(told, matrices, offsets, strict=True):
            scores = matrix @ weights + offset
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            value -= np.log(np.maximum(chances[one.right], 1e-12)).mean()
            slope -= matrix[one.right].mean(axis=0) - chances @ matrix
        return float(value) / len(told), slope / len(told)

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


def out_of_fold(
    cases: Sequence[Case], features: Sequence[Feature], fixed: Mapping[Feature, float]
) -> list[NDArray[np.float64]]:
    """The scores of each case under weights that were fitted without its fold."""
    folds = [
        fit([one for one in cases if one.fold != fold], features, fixed) for fold in range(FOLDS)
    ]
    return [total(one, {**fixed, **folds[one.fold]}) for one in cases]


# --- figures -----------------------------------------------------------------------------------


def figures(cases: Sequence[Case], scores: Sequence[NDArray[np.float64]]) -> str:
    """Recall at 10 and 50 and nDCG at 10, with a 95 % interval of the last."""
    discounts = 1 / np.log2(np.arange(2, 12))
    rows = []
    for one, of_pool in zip(cases, scores, strict=True):
        hits = one.right[np.argsort(-of_pool, kind="stable")]
        ideal = discounts[: len(one.relevant)].sum()
        top = hits[:10]
        rows.append(
            (
                top.sum() / len(one.relevant),
                hits[:50].sum() / len(one.relevant),
                (top * discounts[: len(top)]).sum() / ideal,
            )
        )
    values = np.array(rows)
    draws = np.random.default_rng(0).integers(0, len(values), (1000, len(values)))
    low, high = np.percentile(values[draws, 2].mean(axis=1), [2.5, 97.5])
    ten, fifty, ndcg = values.mean(axis=0)
    return f"recall@10 {ten:.4f}  @50 {fifty:.4f}  nDCG@10 {ndcg:.4f} [{low:.4f}, {high:.4f}]"


def learn_all(
    name: str, alone: Sequence[Case], with_others: Sequence[Case]
) -> dict[Asked, dict[Feature, float]]:
    """Fit each kind of request, print the figures.

    Args:
        name: of the data.
        alone: the catalogue alone is known.
        with_others: the same requests, with other people's ratings.

    Returns:
        The weights by kind.
    """
    learned = {}
    for kind in Asked:
        cases = [one for one in alone if one.kind is kind]
        richer = [one for one in with_others if one.kind is kind]
        if len(cases) < FEWEST:
            continue
        in_force = learned_weights()[kind]
        fixed = {one: in_force.get(one, 0.0) for one in FIXED}
        before = {one: weight for one, weight in in_force.items() if one not in OTHERS}
        print(f"\n{name}, {kind}: {len(cases)}")
        print("  in force    ", figures(cases, [total(one, before) for one in cases]))
        print("  learned     ", figures(cases, out_of_fold(cases, LEARNABLE[kind], fixed)))
        base = fixed | fit(cases, LEARNABLE[kind], fixed)
        weights = dict(base)
        for label, others in (("ratings", OTHERS[:2]), ("lists", OTHERS[2:]), ("both", OTHERS)):
            if any(one in richer[0].features for one in others):
                print(f"  with {label:<7}", figures(richer, out_of_fold(richer, others, base)))
                if others is not OTHERS:
                    weights |= fit(richer, others, base)
        print("   ", "  ".join(f"{one} {value:.2f}" for one, value in weights.items() if value))
        learned[kind] = weights
    return learned


def main() -> None:
    """Gather the cases, fit, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--talks", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps the vectors for the next time")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only", choices=("requests", "histories"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = (options.cache or Path(temporary)) / "library.db"
        embedder = SentenceEmbedder.load(EmbeddingSettings())
        library = Library.open(path)
        catalogue = options.folder / "catalog.jsonl.gz"
        ingest(recognise(catalogue).read(catalogue), library, lambda: embedder)
        searcher = Searcher(library, embedder.key, None)
        searcher.refresh()
        store = RetrievalStore(library, searcher, embedder)
        nobody = [Community(())] * FOLDS
        others = communities_of(options.folder, library)
        for name, cases in (("requests", request_cases), ("histories", history_cases)):
            if options.only not in (None, name):
                continue
            alone = list(cases(options.folder, store, nobody, options.limit))
            with_others = list(cases(options.folder, store, others[name], options.limit))
            learn_all(name, alone, with_others)


if __name__ == "__main__":
    main()
