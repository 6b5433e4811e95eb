from __future__ import annotations

import math

import pytest

from assistant.interests.mix import ALPHA, in_words, mix_of

TASTE = {"sky": 0.5, "bread": 0.3, "jazz": 0.2}


def labels(sky: int, bread: int, jazz: int, outside: int = 0) -> list[str | None]:
    return ["sky"] * sky + ["bread"] * bread + ["jazz"] * jazz + [None] * outside


def test_the_mix_of_the_taste_itself_is_no_difference() -> None:
    mix = mix_of(TASTE, labels(5, 3, 2))
    assert mix is not None
    assert mix.divergence == pytest.approx(0, abs=1e-12)
    assert mix.others == 0
    assert in_words(mix) == "The mix of the last 10 picks is about that of your taste."


def test_the_divergence_is_that_of_steck() -> None:
    mix = mix_of(TASTE, labels(10, 0, 0))
    assert mix is not None
    smoothed = [(1 - ALPHA) * q + ALPHA * p for p, q in ((0.5, 1.0), (0.3, 0.0), (0.2, 0.0))]
    expected = sum(p * math.log(p / q) for p, q in zip((0.5, 0.3, 0.2), smoothed, strict=True))
    assert mix.divergence == pytest.approx(expected)
    assert mix.others == 5
    assert "far from that of your taste: 5 would be others." in in_words(mix)
    assert "“sky” is over its share: 100% of the picks, 50% of your taste." in in_words(mix)


def test_picks_outside_all_interests_are_counted() -> None:
    mix = mix_of(TASTE, labels(0, 0, 0, 10), asked=4)
    assert mix is not None
    assert (mix.outside, mix.others) == (10, 10)
    assert "“sky” is short of its share" in in_words(mix)
    assert "4 of them answer a wish of yours" in in_words(mix)


def test_without_a_taste_or_picks_there_is_nothing_to_compare() -> None:
    assert mix_of({}, labels(1, 0, 0)) is None
    assert mix_of(TASTE, []) is None
