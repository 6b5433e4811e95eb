from __future__ import annotations

import pytest

from assistant.replies.about import EXCERPT_CHARS, about, excerpt
from assistant.types import Facet
from tests.assistant.replies.videos import ALIEN, TALK, UNKNOWN


@pytest.mark.parametrize(
    ("facet", "english", "chinese"),
    [
        (Facet.LENGTH, "it is 117 minutes long", "时长 117分钟"),
        (Facet.YEAR, "it is from 1979", "1979 年的"),
        (Facet.LANGUAGE, "it is in English", "语言是英语"),
        (Facet.KIND, "it is filed under films", "类型是电影"),
        (Facet.PEOPLE, "it credits Ridley Scott and Sigourney Weaver", "Ridley Scott"),
        (Facet.POPULARITY, "about 1.2 million views", "120万"),
        (Facet.LINK, "https://example.org/alien", "https://example.org/alien"),
    ],
)
def test_what_is_asked_is_told(facet: Facet, english: str, chinese: str) -> None:
    assert english in about(ALIEN, [facet], "en")
    assert chinese in about(ALIEN, [facet], "zh")


def test_only_what_is_asked_is_told() -> None:
    assert about(ALIEN, [Facet.LENGTH], "en") == "“Alien”: it is 117 minutes long."


def test_what_the_record_does_not_say_is_said_to_be_missing() -> None:
    told = about(UNKNOWN, [Facet.LENGTH, Facet.PEOPLE], "en")
    assert told == "“Untold”: its record does not say how long it is and who is in it."


def test_asked_for_nothing_special_it_tells_all_that_is_known_and_no_more() -> None:
    told = about(UNKNOWN, [], "en")
    assert told == "“Untold”: it is filed under videos."
    assert "does not say" not in about(TALK, [], "en")


def test_a_description_stays_within_its_quotation_marks() -> None:
    assert "its description says: “He says ‘hello’.”" in about(TALK, [Facet.SUBJECT], "en")


def test_an_excerpt_ends_with_a_sentence() -> None:
    sentence = "One of many sentences that say the same. "
    cut = excerpt(sentence * 40)
    assert len(cut) <= EXCERPT_CHARS
    assert cut.endswith("the same.")
    assert excerpt("x" * 1000).endswith("…")
