from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from assistant.models.choosing import common_length, whole_words, write_one_of

END = 0


def paths(*sentences: str) -> dict[str, list[int]]:
    """Each sentence with its characters' codes for tokens, and the end."""
    return {sentence: [*map(ord, sentence), END] for sentence in sentences}


class Model:
    """Says how likely a token is by a table, and keeps what it was asked."""

    def __init__(self, table: Mapping[str, float] | None = None) -> None:
        self.table = table or {}
        self.asked: list[str] = []

    def __call__(self, written: Sequence[int], tokens: Sequence[int]) -> list[float]:
        self.asked.append("".join(map(chr, written)))
        return [math.log(self.table.get(chr(token), 0.1)) for token in tokens]


def write(
    sentences: Sequence[str], model: Model, *, temperature: float = 1.0, seed: int = 0
) -> list[str]:
    return list(write_one_of(paths(*sentences), model, temperature=temperature, seed=seed))


def test_the_model_is_asked_only_where_sentences_part() -> None:
    model = Model({"x": 1.0})
    pieces = write(["a long way to x and on.", "a long way to y and on."], model, temperature=0)
    assert pieces == ["a long way to x and on."]
    assert model.asked == ["a long way to "]


def test_what_is_certain_is_said_in_whole_words() -> None:
    model = Model({"b": 1.0, "x": 1.0})
    pieces = write(["a.", "big tree x.", "big trap y.", "big trap x."], model, temperature=0)
    assert pieces[0] == "big "  # "tr" is certain too, but is no word yet
    assert "".join(pieces) in {"big tree x.", "big trap x."}


def test_a_character_of_several_tokens_is_never_torn() -> None:
    sentences = {text: [*text.encode(), END] for text in ("很好。", "很妙。", "坏。")}

    def first(written: Sequence[int], tokens: Sequence[int]) -> list[float]:
        return [-float(index) for index, _ in enumerate(tokens)]

    pieces = list(write_one_of(sentences, first, temperature=0, seed=0))
    assert "".join(pieces) in sentences


def test_the_beginning_of_another_sentence_can_be_chosen() -> None:
    sentences = ["You liked it", "You liked it, and so did others."]
    assert "".join(write(sentences, Model({"\0": 1.0}), temperature=0)) == sentences[0]
    assert "".join(write(sentences, Model({",": 1.0}), temperature=0)) == sentences[1]


def test_draws_follow_the_model_and_the_temperature() -> None:
    model = Model({"x": 0.9, "y": 0.1})
    drawn = Counter("".join(write(["x", "y"], model, seed=seed)) for seed in range(400))
    assert 330 <= drawn["x"] <= 385
    flat = Counter(
        "".join(write(["x", "y"], model, temperature=100.0, seed=seed)) for seed in range(400)
    )
    assert 150 <= flat["x"] <= 250


def test_the_seed_repeats_a_draw() -> None:
    sentences = [f"{a} {b}." for a in "abcdef" for b in "uvwxyz"]
    assert write(sentences, Model(), seed=7) == write(sentences, Model(), seed=7)
    assert len({"".join(write(sentences, Model(), seed=seed)) for seed in range(30)}) > 10


def test_sentences_of_the_same_tokens_are_one() -> None:
    pieces = list(
        write_one_of({"a\u0301": [1, END], "á": [1, END]}, Model(), temperature=1, seed=0)
    )
    assert len(pieces) == 1


def test_one_sentence_needs_no_model() -> None:
    model = Model()
    assert write(["Only this."], model) == ["Only this."]
    assert model.asked == []


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("word", 0), ("two words", 4), ("two ", 4), ("它很", 2), ("片《Hea", 2), ("a片b", 2)],
)
def test_whole_words(text: str, length: int) -> None:
    assert whole_words(text) == length


def test_common_length() -> None:
    assert common_length("abc", "abd") == 2
    assert common_length([1, 2], [1, 2, 3]) == 2
    assert common_length([], [1]) == 0
