from __future__ import annotations

from assistant.explain.variety import freshest, opening_of, trigrams_of, words_of


def test_titles_and_numbers_are_blank() -> None:
    one = "A 28-minute talk: this is close to “Heat”, which you liked."
    other = "A 12-minute talk: this is close to “Alien: Covenant”, which you liked."
    assert words_of(one) == words_of(other)
    assert trigrams_of(one) == trigrams_of(other)


def test_chinese_goes_by_the_character() -> None:
    assert opening_of("它与你喜欢的《千与千寻》相近。") == ("它", "与", "你")
    assert opening_of("《千与千寻》是你喜欢的。") == ("“", "是", "你")


def test_openings_that_were_not_used_come_first() -> None:
    pool = ["This is near.", "This is near and far.", "You liked it.", "Here it goes."]
    assert freshest(pool, ["This is near."], 4)[:2] == ("You liked it.", "Here it goes.")


def test_what_is_offered_opens_differently_where_it_can() -> None:
    pool = ["This is near you.", "This is near me.", "You liked it.", "You liked it so."]
    assert freshest(pool, [], 2) == ("This is near you.", "You liked it.")
    assert len(freshest(pool, [], 9)) == 4


def test_a_phrase_that_was_used_is_stale_wherever_it_stands() -> None:
    said = ["You liked it; it mentions that, as you asked."]
    pool = ["One from then: it mentions that, as you asked.", "One from then: it is close to it."]
    assert freshest(pool, said, 1) == ("One from then: it is close to it.",)
