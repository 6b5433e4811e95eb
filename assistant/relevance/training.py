"""Training on the viewer's own signals: what is held out, what is fitted, what is kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.relevance.examples import Examples, Past, blocks_of, joined
from assistant.relevance.fitting import Fit, calibrated, fit
from assistant.relevance.measuring import LEAST_HELD_OUT, HeldOut, compare
from assistant.relevance.model import RelevanceModel
from assistant.relevance.opinions import Opinion, opinions
from assistant.relevance.report import Counts, Report
from assistant.settings import RecommendSettings
from assistant.types import Interaction, Signal
from store.reporting import Reporter, Silent

if TYPE_CHECKING:
    from assistant.retrieve import RetrievalStore

LEAST_OPINIONS = 12
LEAST_POSITIVES = 6
"""With fewer there is nothing to hold out."""
MOST_OPINIONS = 1500
"""The latest so many: training takes seconds, whatever the history."""
ENOUGH_FOR_THE_LATEST = 60
"""So many opinions, and the latest quarter can be held out; of fewer each part in turn."""
HELD_OUT_SHARE = 0.25
CROSSED_PARTS = 4
DRAWN_TO_MEASURE = 200
"""Videos without an opinion that held-out ones are ranked among, in each part."""
STOPPING_BLOCKS = 2
"""Of a training's blocks, the latest so many say when to stop."""
WITHOUT_STOPPING = 50
"""Epochs where these hold no example of one sort."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is too little to learn from."""

    opinions: int
    positives: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and what was measured of it."""

    model: RelevanceModel
    report: Report


def train(
    interactions: Sequence[Interaction],
    store: RetrievalStore,
    settings: RecommendSettings,
    *,
    reporter: Reporter | None = None,
) -> Trained | TooFew:
    """Train on a history, measure on the held-out part of it, then train on all of it.

    Args:
        interactions: all signals of the viewer.
        store: the library, its vectors, and the embedding model; it belongs to this thread.
        settings: how a taste is made; the seed of the draws.
        reporter: is told of the progress.
    """
    started = time.perf_counter()
    reporter = reporter or Silent()
    past = Past(interactions, store, settings, seed=settings.seed)
    said = past.usable(opinions(interactions))[-MOST_OPINIONS:]
    positives = sum(one.relevant for one in said)
    if len(said) < LEAST_OPINIONS or positives < LEAST_POSITIVES:
        return TooFew(len(said), positives)
    splits = _splits(said)
    held_out = _held_out(past, splits, reporter)
    if not held_out:
        return TooFew(len(said), positives)
    comparison = compare(held_out)
    reporter.stage("training on all signals", None)
    blocks = past.crossed(said)
    fitted = _fitted(blocks)
    examples = joined(blocks)
    report = Report(
        signals=sum(one.signal is not Signal.SHOWN for one in interactions),
        counts=Counts(
            signals=len(said),
            positives=positives,
            negatives=len(said) - positives,
            drawn=int(examples.drawn.sum()),
        ),
        epochs=len(fitted.losses) - 1,
        losses=fitted.losses,
        split="latest" if len(splits) == 1 else "crossed",
        held_out=sum(int((~one.examples.drawn).sum()) for one in held_out),
        fusion=comparison.fusion,
        model=comparison.model,
        auc_gain=comparison.auc_gain,
        better=comparison.better,
        share=comparison.share,
        verdict=comparison.verdict,
        seconds=time.perf_counter() - started,
    )
    return Trained(replace(fitted.model, share=comparison.share), report)


Split = tuple[Sequence[Opinion], Sequence[Opinion]]
"""What is learned from, and what is held out."""


def _held_out(past: Past, splits: Sequence[Split], reporter: Reporter) -> list[HeldOut]:
    """What models that have not seen them make of held-out parts of the history."""
    reporter.stage("measuring on signals that are held out", len(splits))
    judged = []
    for training, testing in splits:
        blocks = past.crossed(training)
        examples = past.examples(testing, training, drawn=DRAWN_TO_MEASURE)
        if _has_both(examples) and _has_both(joined(blocks)):
            model = _fitted(blocks).model
            judged.append(HeldOut.judged(examples, model, calibrated(joined(blocks))))
        reporter.advance(1)
    return judged


def _fitted(blocks: Sequence[Examples]) -> Fit:
    """A model of all blocks, after as many epochs as were best for the latest ones."""
    first, last = joined(blocks[:-STOPPING_BLOCKS]), joined(blocks[-STOPPING_BLOCKS:])
    epochs = WITHOUT_STOPPING
    if _has_both(first) and _has_both(last):
        epochs = fit(first, held_out=last).best_epochs
    return fit(joined(blocks), epochs=epochs)


def _has_both(examples: Examples) -> bool:
    return bool(examples.relevant.any() and not examples.relevant.all())


def _splits(said: Sequence[Opinion]) -> list[Split]:
    """The latest opinions held out, or, of few, each part of them in turn."""
    cut = round(len(said) * (1 - HELD_OUT_SHARE))
    enough = sum(one.relevant for one in said[cut:]) >= LEAST_HELD_OUT
    if len(said) >= ENOUGH_FOR_THE_LATEST and enough:
        return [(said[:cut], said[cut:])]
    parts = blocks_of(said, CROSSED_PARTS)
    return [
        ([one for other in parts if other is not part for one in other], part) for part in parts
    ]
