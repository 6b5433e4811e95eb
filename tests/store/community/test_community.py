from __future__ import annotations

import numpy as np
import pytest

from store.community import Community, CommunityKind, CommunitySource, Weights

COUNTS = np.array([9, 4, 1, 0])
IDS = ("a:0", "a:1", "a:2")


@pytest.fixture
def source() -> CommunitySource:
    """Item 0 speaks for 1 (2.0) and against 2 (−1.0); item 1 for 2 (3.0) and 3 (1.0)."""
    weights = Weights.of(
        np.array([0, 0, 1, 1]),
        np.array([1, 2, 2, 3]),
        np.array([2.0, -1.0, 3.0, 1.0], np.float32),
        4,
    )
    positions = {id_: place for place, id_ in enumerate(IDS)}
    return CommunitySource("test", CommunityKind.RATINGS, 9, COUNTS, weights, 10, positions)


def test_raw_scores_are_sums_over_what_is_liked(source: CommunitySource) -> None:
    liking = {"a:0": 1.0, "a:1": 0.5, "b:unknown": 7.0}
    assert source.raw_scores(liking, ["a:2", "b:x", "a:1", "a:0"]).tolist() == [0.5, 0, 2, 0]
    assert source.raw_scores({"a:0": -1.0}, ["a:1"]).tolist() == [-2]
    assert source.raw_scores({}, IDS).tolist() == [0, 0, 0]
    assert source.raw_scores({"a:0": 1.0}, []).tolist() == []


def test_scores_are_deviations_above_a_random_video_of_the_library(
    source: CommunitySource,
) -> None:
    whole = np.array([0, 2.0, -1.0] + [0] * 7)  # the library has ten videos
    expected = (whole - whole.mean()) / whole.std()
    found = source.scores({"a:0": 1.0}, ["b:x", *IDS])
    np.testing.assert_allclose(found, [expected[-1], *expected[:3]])
    assert source.scores({"a:2": 1.0}, IDS).tolist() == [0, 0, 0]


def test_popularity_counts_people(source: CommunitySource) -> None:
    np.testing.assert_allclose(source.popularity(["a:0", "b:x"]), [np.log(10), 0])


def test_popularity_in_deviations(source: CommunitySource) -> None:
    whole = np.array([*np.log1p(COUNTS[:3]), *[0.0] * 7])
    expected = (whole - whole.mean()) / whole.std()
    np.testing.assert_allclose(
        source.standard_popularity([*IDS, "b:x"]), [*expected[:3], expected[-1]]
    )


def test_the_best_and_the_most_popular(source: CommunitySource) -> None:
    assert source.best({"a:0": 1.0}, 5) == ["a:1"]
    assert source.best({"a:0": 1.0, "a:1": 1.0}, 1) in (["a:1"], ["a:2"])
    assert source.best({}, 5) == source.best({"a:0": 1.0}, 0) == []
    assert source.most_popular(2) == ["a:0", "a:1"]


def test_the_nearest_is_what_speaks_most_for_a_video(source: CommunitySource) -> None:
    liking = {"a:0": 1.0, "a:1": 0.1}
    assert source.nearest(liking, ["a:1", "a:2", "a:0", "b:x"]) == ["a:0", "a:1", None, None]
    assert source.nearest({"a:0": 1.0}, ["a:2"]) == [None]  # it speaks against it
    assert source.nearest({"a:0": -1.0}, ["a:1", "a:2"]) == [None, "a:0"]
    assert source.nearest({}, ["a:1"]) == [None]


def test_all_sources_of_a_library(source: CommunitySource) -> None:
    community = Community((source,))
    assert community.of(CommunityKind.RATINGS) == (source,)
    assert community.of(CommunityKind.LISTS) == ()
    assert community.video_ids == set(IDS)
    assert Community(()).video_ids == frozenset()
