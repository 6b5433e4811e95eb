from __future__ import annotations

from assistant.replies.compare import compare
from assistant.types import Facet
from tests.assistant.replies.videos import ALIEN, ARRIVAL, BURNING


def test_two_videos_side_by_side() -> None:
    told = compare([ALIEN, BURNING], [], {ALIEN.id: 1.5, BURNING.id: 2.0}, "en")
    assert "1. Alien — 1979" in told
    assert "“Alien” is 31 minutes shorter than “Burning”." in told
    assert "“Burning” is 39 years newer than “Alien”." in told
    assert "For what you asked, “Burning” scores highest (1.50, 2.00)." in told


def test_what_they_share_and_what_one_alone_has() -> None:
    told = compare([ALIEN, ARRIVAL], [Facet.SUBJECT], {}, "en")
    assert "In common: space." in told
    assert "Only “Alien”: horror." in told
    assert "Only “Arrival”: linguistics." in told
    assert "shorter" not in told


def test_lengths_that_hardly_differ_are_the_same() -> None:
    assert "They are about equally long." in compare([ALIEN, ARRIVAL], [Facet.LENGTH], {}, "en")
    assert "两部差不多长。" in compare([ALIEN, ARRIVAL], [Facet.LENGTH], {}, "zh")


def test_what_was_not_picked_is_not_said_to_fit() -> None:
    assert "scores" not in compare([ALIEN, ARRIVAL], [], {ALIEN.id: 1.0}, "en")
