"""Training the layer on labelled pairs, in batches, with the loss of each epoch told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.relevance.measuring import calibration_error
from assistant.relevance.pairs.model import PairModel, pair_features
from assistant.relevance.pairs.reading import Pair
from assistant.types import Value, Video
from store.reporting import Reporter, Silent

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor
    from torch.nn import Linear

    from assistant.types import Matrix
    from store.embedder import Embedder

BATCH = 32
LEARNING_RATE = 1e-3
DECAY = 0.01
"""Weight decay (AdamW, Loshchilov & Hutter 2019)."""
MOST_EPOCHS = 60
PATIENCE = 5
"""So many epochs without a better loss on the pairs that say when to stop are enough."""
STOPPING_SHARE = 0.15
TEST_SHARE = 0.2
"""Of the pairs, held out where no test file is given."""


class Figures(Value):
    """How well a model does on pairs that it has not learned from."""

    pairs: int
    accuracy: float
    auc: float | None
    """None where all pairs are of one sort."""
    log_loss: float
    calibration_error: float
    most_frequent: float
    """The accuracy of always saying what is most frequent."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A layer and how it came about."""

    model: PairModel
    losses: tuple[float, ...]
    """Mean cross-entropy of the training pairs, an epoch each."""
    stopping_losses: tuple[float, ...]
    """The same of the pairs that say when to stop."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Pairs as vectors, a row each."""

    viewers: Matrix
    videos: Matrix
    relevant: NDArray[np.bool_]

    def between(self, first: int, last: int | None) -> Embedded:
        """Those from the first to before the last."""
        rows = slice(first, last)
        return Embedded(self.viewers[rows], self.videos[rows], self.relevant[rows])


def embed(pairs: Sequence[Pair], embedder: Embedder, reporter: Reporter | None = None) -> Embedded:
    """The vectors of pairs; each text is embedded once."""
    reporter = reporter or Silent()
    texts = list(dict.fromkeys([one for pair in pairs for one in (pair.viewer, pair.video)]))
    reporter.stage("embedding texts", len(texts))
    videos = [Video(id=f"text:{number}", title=text) for number, text in enumerate(texts)]
    vectors = embedder.encode_videos(videos, progress=reporter.advance)
    rows = {text: row for row, text in enumerate(texts)}
    return Embedded(
        vectors[[rows[pair.viewer] for pair in pairs]],
        vectors[[rows[pair.video] for pair in pairs]],
        np.array([pair.relevant for pair in pairs], bool),
    )


def split(pairs: Sequence[Pair], share: float, seed: int = 0) -> tuple[list[Pair], list[Pair]]:
    """Two parts, the second of about `share` of the pairs, that have no viewer's text in common.

    The same request on both sides would be known by heart.
    """
    texts = list(dict.fromkeys(pair.viewer for pair in pairs))
    random = np.random.default_rng(seed)
    aside = {texts[row] for row in random.permutation(len(texts))[: round(share * len(texts))]}
    return (
        [pair for pair in pairs if pair.viewer not in aside],
        [pair for pair in pairs if pair.viewer in aside],
    )


def train(
    embedded: Embedded,
    embedder_key: str,
    *,
    stopping: Embedded | None = None,
    seed: int = 0,
    told: Callable[[int], None] = lambda _: None,
) -> Trained:
    """Train the layer; the epoch with the least loss on `stopping` is kept, else the last one.

    Args:
        embedded: pairs to learn from.
        embedder_key: of the encoder that made the vectors.
        stopping: pairs that say when to stop.
        seed: of the order of the batches.
        told: is called after each epoch with 1.
    """
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    generator = torch.Generator().manual_seed(seed)
    inputs, labels = _tensors(embedded)
    aside = _tensors(stopping) if stopping is not None and len(stopping.relevant) else None
    layer = torch.nn.Linear(inputs.shape[1], 1)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=LEARNING_RATE, weight_decay=DECAY)
    losses, stopping_losses, best = [], [], _layer(layer, embedder_key)
    for epoch in range(MOST_EPOCHS):
        total = 0.0
        order = torch.randperm(len(labels), generator=generator)
        for rows in torch.split(order, BATCH):
            optimiser.zero_grad()
            loss = cross_entropy(layer(inputs[rows])[:, 0], labels[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            total += float(loss.detach()) * len(rows)
        losses.append(total / len(labels))
        told(1)
        if aside is None:
            best = _layer(layer, embedder_key)
            continue
        with torch.no_grad():
            stopping_losses.append(float(cross_entropy(layer(aside[0])[:, 0], aside[1])))
        least = int(np.argmin(stopping_losses))
        if least == epoch:
            best = _layer(layer, embedder_key)
        elif epoch - least >= PATIENCE:
            break
    return Trained(best, tuple(losses), tuple(stopping_losses))


def measure(model: PairModel, embedded: Embedded) -> Figures:
    """Accuracy, AUC, log-loss and calibration on pairs that were not learned from."""
    from sklearn.metrics import accuracy_score, log_loss, roc_auc_score

    judged = model.probabilities(embedded.viewers, embedded.videos)
    relevant = embedded.relevant
    share = float(relevant.mean())
    return Figures(
        pairs=len(relevant),
        accuracy=float(accuracy_score(relevant, judged >= 0.5)),
        auc=float(roc_auc_score(relevant, judged)) if 0 < share < 1 else None,
        log_loss=float(log_loss(relevant, judged, labels=[False, True])),
        calibration_error=calibration_error(relevant, judged, np.ones(len(relevant))),
        most_frequent=max(share, 1 - share),
    )


def _tensors(embedded: Embedded) -> tuple[Tensor, Tensor]:
    import torch

    return (
        torch.from_numpy(pair_features(embedded.viewers, embedded.videos).astype(np.float32)),
        torch.from_numpy(embedded.relevant.astype(np.float32)),
    )


def _layer(layer: Linear, embedder_key: str) -> PairModel:
    weights = layer.weight.detach()[0].tolist()
    return PairModel(embedder_key, tuple(weights), float(layer.bias.detach()))
