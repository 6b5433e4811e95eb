from __future__ import annotations

import re
from importlib import resources
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from assistant.types import EvidenceKind, Kind
from prompts import SentenceGrammar, fill, load_grammar
from prompts.grammar import GRAMMAR_LANGUAGES
from prompts.loader import VARIABLE


def content(language: str) -> dict[str, Any]:
    """A grammar file as it is read, to be damaged."""
    file = resources.files("prompts").joinpath(f"sentences.{language}.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("language", GRAMMAR_LANGUAGES)
def test_grammars_are_complete(language: str) -> None:
    grammar = load_grammar(language)
    assert grammar.language == language
    assert set(grammar.reasons) == set(EvidenceKind)
    assert set(grammar.kinds) == set(Kind)


@pytest.mark.parametrize("language", GRAMMAR_LANGUAGES)
def test_a_sentence_can_be_made_of_the_least_that_is_known(language: str) -> None:
    grammar = load_grammar(language)
    assert any(VARIABLE.findall(fact) == ["kind"] for fact in grammar.facts)
    assert any(VARIABLE.findall(frame) == ["opening"] for frame in grammar.frames)
    assert grammar.without_reasons


@pytest.mark.parametrize("language", GRAMMAR_LANGUAGES)
def test_no_phrase_occurs_twice(language: str) -> None:
    grammar = load_grammar(language)
    for reason in grammar.reasons.values():
        for phrases in ((*reason.openings, *reason.causes), reason.added, reason.asides):
            assert len(set(phrases)) == len(phrases) > 0
    assert len(set(grammar.facts)) == len(grammar.facts)


def test_what_can_start_an_english_sentence_is_no_slot() -> None:
    grammar = load_grammar("en")
    openings = [phrase for reason in grammar.reasons.values() for phrase in reason.openings]
    for phrase in openings:
        assert re.match(r"[a-z]", phrase)


@pytest.mark.parametrize("language", GRAMMAR_LANGUAGES)
def test_colons_belong_to_the_frames(language: str) -> None:
    grammar = load_grammar(language)
    for reason in grammar.reasons.values():
        for phrase in (*reason.openings, *reason.causes, *reason.added, *reason.asides):
            assert not re.search("[:：;；]", phrase)


@pytest.mark.parametrize("language", GRAMMAR_LANGUAGES)
def test_frames_end_as_sentences_do(language: str) -> None:
    grammar = load_grammar(language)
    for frame in (*grammar.frames, *grammar.without_reasons):
        assert frame[-1] in ".。?？"


def test_other_languages_are_answered_in_english() -> None:
    assert load_grammar("fr").language == "en"


def test_a_grammar_with_a_gap_is_refused() -> None:
    damaged = content("en")
    del damaged["reasons"]["person"]
    del damaged["kinds"]["talk"]
    with pytest.raises(ValidationError, match="reasons lack person"):
        SentenceGrammar.model_validate(damaged)


@pytest.mark.parametrize(
    "damage",
    [
        lambda grammar: grammar["facts"].append("a {colour} film"),
        lambda grammar: grammar["reasons"]["interest"]["added"].append("it fits {mood}"),
        lambda grammar: grammar["frames"].append("{opening}, {joke}."),
        lambda grammar: grammar["constraints"].update(kind="a {type}"),
    ],
)
def test_a_slot_that_nothing_fills_is_refused(damage: Any) -> None:
    damaged = content("en")
    damage(damaged)
    with pytest.raises(ValidationError, match="has a slot that nothing fills"):
        SentenceGrammar.model_validate(damaged)


@pytest.mark.parametrize(
    ("value", "article"),
    [
        ("film", "a"), ("episode", "an"), ("2001", "a"), ("1895", "an"), ("1911", "a"),
        ("8-minute", "an"), ("11-minute", "an"), ("18-minute", "an"), ("80-minute", "an"),
        ("118-minute", "a"), ("180-minute", "a"), ("9-minute", "a"), ("English", "an"),
        ("Ukrainian", "a"), ("Urdu", "an"), ("Arabic", "an"), ("European", "a"),
    ],
)  # fmt: skip
def test_articles(value: str, article: str) -> None:
    assert fill("it is a/an {kind}", {"kind": value}) == f"it is {article} {value}"


def test_data_that_looks_like_grammar_stays_as_it_is() -> None:
    assert fill("about “{text}”", {"text": "a/an {kind} {text}"}) == "about “a/an {kind} {text}”"


def test_several_words_are_listed() -> None:
    listing = load_grammar("en").listing
    assert listing.join(["a"]) == "a"
    assert listing.join(["a", "b"]) == "a and b"
    assert listing.join(["a", "b", "c"]) == "a, b and c"
    assert load_grammar("zh").listing.join(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert listing.join([]) == ""
