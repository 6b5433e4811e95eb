from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.interests.report import MONTHS, Trend, report, trend_of
from assistant.interests.settings import changed
from assistant.retrieve import RetrievalStore
from assistant.settings import RecommendSettings
from assistant.taste import build_taste
from assistant.types import Interaction, InterestSetting, Signal, Taste

NOW = datetime(2026, 6, 1, tzinfo=UTC)
OLD = {f"t:jazz-{number}": 200 + number for number in range(6)}
NEW = {f"t:chess-{number}": 3 * number for number in range(6)}


def taste(
    store: RetrievalStore,
    days: dict[str, int],
    *settings: InterestSetting,
    keywords: bool = True,
) -> Taste:
    ids, vectors = store.library.vectors(store.embedder.key, days)
    words = {one: video.keywords for one, video in store.library.get(ids).items()}
    return build_taste(
        [
            Interaction(video_id=one, signal=Signal.LIKED, at=NOW - timedelta(days=ago))
            for one, ago in days.items()
        ],
        dict(zip(ids, vectors, strict=True)),
        words if keywords else {},
        now=NOW,
        settings=RecommendSettings(),
        interests=settings,
    )


def test_sizes_shares_and_examples(store: RetrievalStore) -> None:
    titles = {row.video_id: row.title for row in store.library.titles()}
    told = report(taste(store, NEW | OLD | {"t:cooking-1": 1}), titles, NOW)
    assert told.likes == 13
    assert sum(one.likes for one in told.interests) + told.without_interest == 13
    assert sum(one.share for one in told.interests) == pytest.approx(1)
    chess = told.interests[0]
    assert "chess" in chess.name
    assert (chess.number, chess.likes, chess.weight, chess.off) == (1, 6, 1, False)
    assert len(chess.examples) == 5
    assert {one.id for one in chess.examples} <= NEW.keys()
    assert all(one.title == titles[one.id] for one in chess.examples)


def test_what_was_liked_of_late_rises_and_what_was_once_falls(store: RetrievalStore) -> None:
    told = report(taste(store, NEW | OLD), {}, NOW)
    trends = {one.keywords[0]: one.trend for one in told.interests}
    assert trends == {"chess": Trend.RISING, "jazz": Trend.FALLING}
    chess = next(one for one in told.interests if one.keywords[0] == "chess")
    assert (chess.recent_share, chess.earlier_share) == (1, 0)
    assert len(chess.months) == MONTHS
    assert chess.months[-1] == 6
    assert sum(chess.months) == 6


def test_with_few_likes_no_trend_is_told(store: RetrievalStore) -> None:
    told = report(taste(store, NEW), {}, NOW)
    assert {one.trend for one in told.interests} == {Trend.UNKNOWN}
    assert told.interests[0].earlier_share is None


@pytest.mark.parametrize(
    ("counts", "trend"),
    [
        ((10, 20, 10, 20), Trend.STEADY),
        ((11, 20, 9, 20), Trend.STEADY),
        ((15, 20, 5, 20), Trend.RISING),
        ((5, 20, 15, 20), Trend.FALLING),
        ((2, 4, 0, 40), Trend.UNKNOWN),
        ((1, 20, 1, 20), Trend.UNKNOWN),
    ],
)
def test_trends(counts: tuple[int, int, int, int], trend: Trend) -> None:
    assert trend_of(*counts) is trend


def test_the_order_does_not_change_with_what_is_set(store: RetrievalStore) -> None:
    plain = taste(store, NEW | OLD)
    before = [one.keywords for one in report(plain, {}, NOW).interests]
    first, second = plain.interests
    for setting in (
        changed(first, off=True),
        changed(first, weight=0.1),
        changed(second, weight=2),
    ):
        told = report(taste(store, NEW | OLD, setting), {}, NOW)
        assert [one.keywords for one in told.interests] == before
        assert [one.number for one in told.interests] == [1, 2]


def test_one_that_is_off_has_no_share_and_still_its_examples(store: RetrievalStore) -> None:
    plain = taste(store, NEW | OLD)
    off = taste(store, NEW | OLD, changed(plain.interests[0], off=True, name="Boards"))
    titles = {row.video_id: row.title for row in store.library.titles()}
    chess, jazz = report(off, titles, NOW).interests
    assert (chess.name, chess.found_name.split(", ")[0]) == ("Boards", "chess")
    assert (chess.off, chess.share, jazz.share) == (True, 0, 1)
    assert len(chess.examples) == 5


def test_interests_without_a_name_are_told_apart(store: RetrievalStore) -> None:
    plain = taste(store, NEW | OLD, keywords=False)
    assert {one.name for one in plain.interests} == {""}
    for setting in (
        changed(plain.interests[0], off=True),
        changed(plain.interests[0], weight=0.0),
    ):
        told = report(taste(store, NEW | OLD, setting, keywords=False), {}, NOW)
        assert [one.share for one in told.interests] == [0, 1]
        assert [one.likes for one in told.interests] == [6, 6]
