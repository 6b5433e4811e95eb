from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import ndcg_score, roc_auc_score

from assistant.relevance.examples import Examples
from assistant.relevance.features import NAMES
from assistant.relevance.measuring import HeldOut, calibration_error, compare
from assistant.relevance.training import (
    ENOUGH_FOR_THE_LATEST,
    LEAST_OPINIONS,
    TooFew,
    Trained,
    train,
)
from assistant.retrieve import RetrievalStore
from assistant.settings import RecommendSettings
from assistant.types import Interaction, Video
from tests.assistant.relevance.conftest import VIDEOS, signals

SETTINGS = RecommendSettings()
SHUFFLED = [VIDEOS[row] for row in np.random.default_rng(0).permutation(len(VIDEOS))]


def is_german(video: Video) -> bool:
    """Of every topic and year alike, so that nothing else tells."""
    return video.language == "de"


def history(count: int) -> list[Interaction]:
    return signals(SHUFFLED[:count], is_german)


@pytest.fixture(scope="module")
def kept() -> dict[int, Trained]:
    """Trainings that several tests look at."""
    return {}


def trained(count: int, store: RetrievalStore, kept: dict[int, Trained]) -> Trained:
    if count not in kept:
        found = train(history(count), store, SETTINGS)
        assert isinstance(found, Trained)
        kept[count] = found
    return kept[count]


def test_what_the_fusion_cannot_know_is_learned(
    store: RetrievalStore, kept: dict[int, Trained]
) -> None:
    found = trained(160, store, kept)
    report = found.report
    assert report.takes_part, report
    assert report.model.auc > report.fusion.auc + 0.05
    assert report.model.log_loss < report.fusion.log_loss
    weights = dict(zip(NAMES, found.model.weights, strict=True))
    assert weights["language"] > 0
    assert found.model.share == report.share == pytest.approx(2 * report.better - 1)


def test_noise_is_not_learned(store: RetrievalStore) -> None:
    """Where likes and dislikes are drawn by lot, held-out signals show that nothing is known."""
    random = np.random.default_rng(3)
    found = train(signals(SHUFFLED[:160], lambda _: random.random() < 0.5), store, SETTINGS)
    assert isinstance(found, Trained)
    assert not found.report.takes_part
    assert 0.3 < found.report.model.auc < 0.7


def test_the_latest_are_held_out_and_of_few_each_part(
    store: RetrievalStore, kept: dict[int, Trained]
) -> None:
    many = trained(160, store, kept).report
    assert (many.split, many.held_out) == ("latest", 40)
    few = ENOUGH_FOR_THE_LATEST - 20
    found = trained(few, store, kept).report
    assert (found.split, found.held_out) == ("crossed", few)


def test_the_report_counts_what_there_was(store: RetrievalStore, kept: dict[int, Trained]) -> None:
    report = trained(160, store, kept).report
    liked = sum(is_german(video) for video in SHUFFLED[:160])
    assert (report.signals, report.counts.signals) == (160, 160)
    assert (report.counts.positives, report.counts.negatives) == (liked, 160 - liked)
    assert report.counts.drawn > 160
    assert report.epochs == len(report.losses) - 1
    assert report.losses[-1] < report.losses[0]


def test_too_little_to_learn_from_is_said(store: RetrievalStore) -> None:
    assert train([], store, SETTINGS) == TooFew(0, 0)
    few = signals(VIDEOS[: LEAST_OPINIONS - 1], lambda _: True)
    assert train(few, store, SETTINGS) == TooFew(LEAST_OPINIONS - 1, LEAST_OPINIONS - 1)
    dislikes = signals(VIDEOS[:40], lambda _: False)
    assert train(dislikes, store, SETTINGS) == TooFew(40, 0)


def test_the_same_history_gives_the_same_model(
    store: RetrievalStore, kept: dict[int, Trained]
) -> None:
    again = train(history(40), store, SETTINGS)
    assert isinstance(again, Trained)
    assert again.model == trained(40, store, kept).model


# --- measuring ---------------------------------------------------------------------------------


def held_out(better_by: float, n: int = 300, seed: int = 0) -> HeldOut:
    """Examples of which the model knows more than the fusion by some share."""
    random = np.random.default_rng(seed)
    truth = random.normal(size=n)
    relevant = random.random(n) < 1 / (1 + np.exp(-2 * truth))
    fusion = 1 / (1 + np.exp(-(0.5 * truth + random.normal(size=n))))
    model = 1 / (1 + np.exp(-((0.5 + better_by) * truth + random.normal(size=n) * 0.6)))
    examples = Examples(np.zeros((n, len(NAMES))), fusion, relevant, np.ones(n), np.zeros(n, bool))
    return HeldOut(examples, model, fusion)


def test_figures_are_those_of_scikit_learn() -> None:
    one = held_out(1.0)
    found = compare([one])
    relevant = one.examples.relevant
    assert found.model.auc == pytest.approx(roc_auc_score(relevant, one.model))
    assert found.fusion.ndcg == pytest.approx(ndcg_score([relevant], [one.fusion], k=10))
    mean, low, high = found.auc_gain
    assert low < mean < high
    assert mean == pytest.approx(found.model.auc - found.fusion.auc)


def test_what_is_clearly_better_takes_part_and_what_is_the_same_does_not() -> None:
    assert compare([held_out(2.0)]).verdict == "takes_part"
    same = held_out(0.0)
    twice = HeldOut(same.examples, same.fusion, same.fusion)
    assert compare([twice]).verdict == "no_better"
    assert compare([twice]).share == 0.0


def test_few_held_out_say_nothing() -> None:
    one = held_out(2.0)
    rows = np.flatnonzero(one.examples.relevant)[:3].tolist()
    rows += np.flatnonzero(~one.examples.relevant)[:50].tolist()
    examples = Examples(
        one.examples.features[rows],
        one.examples.fusion[rows],
        one.examples.relevant[rows],
        one.examples.weights[rows],
        one.examples.drawn[rows],
    )
    few = HeldOut(examples, one.model[rows], one.fusion[rows])
    assert compare([few]).verdict == "too_few_held_out"


def test_calibration_error_of_what_is_sure_and_wrong_and_of_what_is_right() -> None:
    relevant = np.array([True] * 60 + [False] * 40)
    even = np.ones(100)
    assert calibration_error(relevant, relevant.astype(float), even) == pytest.approx(0.0)
    assert calibration_error(relevant, 1.0 - relevant, even) == pytest.approx(1.0)
    mixed = np.array([True, False] * 50)
    assert calibration_error(mixed, np.full(100, 0.5), even) == pytest.approx(0.0)
    assert calibration_error(mixed, np.full(100, 0.9), even) == pytest.approx(0.4)
