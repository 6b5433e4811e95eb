from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from assistant.interests.settings import changed, with_settings
from assistant.types import Interest, InterestSetting

THEN = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE, AFTER = THEN - timedelta(days=1), THEN + timedelta(days=1)


def interest(*ids: str, name: str = "found") -> Interest:
    return Interest(name, (name,), np.ones(1, np.float32), 1.0, ids)


def setting(*ids: str, **values: object) -> InterestSetting:
    return InterestSetting.model_validate({"video_ids": ids, "at": THEN} | values)


def names(
    interests: list[Interest], settings: list[InterestSetting], new: tuple[str, ...] = ()
) -> list[str]:
    liked_at = {one: BEFORE for some in interests for one in some.video_ids}
    liked_at |= dict.fromkeys(new, AFTER)
    return [one.name for one in with_settings(interests, settings, liked_at)]


def test_an_interest_found_again_has_its_setting() -> None:
    found = with_settings(
        [interest("a", "b"), interest("c", name="other")],
        [setting("b", "a", name="Mine", weight=0.5)],
        dict.fromkeys("abc", BEFORE),
    )
    assert [(one.name, one.factor) for one in found] == [("Mine", 0.5), ("other", 1.0)]


def test_without_a_name_of_its_own_it_is_called_by_its_keywords() -> None:
    assert names([interest("a", name="stars")], [setting("a", off=True)]) == ["stars"]


def test_likes_that_came_later_say_nothing() -> None:
    grown = interest("a", "b", *(f"new{number}" for number in range(20)))
    late = tuple(one for one in grown.video_ids if one.startswith("new"))
    assert names([grown], [setting("a", "b", name="Mine")], new=late) == ["Mine"]
    assert names([grown], [setting("a", "b", name="Mine")]) == ["found"]


def test_a_like_said_again_later_still_tells() -> None:
    assert names([interest("a", "b")], [setting("a", "b", name="Mine")], new=("a", "b")) == ["Mine"]


def test_half_of_the_likes_are_not_enough() -> None:
    mine = [setting("a", "b", name="Mine")]
    assert names([interest("a", "b", "c", "d")], mine) == ["found"]
    assert names([interest("a", "b", "c")], mine) == ["Mine"]


def test_both_parts_of_an_interest_that_came_apart_keep_it() -> None:
    parts = [interest("a", "b"), interest("c", "x"), interest("d")]
    assert names(parts, [setting("a", "b", "c", "d", name="Mine")]) == ["Mine", "found", "Mine"]


def test_of_two_that_became_one_the_greater_counts() -> None:
    both = [interest("a", "b", "c", "d", "e")]
    settings = [setting("a", "b", "c", name="Three"), setting("d", "e", name="Two")]
    assert names(both, settings) == ["Three"]
    assert names(both, settings[::-1]) == ["Three"]


def test_of_equal_ones_the_last_counts() -> None:
    settings = [setting("a", name="First"), setting("a", name="Last", at=AFTER)]
    assert names([interest("a")], settings) == names([interest("a")], settings[::-1]) == ["Last"]


def test_a_change_keeps_what_was_set_before() -> None:
    [before] = with_settings([interest("a")], [setting("a", name="Mine")], {})
    after = changed(before, weight=2.0)
    assert (after.name, after.weight, after.off, after.video_ids) == ("Mine", 2.0, False, ("a",))
    assert after.id is None
    assert after.at is not None
    assert after.at > THEN


def test_a_name_is_cleaned() -> None:
    assert changed(interest("a"), name="  night\x1b[31m  sky\n").name == "night sky"


@pytest.mark.parametrize("wrong", [{"weight": 2.1}, {"weight": -0.1}, {"name": "x" * 61}])
def test_what_cannot_be_set(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        changed(interest("a"), **wrong)  # type: ignore[arg-type]
