"""What the model's opinion adds to a ranking, how it is best asked, and what that costs.

usage: python -m benchmarks.rerank FOLDER [--topics DATA] [--turns N] [--ways N] [--cache FOLDER]

FOLDER holds ``catalog.jsonl.gz`` and ``requests-dev.jsonl.gz``: recorded conversations about
films, and what was recommended next. The list that is reordered is the real one, the best
candidates for the conversation so far. Turns without a relevant film among these are left out,
for no order helps them. With DATA (PyVideo's) also talks, asked for by their subjects.

Nothing is inserted and nothing is sampled: a gain here is one that a person would see. A weight is
chosen on one half of the turns and judged on the other (`assistant.evaluation.gain`). All
candidates are read, however long it takes; what a budget leaves of the gain is said at the end.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.cancel import CancelToken
from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.gain import Gain, JudgedList, ranking_quality, weigh
from assistant.models.base import LanguageModel, Likelihood
from assistant.models.local import LocalModel
from assistant.rerank import BUDGET_S, PACKAGED_WEIGHT, opinions_of
from assistant.settings import PACKAGED, EmbeddingSettings, LanguageModelSettings
from benchmarks.rerank.cache import CachedModel
from benchmarks.rerank.turns import film_turns, topic_turns
from benchmarks.rerank.ways import WAYS
from store.embedder import SentenceEmbedder

LIST = 48
"""About as many titles as the packaged model reads in a second on two good cores."""
WEIGHTS = (0.1, 0.2, 0.35, 0.5, 0.7, 1.0)
TIMED = 10


def main() -> None:
    """Measure on both kinds, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--topics", type=Path, help="PyVideo's data: a folder or a zip")
    parser.add_argument("--turns", type=int, default=600, help="with something right in the list")
    parser.add_argument("--ways", type=int, default=0, help="turns on which ways are compared")
    parser.add_argument("--size", type=int, default=LIST, help="candidates in a list")
    parser.add_argument("--model", default=PACKAGED)
    parser.add_argument("--cache", type=Path, help="keeps vectors and likelihoods")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    local = LocalModel.load(LanguageModelSettings(model=options.model, threads=options.threads))
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        model = CachedModel(local, cache / "likelihoods.db")
        films = film_turns(options.folder, embedder, cache, options.size)
        if options.ways:
            compare("films", judged(films)[: options.ways], model)
        report("films", judged(films)[: options.turns], model)
        if options.topics:
            topics = topic_turns(options.topics, embedder, cache, options.size)
            if options.ways:
                compare("topics", judged(topics)[: options.ways], model)
            report("topics", judged(topics), model)
        cost(judged(films)[:TIMED], local)


def judged(turns: Sequence[JudgedList]) -> list[JudgedList]:
    """Those with something right in the list, and something else."""
    ids = [{item.candidate.video.id for item in turn.shortlist} for turn in turns]
    return [
        turn
        for turn, listed in zip(turns, ids, strict=True)
        if 0 < len(listed.intersection(turn.relevant)) < len(listed)
    ]


def compare(name: str, turns: Sequence[JudgedList], model: LanguageModel) -> None:
    """Print what each way of asking is worth on the same turns."""
    print(f"{name}: ways of asking, {len(turns)} turns")
    for way, ask in WAYS.items():
        opinions = [ask(turn, model) for turn in turns]
        alone = np.mean(
            [ranking_quality(turn, one, 1e6) for turn, one in zip(turns, opinions, strict=True)]
        )
        print(f"  {way:30} {line(weigh(turns, opinions))}  alone {alone:.3f}", flush=True)


def report(name: str, turns: Sequence[JudgedList], model: LanguageModel) -> None:
    """Print what Matinee's way is worth, by weight, cross-fitted and as shipped."""
    opinions, _ = read(turns, model)
    print(f"{name}: {len(turns)} lists of {len(turns[0].shortlist)}")
    print(f"  {'cross-fitted':14} {line(weigh(turns, opinions))}")
    for weight in sorted({*WEIGHTS, PACKAGED_WEIGHT.value}):
        print(f"  weight {weight:<7} {line(fixed(turns, opinions, weight))}")
    films = turns[0].shortlist[0].candidate.video.kind in PACKAGED_WEIGHT.kinds
    shipped = PACKAGED_WEIGHT.value if films else 0.0
    print(f"  {'as shipped':14} {line(fixed(turns, opinions, shipped))}")


def fixed(
    turns: Sequence[JudgedList], opinions: Sequence[Mapping[str, float]], weight: float
) -> Gain:
    """The gain with one weight."""
    before, after = (
        np.array([ranking_quality(*pair, one) for pair in zip(turns, opinions, strict=True)])
        for one in (0.0, weight)
    )
    gain = Bootstrap(len(turns)).gain(after, before)
    return Gain(weight, float(before.mean()), gain.value, gain.low, gain.high, len(turns))


def line(gain: Gain) -> str:
    """A gain in nDCG@10, with its interval."""
    return (
        f"{gain.before:.3f} -> {gain.before + gain.gain:.3f}  {gain.gain:+.3f} "
        f"[{gain.low:+.3f}, {gain.high:+.3f}]  {gain.gain / gain.before:+.1%}"
    )


def cost(turns: Sequence[JudgedList], model: LanguageModel) -> None:
    """Print how long a list takes, and how much of it a turn's budget covers."""
    for state, known in (("never seen", {}), ("seen before", read(turns, model)[1])):
        seconds, scored = [], []
        for turn in turns:
            started = time.perf_counter()
            found = opinions_of(
                turn.request, turn.taste_titles, turn.shortlist, model, known, cancel=CancelToken()
            )
            seconds.append(time.perf_counter() - started)
            scored.append(len(found.values))
        print(f"titles {state}: {np.median(scored):.0f} of {len(turns[0].shortlist)} scored "
              f"in {np.median(seconds):.2f} s of {BUDGET_S:.1f} s")  # fmt: skip


def read(
    turns: Sequence[JudgedList], model: LanguageModel
) -> tuple[list[Mapping[str, float]], dict[str, Likelihood]]:
    """The opinions of each list, all of it, and how likely every title is anyway."""
    known: dict[str, Likelihood] = {}
    opinions = []
    for turn in turns:
        found = opinions_of(
            turn.request, turn.taste_titles, turn.shortlist, model, known,
            cancel=CancelToken(), budget_s=None,
        )  # fmt: skip
        known.update(found.new_likelihoods)
        opinions.append(found.values)
    return opinions, known


if __name__ == "__main__":
    main()
