from __future__ import annotations

import numpy as np
import pytest

from store.community import CommunityKind, CommunitySource, Ratings, learn
from store.community import learned as learning

RATINGS, LISTS = CommunityKind.RATINGS, CommunityKind.LISTS
SEA = ["whale", "shark", "reef"]
DIVER: dict[str, float | None] = {"whale": 5.0, "shark": 5.0, "reef": 5.0, "owl": 1.0}
RANGER: dict[str, float | None] = {"owl": 4.0, "fox": 4.0, "deer": 4.0, "shark": 2.0}
PEOPLE = [DIVER] * 10 + [RANGER] * 8


def best(users: list[dict[str, float | None]], liked: str, kind: CommunityKind = RATINGS) -> str:
    found = learn(users, kind=kind)
    source = CommunitySource.of("test", found, found.keys)
    others = [key for key in found.keys if key != liked]
    return others[int(np.argmax(source.raw_scores({liked: 1.0}, others)))]


def test_what_is_liked_together_speaks_for_each_other() -> None:
    assert best(PEOPLE, "whale") in ("shark", "reef")
    assert best(PEOPLE, "owl") in ("fox", "deer")


def test_a_low_rating_is_no_liking() -> None:
    found = learn(PEOPLE, kind=RATINGS)
    source = CommunitySource.of("test", found, found.keys)
    [score] = source.raw_scores({"whale": 1.0}, ["owl"])
    assert score <= 0


def test_what_is_named_without_a_rating_is_liked() -> None:
    named: list[dict[str, float | None]] = [dict.fromkeys(user) for user in PEOPLE]
    assert best(named, "fox", LISTS) in ("owl", "deer")


def test_the_numbers_of_people_and_their_means() -> None:
    found = learn(PEOPLE, kind=RATINGS)
    counts = dict(zip(found.keys, found.counts.tolist(), strict=True))
    means = dict(zip(found.keys, found.means.tolist(), strict=True))
    assert (found.people, found.ratings) == (18, 72)
    assert counts == {"whale": 10, "shark": 18, "reef": 10, "owl": 18, "fox": 8, "deer": 8}
    assert means["owl"] == pytest.approx((10 * 1 + 8 * 4) / 18)
    assert np.isnan(learn([{"a": None, "b": None}], kind=LISTS).means).all()


def test_the_sparse_way_says_about_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = learn(PEOPLE, kind=RATINGS)
    monkeypatch.setattr(learning, "MOST_OPERATIONS", 0.0)
    near = learn(PEOPLE, kind=RATINGS)
    assert near.method != exact.method
    rows = np.arange(6)
    tables = []
    for found in (exact, near):
        table = np.zeros((6, 6))
        which, columns, values = found.weights.entries(rows)
        table[which, columns] = values
        tables.append(table)
    np.testing.assert_allclose(tables[0], tables[1], rtol=0.01, atol=1e-3)


def test_the_most_liked_are_solved_exactly_the_others_among_near_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "MOST_OPERATIONS", 3.5**3)
    found = learn(PEOPLE, kind=RATINGS)
    source = CommunitySource.of("test", found, found.keys)
    assert source.nearest({"whale": 1.0, "fox": 1.0}, ["reef", "deer"]) == ["whale", "fox"]
    which, columns, _ = found.weights.entries(np.arange(6))
    assert len({*zip(which.tolist(), columns.tolist(), strict=True)}) == len(columns)


def test_counts_beyond_half_precision_are_scaled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_OPERATIONS", 0.0)
    few = learn([{"a": 5.0, "b": 5.0}] * 9 + [{"a": 5.0, "c": 5.0}], kind=RATINGS)
    many = learn([{"a": 5.0, "b": 5.0}] * 90_000 + [{"a": 5.0, "c": 5.0}] * 10_000, kind=RATINGS)
    for found in (few, many):
        assert np.isfinite(found.weights.values).all()
        source = CommunitySource.of("test", found, found.keys)
        b, c = source.raw_scores({"a": 1.0}, ["b", "c"])
        assert b > c > 0


def test_only_the_most_liked_get_weights_but_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "MOST_ITEMS", 3)
    found = learn(PEOPLE, kind=RATINGS)
    assert len(found.keys) == len(found.counts) == found.weights.items == 6
    assert {found.keys[column] for column in found.weights.columns} == set(SEA)


def test_of_each_item_the_strongest_weights_are_kept() -> None:
    all_of_them = learn(PEOPLE, kind=RATINGS)
    two_each = learn(PEOPLE, kind=RATINGS, most_weights=12)
    assert np.diff(two_each.weights.starts).max() == 2
    for row in range(6):
        _, _, full = all_of_them.weights.entries(np.array([row]))
        _, _, kept = two_each.weights.entries(np.array([row]))
        np.testing.assert_allclose(sorted(abs(kept)), sorted(abs(full))[-2:], rtol=1e-6)


def test_where_people_like_too_much_a_part_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    hoarder: dict[str, float | None] = {f"rare {number}": 5.0 for number in range(50)}
    monkeypatch.setattr(learning, "MOST_PAIRS", 900)
    found = learn([hoarder, *PEOPLE * 10], kind=RATINGS)
    assert found.people == 181
    assert {found.keys[column] for column in found.weights.columns} == {*DIVER, *RANGER}


@pytest.mark.parametrize(
    "users",
    [[], [{}], [{"a": 5.0}], [{"a": 1.0, "b": 1.0}], [{"a": 5.0}, {"b": 5.0}], [{"a": None}]],
)
@pytest.mark.parametrize("operations", [0.0, 1e12])
def test_people_from_whom_nothing_is_learned(
    users: list[dict[str, float | None]], operations: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "MOST_OPERATIONS", operations)
    found = learn(users, kind=RATINGS)
    assert not np.any(found.weights.values)
    assert found.weights.items == len(found.keys)


def test_learning_twice_gives_the_same() -> None:
    first, second = (learn(PEOPLE, kind=RATINGS).weights.to_bytes() for _ in range(2))
    assert first == second


def test_of_two_ratings_of_one_person_the_later_counts() -> None:
    found = Ratings.from_arrays(("a", "b"), [0, 0, 1, 0], [0, 1, 0, 0], [1.0, 5.0, 3.0, 10.0], 0.5)
    told = sorted(
        zip(found.person.tolist(), found.item.tolist(), found.stars.tolist(), strict=True)
    )
    assert told == [(0, 0, 5.0), (0, 1, 2.5), (1, 0, 1.5)]
    assert found.people == 2
