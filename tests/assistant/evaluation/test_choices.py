from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.choices import fit_choices


def test_the_weights_behind_choices_are_found() -> None:
    draw = np.random.default_rng(1)
    truth = np.array([1.5, -0.7, 0.0])
    features, right = [], []
    for _ in range(2000):
        rows = draw.normal(size=(12, 3))
        odds = np.exp(rows @ truth)
        features.append(rows)
        right.append(np.arange(12) == draw.choice(12, p=odds / odds.sum()))
    assert fit_choices(features, right) == pytest.approx(truth, abs=0.1)


def test_it_agrees_with_logistic_regression_where_lists_are_pairs() -> None:
    from sklearn.linear_model import LogisticRegression

    draw = np.random.default_rng(2)
    pairs = draw.normal(size=(300, 2, 2))
    first = draw.random(300) < 1 / (1 + np.exp(-(pairs[:, 0] - pairs[:, 1]) @ [1.0, 0.5]))
    ours = fit_choices(list(pairs), [np.array([one, not one]) for one in first])
    # The same penalty: theirs is ½·w², and C weighs the likelihood.
    theirs = LogisticRegression(C=1 / (2 * 1e-3), fit_intercept=False, tol=1e-8)
    theirs.fit(pairs[:, 0] - pairs[:, 1], first)
    assert ours == pytest.approx(theirs.coef_[0], abs=1e-3)


def test_what_tells_right_from_wrong_without_fail_gets_a_finite_weight() -> None:
    rows = [np.array([[1.0], [0.0], [0.0]])] * 40
    (weight,) = fit_choices(rows, [np.array([True, False, False])] * 40)
    assert 3 < weight < 100


def test_several_that_are_right_share_the_choice() -> None:
    rows = [np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])]
    assert fit_choices(rows, [np.array([True, True])] * 2) == pytest.approx([0.0])
