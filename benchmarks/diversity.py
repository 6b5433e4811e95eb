"""Diversity with a price tag: what more variety costs in relevance, ours beside what people use.

usage: python -m benchmarks.diversity DATA.zip [--topics N] [--distractors N] [--words-stay]
                                      [--cache FOLDER] [--svg FILE]

DATA.zip is PyVideo's data. Subjects are asked for in a sentence; a video is relevant if it carried
the tag, and its other tags are the subtopics. All systems reorder the same 100 videos, the nearest
by plain cosine. Each has one parameter for how much variety counts. For half of the topics it is
chosen on the other half: the most subtopic recall that leaves 98 % of plain cosine's nDCG.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.diversify import elect
from assistant.diversify.manners import MANNERS
from assistant.evaluation.bootstrap import Bootstrap, Estimate
from assistant.evaluation.metrics import alpha_ndcg, ndcg, subtopic_recall
from assistant.evaluation.topics import Topic, TopicsBenchmark, read_topics
from assistant.settings import EmbeddingSettings
from assistant.types import Candidate, Dial, Part
from benchmarks.diversity_chart import Curve, chart
from store.embedder import SentenceEmbedder
from store.ingest import ingest
from store.library import Library

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix

CANDIDATES, K = 100, 10
PRICE = 0.98
"""Of plain cosine's nDCG must be left."""
BACKGROUND = 2000
"""Videos against which a score is measured: it counts deviations above their mean."""
OTHERS = {"MMR": "mmr", "DPP": "dpp", "SSD": "ssd"}
DIVERSITIES = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
SHARPNESSES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0)
MEASURES = ("nDCG@10", "α-nDCG@10", "subtopic recall@10")
NDCG, ALPHA_NDCG, SUBTOPICS = range(3)
OURS = "Matinee"


@dataclass(frozen=True)
class Asked:
    """A topic, and the videos that every system reorders."""

    topic: Topic
    candidates: tuple[Candidate, ...]
    """By falling score."""
    vectors: Matrix
    cosines: NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """A system with one value of its parameter."""

    system: str
    value: float
    figures: NDArray[np.float64]
    """Shape (topics, measures)."""


def main() -> None:
    """Measure, print the table, draw the curves."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--topics", type=int, default=160)
    parser.add_argument("--distractors", type=int, help="so many other videos, not all")
    parser.add_argument("--words-stay", action="store_true", help="in titles and tags")
    parser.add_argument("--cache", type=Path, help="keeps the vectors for the next time")
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    benchmark = read_topics(
        options.data,
        count=options.topics,
        distractors=options.distractors,
        words_stay=options.words_stay,
    )
    with tempfile.TemporaryDirectory() as temporary:
        asked = list(_asked(benchmark, options.cache or Path(temporary)))
    print(f"{len(asked)} topics, {len(benchmark.videos)} videos")
    plain = _figures(asked, lambda one: [item.video.id for item in one.candidates[:K]])
    points = list(_points(asked))
    report(plain, points)
    if options.svg:
        options.svg.write_text(chart(curves(plain, points)), encoding="utf-8")


# --- what is reordered -------------------------------------------------------------------------


def _asked(benchmark: TopicsBenchmark, cache: Path) -> Iterator[Asked]:
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    with Library.open(cache / "library.db") as library:
        ingest(benchmark.videos, library, lambda: embedder)
        ids, matrix = library.vectors(embedder.key, [video.id for video in benchmark.videos])
        sample = np.random.default_rng(0).permutation(len(ids))[:BACKGROUND]
        for topic in benchmark.topics:
            scores = matrix @ embedder.encode_queries([topic.request])[0]
            best = np.argsort(-scores, kind="stable")[:CANDIDATES]
            videos = library.get([ids[row] for row in best])
            above = (scores - scores[sample].mean()) / scores[sample].std()
            candidates = tuple(
                Candidate(
                    video=videos[ids[row]],
                    score=float(above[row]),
                    parts={Part.REQUEST: float(above[row])},
                )
                for row in best
            )
            yield Asked(topic, candidates, matrix[best], scores[best].astype(np.float64))


# --- the systems -------------------------------------------------------------------------------


def _points(asked: Sequence[Asked]) -> Iterator[Point]:
    for name, strategy in OTHERS.items():
        for value in DIVERSITIES:
            yield Point(name, value, _figures(asked, _other(strategy, value)))
    for value in SHARPNESSES:
        yield Point(OURS, value, _figures(asked, _ours(value)))


def _other(strategy: str, diversity: float) -> Callable[[Asked], list[str]]:
    from pyversity import diversify

    def ranked(one: Asked) -> list[str]:
        chosen = diversify(one.vectors, one.cosines, K, strategy, diversity)
        return [one.candidates[row].video.id for row in chosen.indices]

    return ranked


def _ours(sharpness: float) -> Callable[[Asked], list[str]]:
    manner = replace(MANNERS[Dial.BALANCED], sharpness=sharpness)
    return lambda one: [item.candidate.video.id for item in elect(one.candidates, K, manner)]


def _figures(
    asked: Sequence[Asked], system: Callable[[Asked], Sequence[str]]
) -> NDArray[np.float64]:
    rows = []
    for one in asked:
        ranked, topic = system(one), one.topic
        rows.append(
            (
                ndcg(ranked, topic.relevant, K),
                alpha_ndcg(ranked, topic.subtopics, K),
                subtopic_recall(ranked, topic.subtopics, K),
            )
        )
    return np.array(rows)


# --- the figures -------------------------------------------------------------------------------


def report(plain: NDArray[np.float64], points: Sequence[Point]) -> None:
    """Print what each system gains over plain cosine where its parameter was not chosen."""
    print("gains over plain cosine, parameters chosen on the other half of the topics\n")
    print(f"{'':12} {'parameters':>10}", *(f"{name:>24}" for name in MEASURES))
    print(f"{'cosine':12} {'':10}", *(f"{mean:24.4f}" for mean in plain.mean(axis=0)))
    names = (*OTHERS, OURS)
    chosen = {name: _chosen(plain, [p for p in points if p.system == name]) for name in names}
    for name, (values, figures) in chosen.items():
        _line(name, values, figures, plain)
    best = max(OTHERS, key=lambda name: chosen[name][1][:, SUBTOPICS].mean())
    _line(f"{OURS} / {best}", "", chosen[OURS][1], chosen[best][1])
    print("\nthe dial, on all topics")
    for dial in (Dial.FAMILIAR, Dial.BALANCED):
        [point] = [p for p in points if (p.system, p.value) == (OURS, MANNERS[dial].sharpness)]
        _line(dial, f"{point.value:g}", point.figures, plain)


def _chosen(plain: NDArray[np.float64], points: Sequence[Point]) -> tuple[str, NDArray[np.float64]]:
    """The parameters of both halves, and the figures of each topic with what it did not choose."""
    figures = np.empty_like(plain)
    values = []
    for half in (0, 1):
        least = PRICE * plain[half::2, NDCG].mean()
        fit = [p for p in points if p.figures[half::2, NDCG].mean() >= least]
        best = max(fit, key=lambda point: point.figures[half::2, SUBTOPICS].mean())
        values.append(f"{best.value:g}")
        figures[1 - half :: 2] = best.figures[1 - half :: 2]
    return ", ".join(values), figures


def _line(
    name: str, values: str, figures: NDArray[np.float64], baseline: NDArray[np.float64]
) -> None:
    """The gain in each measure, relative to the baseline's mean, paired by topic."""
    bootstrap = Bootstrap(len(figures))
    relative = (figures - baseline) / baseline.mean(axis=0)
    gains = [bootstrap.mean(relative[:, column]) for column in range(len(MEASURES))]
    print(f"{name:12} {values:>10}", *(f"{_percent(gain):>24}" for gain in gains))


def _percent(gain: Estimate) -> str:
    if np.isnan(gain.low):
        return f"{100 * gain.value:+.1f} %"
    return f"{100 * gain.value:+.1f} % [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]"


def curves(plain: NDArray[np.float64], points: Sequence[Point]) -> list[Curve]:
    """Of each system what it gains and what that costs, in percent of plain cosine's means."""
    base = plain.mean(axis=0)
    found: dict[str, list[tuple[float, ...]]] = {}
    for point in points:
        change = 100 * (point.figures.mean(axis=0) / base - 1)
        found.setdefault(point.system, []).append(tuple(change.tolist()))
    return [Curve(name, tuple(changes)) for name, changes in found.items()]


if __name__ == "__main__":
    main()
