from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.settings import RecommendSettings
from assistant.taste import build_taste
from assistant.types import Interaction, Signal, Taste

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEIGHTED = RecommendSettings(half_life_days=100)
MEAN = RecommendSettings(taste="mean")

Vectors = dict[str, NDArray[np.float32]]


def axis(number: int, dimension: int = 8) -> NDArray[np.float32]:
    vector = np.zeros(dimension, np.float32)
    vector[number] = 1
    return vector


def did(
    video_id: str, signal: Signal, *, days_ago: float = 0, rating: float | None = None
) -> Interaction:
    at = NOW - timedelta(days=days_ago)
    return Interaction(video_id=video_id, signal=signal, at=at, rating=rating)


def taste_of(
    *interactions: Interaction,
    vectors: Vectors | None = None,
    keywords: dict[str, tuple[str, ...]] | None = None,
    settings: RecommendSettings = WEIGHTED,
) -> Taste:
    known = vectors or {f"v:{number}": axis(number) for number in range(8)}
    return build_taste(interactions, known, keywords or {}, now=NOW, settings=settings)


def vector_of(taste: Taste) -> NDArray[np.float32]:
    assert taste.vector is not None
    return taste.vector


# --- the worked example ------------------------------------------------------------------------

COURSES: Vectors = {
    "course:introduction-to-ai": np.array([3, 1, 0], np.float32),
    "course:deep-learning-basics": np.array([2, 2, 1], np.float32),
    "course:introduction-to-computer-vision": np.array([1, 2, 2], np.float32),
    "course:machine-learning-in-practice": np.array([2, 1, 0], np.float32),
    "course:neural-networks": np.array([0, 3, 4], np.float32),
}
TEXTS: NDArray[np.float32] = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0.6, 0.8]], np.float32)
"""Unit vectors of a candidate's title, description and tags."""


def test_the_user_vector_is_the_unit_mean_of_five_watched_courses() -> None:
    taste = taste_of(
        *(did(video_id, Signal.WATCHED, days_ago=9) for video_id in COURSES),
        vectors=COURSES,
        settings=MEAN,
    )
    # (3,1,0)/√10 + (2,2,1)/3 + (1,2,2)/3 + (2,1,0)/√5 + (0,3,4)/5, by hand:
    total = np.array([2.8431101, 2.6967746, 1.8])
    np.testing.assert_allclose(vector_of(taste), total / np.sqrt((total**2).sum()), rtol=1e-6)


def test_the_similarity_of_user_and_video_is_their_cosine() -> None:
    taste = taste_of(
        *(did(video_id, Signal.WATCHED) for video_id in COURSES), vectors=COURSES, settings=MEAN
    )
    user = vector_of(taste)
    video = TEXTS.mean(axis=0)  # q_v = (1/|T_v|) Σ q_t = (1.6, 1.4, .8) / 3
    similarity = user @ video / (np.linalg.norm(user) * np.linalg.norm(video))
    # (2.8431101·1.6 + 2.6967746·1.4 + 1.8·.8) / (√(8.0832751+7.2725932+3.24) · √(2.56+1.96+.64))
    assert similarity == pytest.approx(9.7644606 / (4.3122927 * 2.2715633), rel=1e-6)


# --- signals -----------------------------------------------------------------------------------


def test_weights_order_the_signals() -> None:
    taste = taste_of(
        did("v:0", Signal.SAVED),
        did("v:1", Signal.WATCHED),
        did("v:2", Signal.RATED, rating=5),
        did("v:3", Signal.LIKED),
    )
    assert taste.liked_ids == ("v:3", "v:2", "v:1", "v:0")
    components = vector_of(taste)[:4]
    assert (np.diff(components) > 0).all()
    assert np.linalg.norm(components) == pytest.approx(1, abs=1e-6)


def test_a_signal_one_half_life_old_counts_half() -> None:
    vector = vector_of(taste_of(did("v:0", Signal.LIKED), did("v:1", Signal.LIKED, days_ago=100)))
    assert vector[0] / vector[1] == pytest.approx(2, rel=1e-5)


def test_the_strength_of_a_signal_scales_it() -> None:
    weak = did("v:1", Signal.LIKED).model_copy(update={"strength": 0.25})
    vector = vector_of(taste_of(did("v:0", Signal.LIKED), weak))
    assert vector[0] / vector[1] == pytest.approx(4, rel=1e-5)


def test_the_mean_ignores_weights_and_ages() -> None:
    vector = vector_of(
        taste_of(did("v:0", Signal.LIKED), did("v:1", Signal.WATCHED, days_ago=900), settings=MEAN)
    )
    np.testing.assert_allclose(vector[:2], np.sqrt([0.5, 0.5]), rtol=1e-6)


def test_a_signal_from_the_future_is_new() -> None:
    future = taste_of(did("v:0", Signal.LIKED), did("v:1", Signal.LIKED, days_ago=-500))
    assert vector_of(future)[0] == pytest.approx(vector_of(future)[1])


def test_a_time_without_a_zone_means_utc() -> None:
    naive = did("v:0", Signal.LIKED).model_copy(update={"at": datetime(2025, 9, 23)})
    vector = vector_of(taste_of(naive, did("v:1", Signal.LIKED)))
    assert vector[1] / vector[0] == pytest.approx(2, rel=1e-5)  # a hundred days before NOW


def test_a_history_of_decades_ago_is_still_a_taste() -> None:
    settings = RecommendSettings(half_life_days=1)
    taste = taste_of(did("v:0", Signal.LIKED, days_ago=9_000), settings=settings)
    np.testing.assert_allclose(vector_of(taste), axis(0))


# --- the last word -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signals", "liked", "disliked"),
    [
        ([Signal.LIKED, Signal.DISLIKED], False, True),
        ([Signal.DISLIKED, Signal.LIKED], True, False),
        ([Signal.LIKED, Signal.HIDDEN], False, True),
        ([Signal.LIKED, Signal.WATCHED], True, False),
        ([Signal.DISLIKED, Signal.WATCHED], False, True),
        ([Signal.HIDDEN, Signal.SAVED], True, False),
        ([Signal.LIKED, Signal.SHOWN], True, False),
        ([Signal.SHOWN, Signal.LIKED], True, False),
        ([Signal.SHOWN], False, False),
        ([Signal.WATCHED], True, False),
        ([Signal.DISLIKED, Signal.FINISHED], False, True),
    ],
)
def test_the_last_opinion_counts(signals: list[Signal], liked: bool, disliked: bool) -> None:
    history = [did("v:0", one, days_ago=9 - day) for day, one in enumerate(signals)]
    taste = taste_of(*reversed(history))
    assert ("v:0" in taste.liked_ids, taste.dislike_vector is not None) == (liked, disliked)


def test_liking_stands_through_watching_again() -> None:
    taste = taste_of(
        did("v:0", Signal.LIKED, days_ago=9),
        did("v:0", Signal.WATCHED),
        did("v:1", Signal.WATCHED),
    )
    assert taste.liked_ids == ("v:0", "v:1")


def test_what_is_known_or_unwanted_is_excluded() -> None:
    taste = taste_of(
        did("v:0", Signal.WATCHED),
        did("v:1", Signal.RATED, rating=4),
        did("v:2", Signal.DISLIKED),
        did("v:3", Signal.HIDDEN),
        did("v:4", Signal.SAVED),
        did("v:5", Signal.SHOWN),
        did("v:6", Signal.LIKED),
        did("v:7", Signal.HIDDEN, days_ago=2),
        did("v:7", Signal.SAVED, days_ago=1),
    )
    assert taste.excluded_ids == {"v:0", "v:1", "v:2", "v:3", "v:6"}


# --- ratings -----------------------------------------------------------------------------------


def test_ratings_count_against_the_persons_own_mean() -> None:
    mild = [did(f"v:{n}", Signal.RATED, rating=r) for n, r in enumerate((5, 5, 4.5, 2.5))]
    harsh = [did(f"v:{n}", Signal.RATED, rating=r) for n, r in enumerate((1, 1, 1.5, 3))]
    assert taste_of(*mild).liked_ids == ("v:0", "v:1", "v:2")
    disliked = taste_of(*mild).dislike_vector
    assert disliked is not None
    np.testing.assert_allclose(disliked, axis(3))
    assert taste_of(*harsh).liked_ids == ("v:3",)


def test_a_rating_a_little_below_the_mean_says_nothing() -> None:
    taste = taste_of(
        *(did(f"v:{n}", Signal.RATED, rating=r) for n, r in enumerate((4.5, 4, 3.5, 3.5)))
    )
    assert "v:3" not in taste.liked_ids
    assert taste.dislike_vector is None
    assert "v:3" in taste.excluded_ids


@pytest.mark.parametrize(("rating", "liked"), [(5.0, True), (3.0, True), (0.5, False)])
def test_a_single_rating_is_judged_against_the_middle(rating: float, liked: bool) -> None:
    taste = taste_of(did("v:0", Signal.RATED, rating=rating))
    assert (taste.vector is not None) == liked
    assert (taste.dislike_vector is not None) != liked


def test_a_lower_rating_is_a_stronger_dislike() -> None:
    ratings = [5.0] * 6 + [2.5, 0.5]
    taste = taste_of(*(did(f"v:{n}", Signal.RATED, rating=r) for n, r in enumerate(ratings)))
    assert taste.dislike_vector is not None
    assert taste.dislike_vector[7] > taste.dislike_vector[6] > 0


def test_what_was_said_to_be_liked_is_told_from_what_was_only_watched() -> None:
    taste = taste_of(
        did("v:0", Signal.LIKED),
        did("v:1", Signal.WATCHED),
        did("v:2", Signal.SAVED),
        did("v:3", Signal.RATED, rating=4),
        did("v:4", Signal.RATED, rating=1.5),
        did("v:5", Signal.RATED, rating=3),
        did("v:6", Signal.LIKED, days_ago=3),
        did("v:6", Signal.DISLIKED),
    )
    assert "v:5" in taste.liked_ids  # above this person's mean, and still no praise
    assert taste.said_liked_ids == {"v:0", "v:3"}


# --- interests ---------------------------------------------------------------------------------


def scattered(
    groups: int, each: int, *, seed: int = 1
) -> tuple[Vectors, dict[str, tuple[str, ...]]]:
    """`each` videos close around each of `groups` axes, with keywords to match."""
    random = np.random.default_rng(seed)
    vectors: Vectors = {}
    keywords: dict[str, tuple[str, ...]] = {}
    for group in range(groups):
        for number in range(each):
            noise = random.normal(scale=0.02, size=32)
            video_id = f"g{group}:{number}"
            vectors[video_id] = (axis(group, 32) + noise).astype(np.float32)
            keywords[video_id] = ("video", f"topic {group}", f"only {group}-{number}")
    return vectors, keywords


def test_no_history_is_no_taste() -> None:
    assert taste_of() == Taste()


def test_one_like_is_one_interest() -> None:
    taste = taste_of(did("v:0", Signal.LIKED), keywords={"v:0": ("jazz", "piano")})
    (interest,) = taste.interests
    assert (interest.name, interest.weight, interest.video_ids) == ("jazz, piano", 1.0, ("v:0",))
    np.testing.assert_allclose(interest.vector, axis(0))


@pytest.mark.parametrize(("cosine", "interests"), [(0.9, 1), (0.1, 2)])
def test_two_likes_are_one_interest_only_if_they_are_alike(cosine: float, interests: int) -> None:
    near = (cosine * axis(0) + np.sqrt(1 - cosine**2) * axis(1)).astype(np.float32)
    taste = taste_of(
        did("v:0", Signal.LIKED),
        did("v:1", Signal.LIKED),
        vectors={"v:0": axis(0), "v:1": near},
    )
    assert len(taste.interests) == interests


def test_interests_are_the_groups_of_likes_weightiest_first() -> None:
    vectors, keywords = scattered(3, 5)
    history = [
        did(v, Signal.LIKED if v.startswith("g2") else Signal.WATCHED, days_ago=int(v[-1]))
        for v in vectors
    ]
    taste = taste_of(*history, vectors=vectors, keywords=keywords)
    assert [one.name.split(",")[0] for one in taste.interests] == ["topic 2", "topic 0", "topic 1"]
    assert sum(one.weight for one in taste.interests) == pytest.approx(1)
    assert set(taste.interests[0].video_ids) == {f"g2:{n}" for n in range(5)}


def test_500_likes_make_at_most_eight_interests() -> None:
    vectors, keywords = scattered(25, 20)
    history = [did(v, Signal.LIKED) for v in vectors]
    taste = taste_of(*history, vectors=vectors, keywords=keywords)
    assert len(taste.interests) == 8
    assert all(len({v[:3] for v in one.video_ids}) == 1 for one in taste.interests)
    assert sum(one.weight for one in taste.interests) == pytest.approx(1)
    assert len({one.name for one in taste.interests}) == 8
    again = taste_of(*reversed(history), vectors=vectors, keywords=keywords)
    assert [one.name for one in again.interests] == [one.name for one in taste.interests]


def test_likes_beyond_those_that_are_clustered_join_the_nearest_interest() -> None:
    vectors, keywords = scattered(2, 400)
    taste = taste_of(*(did(v, Signal.LIKED) for v in vectors), vectors=vectors, keywords=keywords)
    assert sorted(len(one.video_ids) for one in taste.interests) == [400, 400]


def test_videos_without_a_vector_are_only_excluded() -> None:
    taste = taste_of(did("v:0", Signal.LIKED), did("x:unknown", Signal.WATCHED))
    assert taste.liked_ids == ("v:0",)
    assert "x:unknown" in taste.excluded_ids
    assert taste_of(did("x:unknown", Signal.LIKED)).vector is None


def test_an_interest_without_keywords_has_no_name() -> None:
    (interest,) = taste_of(did("v:0", Signal.LIKED)).interests
    assert (interest.name, interest.keywords) == ("", ())


def test_the_more_a_signal_says_the_more_it_weighs() -> None:
    signals = [Signal.SAVED, Signal.WATCHED, Signal.FINISHED, Signal.LIKED]
    found = taste_of(*(did(f"v:{n}", signal) for n, signal in enumerate(signals)))
    assert found.liked_ids == ("v:3", "v:2", "v:1", "v:0")
    assert list(found.liked_weights) == sorted(found.liked_weights, reverse=True)


def test_what_was_finished_stays_so_when_it_is_watched_again() -> None:
    finished = taste_of(did("v:0", Signal.FINISHED, days_ago=1), did("v:0", Signal.WATCHED))
    watched = taste_of(did("v:0", Signal.WATCHED))
    assert finished.liked_weights > watched.liked_weights
    assert "v:0" in finished.excluded_ids
