from __future__ import annotations

import math
import random

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, alpha_nDCG, nDCG

from assistant.evaluation.metrics import (
    alpha_ndcg,
    calibration,
    coverage,
    intra_list_distance,
    mean_popularity,
    ndcg,
    popularity_ranks,
    recall,
    reciprocal_rank,
    subtopic_recall,
)
from store.unit import unit

CATALOGUE = [f"v{number}" for number in range(60)]


def rankings(seed: int) -> tuple[list[str], dict[str, int]]:
    """A ranking of some of the catalogue, and grades of some of it, not all of them ranked."""
    draw = random.Random(seed)
    ranked = draw.sample(CATALOGUE, draw.randint(1, 40))
    graded = {one: draw.randint(1, 3) for one in draw.sample(CATALOGUE, draw.randint(1, 20))}
    return ranked, graded


def run_of(ranked: list[str]) -> list[ir_measures.ScoredDoc]:
    return [ir_measures.ScoredDoc("q", id_, -float(place)) for place, id_ in enumerate(ranked)]


@pytest.mark.parametrize("seed", range(25))
def test_they_are_what_trec_eval_says(seed: int) -> None:
    ranked, graded = rankings(seed)
    qrels = [ir_measures.Qrel("q", id_, grade) for id_, grade in graded.items()]
    binary = [ir_measures.Qrel("q", id_, 1) for id_ in graded]

    theirs = ir_measures.calc_aggregate(
        [R @ 1, R @ 10, R @ 50, RR, nDCG @ 10], binary, run_of(ranked)
    )
    assert recall(ranked, set(graded), 1) == pytest.approx(theirs[R @ 1])
    assert recall(ranked, set(graded), 10) == pytest.approx(theirs[R @ 10])
    assert recall(ranked, set(graded), 50) == pytest.approx(theirs[R @ 50])
    assert reciprocal_rank(ranked, set(graded)) == pytest.approx(theirs[RR])
    assert ndcg(ranked, set(graded), 10) == pytest.approx(theirs[nDCG @ 10])

    graded_theirs = ir_measures.calc_aggregate([nDCG @ 10], qrels, run_of(ranked))
    assert ndcg(ranked, graded, 10) == pytest.approx(graded_theirs[nDCG @ 10])


@pytest.mark.parametrize("seed", range(25))
def test_novelty_is_what_ndeval_says(seed: int) -> None:
    draw = random.Random(seed)
    ranked, graded = rankings(seed)
    subtopics = {id_: draw.sample("123456", draw.randint(1, 4)) for id_ in graded}
    qrels = [
        ir_measures.Qrel("q", id_, 1, iteration=one)
        for id_, own in subtopics.items()
        for one in own
    ]
    [theirs] = ir_measures.calc_aggregate([alpha_nDCG @ 10], qrels, run_of(ranked)).values()
    # Where several videos gain as much, the greedy ideal depends on which comes first.
    assert alpha_ndcg(ranked, subtopics, 10) == pytest.approx(theirs, rel=0.03)


def test_novelty_without_ties_is_exactly_what_ndeval_says() -> None:
    subtopics = {"a": "1234567", "b": "12", "c": "89", "d": "123"}
    qrels = [
        ir_measures.Qrel("q", id_, 1, iteration=one)
        for id_, own in subtopics.items()
        for one in own
    ]
    ranked = ["d", "x", "c", "a"]
    [theirs] = ir_measures.calc_aggregate([alpha_nDCG @ 3], qrels, run_of(ranked)).values()
    assert alpha_ndcg(ranked, subtopics, 3) == pytest.approx(theirs)


def test_a_subtopic_is_worth_half_when_it_comes_again() -> None:
    subtopics = {"a": ["1"], "b": ["1"], "c": ["2"]}
    ideal = 1 + 1 / math.log2(3) + 0.5 / math.log2(4)
    assert alpha_ndcg(["a", "c", "b"], subtopics, 3) == pytest.approx(1.0)
    repeating = 1 + 0.5 / math.log2(3) + 1 / math.log2(4)
    assert alpha_ndcg(["a", "b", "c"], subtopics, 3) == pytest.approx(repeating / ideal)


def test_subtopics_are_covered_once() -> None:
    subtopics = {"a": ["1", "2"], "b": ["2"], "c": ["3", "4"]}
    assert subtopic_recall(["a", "b", "x"], subtopics, 3) == 0.5
    assert subtopic_recall(["x", "c", "a"], subtopics, 2) == 0.5
    assert subtopic_recall(["c", "a"], subtopics, 2) == 1.0


def test_nothing_relevant_is_nothing_found() -> None:
    assert recall(["a"], set(), 10) == 0
    assert ndcg(["a"], set(), 10) == 0
    assert alpha_ndcg(["a"], {}, 10) == 0
    assert alpha_ndcg(["a"], {"a": []}, 10) == 0
    assert subtopic_recall(["a"], {"a": []}, 10) == 0
    assert reciprocal_rank([], {"a"}) == 0


def test_distance_is_the_mean_over_all_pairs() -> None:
    vectors = unit(np.random.default_rng(0).standard_normal((7, 5)).astype(np.float32))
    pairs = [1 - vectors[i] @ vectors[j] for i in range(7) for j in range(i)]
    assert intra_list_distance(vectors) == pytest.approx(np.mean(pairs), abs=1e-6)
    assert intra_list_distance(np.eye(3, dtype=np.float32)) == pytest.approx(1.0)
    assert intra_list_distance(np.array([[1, 0], [-1, 0]], np.float32)) == pytest.approx(2.0)
    assert math.isnan(intra_list_distance(vectors[:1]))


def test_coverage_counts_a_video_once() -> None:
    assert coverage([["a", "b", "c"], ["b", "d"]], videos=8, k=2) == 3 / 8
    assert coverage([], videos=8, k=2) == 0


def test_popularity_is_a_place_that_equals_share() -> None:
    places = popularity_ranks({"a": 10, "b": 3, "c": 3}, ["a", "b", "c", "d"])
    assert places == {"a": 0.875, "b": 0.5, "c": 0.5, "d": 0.125}
    assert np.mean(list(places.values())) == 0.5
    assert mean_popularity(["a", "d", "b"], places, 2) == 0.5
    assert math.isnan(mean_popularity([], places, 2))


def test_calibration_is_the_divergence_from_the_viewers_mix() -> None:
    assert calibration({"x": 3, "y": 1}, {"x": 6, "y": 2}) == pytest.approx(0.0)
    shown_y = 0.99 * 0.0 + 0.01 * 0.25
    by_hand = 0.75 * math.log(0.75 / (0.99 + 0.01 * 0.75)) + 0.25 * math.log(0.25 / shown_y)
    assert calibration({"x": 3, "y": 1}, {"x": 5}) == pytest.approx(by_hand)
    assert calibration({"x": 1}, {}) == pytest.approx(math.log(100))
