from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from assistant.relevance import fitting
from assistant.relevance.examples import Examples
from assistant.relevance.features import NAMES
from assistant.relevance.fitting import calibrated, fit
from assistant.relevance.model import RelevanceModel, Scaling

N = 400


def made(seed: int = 0, effect: float = 1.5) -> Examples:
    """Relevant by the fusion's score, and by the third feature, which the fusion knows not."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(N, len(NAMES))) * 3 + 7
    fusion = random.normal(size=N) * 2 + 1
    logits = (fusion - 1) / 2 + effect * (features[:, 2] - 7) / 3
    relevant = random.random(N) < 1 / (1 + np.exp(-logits))
    return Examples(features, fusion, relevant, np.ones(N), np.zeros(N, bool))


def test_it_begins_at_the_fusion_and_learns_what_that_does_not_know() -> None:
    examples = made()
    start = fit(examples, epochs=0).model
    assert start == calibrated(examples)
    assert not start.corrections(examples.features).any()
    learned = fit(examples).model
    assert int(np.argmax(np.abs(learned.weights))) == 2
    assert learned.weights[2] > 0.5


def test_losses_fall_and_are_those_of_scikit_learn() -> None:
    examples = made()
    done = fit(examples, epochs=40)
    assert len(done.losses) == 41
    assert done.losses[-1] < done.losses[0]
    judged = done.model.probabilities(examples.features, examples.fusion)
    assert done.losses[-1] == pytest.approx(log_loss(examples.relevant, judged), abs=1e-6)


def test_in_the_end_it_is_what_scikit_learn_finds() -> None:
    """The same objective: cross-entropy and a normal prior, with the fusion free of it."""
    examples = made()
    model = fit(examples, epochs=3000).model
    free = 1e3  # a column scaled up is as good as free of the prior
    columns = np.column_stack(
        [
            free * model.fusion.apply(examples.fusion[:, None]),
            model.scaling.apply(examples.features),
        ]
    )
    solver = LogisticRegression(C=1 / fitting.DECAY, max_iter=10_000, tol=1e-9)
    found = solver.fit(columns, examples.relevant).coef_[0]
    np.testing.assert_allclose(model.weights, found[1:], atol=0.02)
    assert model.slope == pytest.approx(free * found[0], abs=0.05)


def test_it_stops_where_the_held_out_loss_is_least() -> None:
    noise = replace(made(), relevant=np.random.default_rng(5).random(N) < 0.5)
    done = fit(noise, held_out=replace(made(1), relevant=np.random.default_rng(6).random(N) < 0.5))
    assert len(done.losses) < fitting.MOST_EPOCHS
    assert done.best_epochs == int(np.argmin(done.held_out_losses))
    assert len(done.held_out_losses) - 1 - done.best_epochs <= fitting.PATIENCE


def test_the_order_by_corrected_score_is_the_order_by_probability() -> None:
    examples = made()
    model = fit(examples, epochs=30).model
    inside = np.abs(model.fusion.apply(examples.fusion[:, None])[:, 0]) < 4
    corrected = (examples.fusion + model.corrections(examples.features))[inside]
    judged = model.probabilities(examples.features, examples.fusion)[inside]
    np.testing.assert_array_equal(np.argsort(corrected), np.argsort(judged))


def test_a_share_of_the_corrections() -> None:
    examples = made()
    model = fit(examples, epochs=30).model
    half = replace(model, share=0.5).corrections(examples.features)
    np.testing.assert_allclose(half, model.corrections(examples.features) / 2)
    against = replace(model, slope=-1.0)
    assert not against.corrections(examples.features).any(), "it says the fusion is upside down"


def test_what_is_not_known_is_at_the_mean_and_what_is_constant_says_nothing() -> None:
    columns = np.array([[1.0, 5.0, np.nan], [3.0, 5.0, np.nan], [np.nan, 5.0, np.nan]])
    scaled = Scaling.of(columns).apply(columns)
    np.testing.assert_allclose(scaled, [[-1, 0, 0], [1, 0, 0], [0, 0, 0]])
    assert Scaling.of(columns).apply(np.array([[1e9, 6.0, 1.0]])).tolist() == [[4.0, 0.0, 0.0]]


def test_a_model_survives_being_stored() -> None:
    model = fit(made(), epochs=5).model
    assert RelevanceModel.from_bytes(model.to_bytes()) == model


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"fusion": 1}', b"\x80\x04pickle"])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no relevance model|Expecting|decode"):
        RelevanceModel.from_bytes(data)


def test_a_model_of_other_features_is_refused() -> None:
    values = json.loads(fit(made(), epochs=1).model.to_bytes())
    values["weights"] = values["weights"][:-1]
    with pytest.raises(ValueError, match="other features"):
        RelevanceModel.from_bytes(json.dumps(values).encode())
