from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.metrics import coverage


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(1)
    held = 0
    for seed in range(300):
        sample = generator.exponential(size=60)  # as skewed as a recall; its mean is 1
        estimate = Bootstrap(60, draws=400, seed=seed).mean(sample)
        held += estimate.low <= 1.0 <= estimate.high
    assert 0.88 <= held / 300 <= 0.98


def test_it_is_as_wide_as_the_normal_one_where_that_is_right() -> None:
    values = np.random.default_rng(2).normal(5.0, 2.0, 1000)
    estimate = Bootstrap(1000).mean(values)
    half = 1.96 * values.std() / math.sqrt(1000)
    assert estimate.value == pytest.approx(values.mean())
    assert estimate.low == pytest.approx(values.mean() - half, abs=0.02)
    assert estimate.high == pytest.approx(values.mean() + half, abs=0.02)


def test_a_difference_is_taken_on_the_same_queries() -> None:
    hard = np.random.default_rng(3).normal(0.0, 10.0, 200)
    bootstrap = Bootstrap(200)
    gain = bootstrap.gain(hard + 0.5, hard)
    assert gain.low == pytest.approx(0.5)
    assert gain.high == pytest.approx(0.5)
    assert gain.clear_of_zero
    assert not bootstrap.mean(hard).clear_of_zero


def test_queries_of_which_a_measure_says_nothing_are_left_out() -> None:
    values = np.array([1.0, np.nan, 3.0] * 10)
    estimate = Bootstrap(30).mean(values)
    assert estimate.value == 2.0
    assert 1.0 < estimate.low < 2.0 < estimate.high < 3.0
    assert math.isnan(Bootstrap(3).mean(np.full(3, np.nan)).value)


def test_few_queries_have_a_mean_and_no_interval() -> None:
    estimate = Bootstrap(3).mean(np.array([1.0, 2.0, 3.0]))
    assert estimate.value == 2.0
    assert math.isnan(estimate.low)
    assert not estimate.clear_of_zero


def test_a_quantile_has_an_interval_too() -> None:
    values = np.arange(101.0)
    estimate = Bootstrap(101).quantile(values, 0.5)
    assert estimate.value == 50
    assert 35 < estimate.low < 50 < estimate.high < 65


def test_coverage_lies_within_its_interval() -> None:
    generator = np.random.default_rng(4)
    lists = [[str(one) for one in generator.integers(0, 300, 10)] for _ in range(50)]
    estimate = Bootstrap(50, draws=300).coverage(lists, 300, 10)
    assert estimate.value == pytest.approx(coverage(lists, 300, 10))
    assert estimate.low < estimate.value < estimate.high
    assert Bootstrap(20).coverage([[]] * 20, 300, 10).value == 0
