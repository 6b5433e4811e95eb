"""From labelled files to a model and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import MatineeError
from assistant.relevance.pairs.model import PairModel
from assistant.relevance.pairs.reading import Pair, Pairs, read_pairs
from assistant.relevance.pairs.training import (
    MOST_EPOCHS,
    STOPPING_SHARE,
    TEST_SHARE,
    Figures,
    embed,
    measure,
    split,
    train,
)
from assistant.types import Value
from store.embedder import Embedder
from store.reporting import Reporter, Silent


class PairReport(Value):
    """One training on labelled pairs."""

    pairs: int
    """That were learned from, those that said when to stop among them."""
    relevant: int
    skipped: int
    losses: tuple[float, ...]
    stopping_losses: tuple[float, ...]
    tested_on: Literal["file", "held_out"]
    test: Figures


@dataclass(frozen=True, slots=True)
class Learned:
    """A model, and what was measured of it."""

    model: PairModel
    report: PairReport


def learn(
    file: Path, embedder: Embedder, *, test: Path | None = None, reporter: Reporter | None = None
) -> Learned:
    """Train on a labelled file; measure on another one, or on a part of the same.

    Args:
        file: labelled pairs.
        embedder: makes the vectors, and is not changed: fine-tuning it is not offered.
        test: labelled pairs to measure on.
        reporter: is told of the progress.

    Raises:
        MatineeError: a file cannot be read, or holds no pairs of both sorts.
    """
    reporter = reporter or Silent()
    read = read_pairs(file)
    pairs, held_out = _parted(read, test)
    learned, stopping = split(pairs, STOPPING_SHARE, seed=1)
    if len({pair.relevant for pair in learned}) < 2 or not held_out:
        raise MatineeError(
            "There are too few pairs to hold some out.",
            f"{file}: {len(read.pairs)} pairs with few different texts of viewers.",
            "Give more of them, or a file to measure on: --test FILE",
        )
    embedded = embed([*learned, *stopping, *held_out], embedder, reporter)
    first, second = len(learned), len(learned) + len(stopping)
    reporter.stage("training", MOST_EPOCHS)
    trained = train(
        embedded.between(0, first),
        embedder.key,
        stopping=embedded.between(first, second),
        told=reporter.advance,
    )
    report = PairReport(
        pairs=second,
        relevant=sum(pair.relevant for pair in pairs),
        skipped=len(read.skipped),
        losses=trained.losses,
        stopping_losses=trained.stopping_losses,
        tested_on="held_out" if test is None else "file",
        test=measure(trained.model, embedded.between(second, None)),
    )
    return Learned(trained.model, report)


def measure_file(
    model: PairModel, file: Path, embedder: Embedder, reporter: Reporter | None = None
) -> Figures:
    """How well a model does on a labelled file.

    Raises:
        MatineeError: the file cannot be read, or the model reads the vectors of another encoder.
    """
    model.check(embedder.key)
    return measure(model, embed(read_pairs(file).pairs, embedder, reporter))


def _parted(read: Pairs, test: Path | None) -> tuple[list[Pair], list[Pair]]:
    """What is learned from, and what is measured on."""
    if test is not None:
        return list(read.pairs), list(read_pairs(test).pairs)
    return split(read.pairs, TEST_SHARE)
