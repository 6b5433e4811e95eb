"""Learning curves of the trained relevance model, for simulated viewers.

usage: python -m benchmarks.relevance FOLDER [--viewers N] [--cache FOLDER] [--signals N ...]

FOLDER holds ``catalog.jsonl.gz`` and ``histories-dev.jsonl.gz``: films, viewers' ratings in the
order of time, and what they rated 4 or better later. Of each viewer the last 5, 20 and 50 ratings
before that are all that is known. The films that occur in any history are ranked, less the
viewer's own history, by the fusion alone, with the model where it takes part, and with it always.
The model decides by its own held-out signals alone; what the viewer rated later it never sees.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.metrics import ndcg
from assistant.importers import recognise
from assistant.relevance.applying import corrected
from assistant.relevance.examples import NO_REQUEST, Past, features_of
from assistant.relevance.opinions import opinions
from assistant.relevance.training import TooFew, Trained, train
from assistant.retrieve import RetrievalStore, appraise
from assistant.settings import EmbeddingSettings, RecommendSettings
from assistant.types import Candidate, Interaction, Signal
from store.embedder import SentenceEmbedder
from store.ingest import ingest
from store.library import Library
from store.vectors import Searcher

if TYPE_CHECKING:
    pass

SIGNALS = (5, 20, 50)
CANDIDATES = 200
"""So many of the fusion's best the model may reorder, as in a turn."""
DEPTH = 10
SETTINGS = RecommendSettings()


@dataclass(frozen=True, slots=True)
class Simulated:
    """One viewer after so many signals."""

    fusion: float
    """nDCG@10."""
    takes_part: bool
    """Whether the model beat the fusion on the held-out signals."""
    gated: float
    """nDCG@10 with the model where it takes part, its corrections counting as it has earned."""
    always: float
    """The same with all of its corrections, whether or not it would take part."""
    trained: Trained | None


def main() -> None:
    """Simulate and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--viewers", type=int, default=60)
    parser.add_argument("--signals", type=int, nargs="+", default=SIGNALS)
    parser.add_argument("--cache", type=Path, help="a folder with library.db, or for it")
    options = parser.parse_args()
    viewers = list(_lines(options.folder / "histories-dev.jsonl.gz"))
    pool = sorted({one for viewer in viewers for one in (*_ids(viewer), *viewer["relevant"])})
    random.Random(1).shuffle(viewers)
    with tempfile.TemporaryDirectory() as temporary:
        store = _store(options.folder, options.cache or Path(temporary))
        for signals in options.signals:
            long_enough = [one for one in viewers if len(one["history"]) >= signals]
            chosen = long_enough[: options.viewers]
            report(signals, [simulate(one, signals, pool, store) for one in chosen])


def simulate(
    viewer: dict[str, Any], signals: int, pool: Sequence[str], store: RetrievalStore
) -> Simulated:
    """What a viewer's later ratings say of the ranking after `signals` ratings."""
    history = _interactions(viewer["history"][-signals:])
    past = Past(history, store, SETTINGS)
    known = past.viewer(past.usable(opinions(history)))
    own = set(_ids(viewer))
    ids = [video_id for video_id in pool if video_id not in own]
    candidates = appraise(NO_REQUEST, known.taste, store, ids)[:CANDIDATES]
    relevant = frozenset(viewer["relevant"])
    fusion = _ndcg(candidates, relevant)
    trained = train(history, store, SETTINGS)
    if isinstance(trained, TooFew):
        return Simulated(fusion, False, fusion, fusion, None)

    def with_share(share: float) -> float:
        model = replace(trained.model, share=share)
        values = model.corrections(features_of(known, candidates, store)).tolist()
        judged = dict(zip([one.video.id for one in candidates], values, strict=True))
        return _ndcg(corrected(candidates, judged), relevant)

    takes_part = trained.report.takes_part
    gated = with_share(trained.model.share) if takes_part else fusion
    return Simulated(fusion, takes_part, gated, with_share(1.0), trained)


def report(signals: int, simulated: Sequence[Simulated]) -> None:
    """Print the figures after some number of signals."""
    trained = [one.trained.report for one in simulated if one.trained is not None]
    taking = sum(one.takes_part for one in simulated)
    print(f"after {signals} signals: {len(simulated)} viewers, {len(trained)} models trained, "
          f"{taking} take part", flush=True)  # fmt: skip
    fusion = np.array([one.fusion for one in simulated])
    print(f"  nDCG@{DEPTH}  fusion alone {fusion.mean():.4f}")
    for name, values in (
        ("with the model where it takes part", [one.gated for one in simulated]),
        ("with the model always", [one.always for one in simulated]),
    ):
        gain = Bootstrap(len(fusion)).gain(np.array(values), fusion)
        print(f"  {name:<36} {np.mean(values):.4f}  gain {gain.value:+.4f} "
              f"[{gain.low:+.4f}, {gain.high:+.4f}]")  # fmt: skip
    for name in ("auc", "log_loss", "calibration_error", "accuracy", "ndcg") if trained else ():
        before = np.array([getattr(one.fusion, name) for one in trained])
        after = np.array([getattr(one.model, name) for one in trained])
        change = Bootstrap(len(before)).gain(after, before)
        print(f"  held out: {name:<18} fusion {before.mean():.3f}  model {after.mean():.3f}  "
              f"change {change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}]")  # fmt: skip
    if trained:
        print(f"  seconds a training: {np.median([one.seconds for one in trained]):.1f}")


def _ndcg(candidates: Sequence[Candidate], relevant: Collection[str]) -> float:
    return ndcg([one.video.id for one in candidates], relevant, DEPTH)


def _store(folder: Path, cache: Path) -> RetrievalStore:
    library = Library.open(cache / "library.db")
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    if not library.vector_count(embedder.key):
        catalogue = folder / "catalog.jsonl.gz"
        ingest(recognise(catalogue).read(catalogue), library, lambda: embedder)
    searcher = Searcher(library, embedder.key, None)
    searcher.refresh()
    return RetrievalStore(library, searcher, embedder, library.community())


def _interactions(ratings: Sequence[dict[str, Any]]) -> list[Interaction]:
    return [
        Interaction(
            video_id=one["id"],
            signal=Signal.RATED,
            rating=one["rating"],
            at=datetime.fromtimestamp(one["at"], UTC),
        )
        for one in ratings
    ]


def _ids(viewer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in viewer["history"]]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
