from __future__ import annotations

import pytest

from assistant.understand.references import Mood, read_references

PICKS = ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("text", "picks", "mood"),
    [
        ("more like the second one", "b", "like"),
        ("more like the 2nd", "b", "like"),
        ("like 3 but older", "c", "like"),
        ("like 1, 2 and 4", "abd", "like"),
        ("I liked the first two", "ab", "like"),
        ("more like 2 and the last", "be", "like"),
        ("more like these", "abcde", "like"),
        ("shorter than 3", "c", "like"),
        ("number 3 looks good", "c", "like"),
        ("why 3?", "c", "plain"),
        ("why the first one?", "a", "plain"),
        ("#3", "c", "plain"),
        ("number two", "b", "plain"),
        ("the last one", "e", "plain"),
        ("2", "b", "plain"),
        ("not like 3", "c", "dislike"),
        ("I didn't like the second one", "b", "dislike"),
        ("the first one was boring", "a", "dislike"),
        ("I've seen the third one", "c", "seen"),
        ("第二个", "b", "plain"),
        ("最后一个", "e", "plain"),
        ("再来点像第二个的", "b", "like"),
        ("喜欢第一个", "a", "like"),
        ("不喜欢第三个", "c", "dislike"),
        ("3号怎么样", "c", "plain"),
    ],
)
def test_picks(text: str, picks: str, mood: Mood) -> None:
    references = read_references(text, PICKS)

    assert "".join("".join(reference.ids) for reference in references) == picks
    assert {reference.mood for reference in references} == {mood}


@pytest.mark.parametrize("text", ["the ninth one", "like 9", "#12", "第八个"])
def test_there_is_no_such_pick(text: str) -> None:
    (reference,) = read_references(text, PICKS)

    assert reference.ids == ()


@pytest.mark.parametrize(
    "text",
    [
        "the second world war",
        "a film about the last emperor",
        "first, show me something",
        "third time lucky",
        "I'd like 3 films",
        "films like 12 angry men",
        "give me 1 or 2",
        "tell me why it rains",
        "loved it",
    ],
)
def test_nothing_is_pointed_at(text: str) -> None:
    assert read_references(text, PICKS) == []


def test_these_are_none_where_nothing_was_shown() -> None:
    assert read_references("more like these", ()) == []
