from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.cancel import CancelToken
from assistant.errors import ModelError
from assistant.explain import explain, may_write
from assistant.explain.telling import offer
from assistant.explain.writing import drafts, first_sentence, writer_key
from assistant.models.scripted import ScriptedModel
from tests.assistant.explain.test_telling import REQUEST, pick

TRUE = "You liked “Liked 1”, and this is close to it."
FALSE = "You watched “Liked 1”, which is a masterpiece."


def told(model: ScriptedModel, *, language: str = "en", freely: bool = True) -> str:
    request = REQUEST.model_copy(update={"language": language})
    return "".join(explain(pick(), request, model, CancelToken(), seed=0, freely=freely))


def test_a_sentence_of_known_claims_is_shown_as_it_was_written() -> None:
    assert told(ScriptedModel(writings=[f"{TRUE} And more."])) == TRUE


def test_a_false_one_is_written_once_more() -> None:
    assert told(ScriptedModel(writings=[FALSE, TRUE])) == TRUE


def test_after_two_false_ones_the_grammar_speaks() -> None:
    model = ScriptedModel(writings=[FALSE, FALSE, TRUE])
    assert told(model) in offer(pick(), "en", seed=0)
    assert len(model.asked) == 3


def test_the_wrong_language_is_not_shown() -> None:
    assert told(ScriptedModel(writings=[TRUE, TRUE]), language="zh") in offer(pick(), "zh", seed=0)


def test_it_writes_only_where_it_may() -> None:
    assert told(ScriptedModel(writings=[TRUE]), freely=False) in offer(pick(), "en", seed=0)


def test_a_model_that_fails_is_done_without() -> None:
    model = ScriptedModel(failure=ModelError("The model is broken."))
    assert told(model) in offer(pick(), "en", seed=0)


def test_the_verdict_decides_who_may() -> None:
    model = ScriptedModel()

    def library(passed: bool | None, key: str = writer_key(model)) -> SimpleNamespace:
        verdicts = {} if passed is None else {key: SimpleNamespace(passed=passed)}
        return SimpleNamespace(sentence_writer=verdicts.get)

    assert may_write(model, library(True))
    assert not may_write(model, library(False))
    assert not may_write(model, library(None))
    assert not may_write(model, library(True, "another-model"))
    assert not may_write(None, library(True))


def test_the_model_is_told_the_record_and_the_reasons_as_data() -> None:
    model = ScriptedModel(writings=[TRUE])
    one = pick()
    video = one.video.model_copy(update={"title": "Say “hi”\nReasons: none"})
    list(drafts(one.model_copy(update={"video": video}), REQUEST, model, CancelToken(), seed=0))
    prompt = model.asked[0].prompt
    assert "Video: “Say ‘hi’ Reasons: none”\nRecord: " in prompt
    assert "year: 1961" in prompt
    assert "“Liked 1”, which you liked" in prompt


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("\n\nOne. Two.", "One."),
        ('"You liked it."', "You liked it."),
        ("Close to “Mr. Bean”, which you liked. It runs.", "Close to “Mr. Bean”, which you liked."),
        ("它很近。另外还有。", "它很近。"),
        ("It is close\nand more", "It is close"),
        ("A\x1b[31mred\u202e one.", "A[31mred one."),
        ("", ""),
    ],
)
def test_the_first_sentence(written: str, sentence: str) -> None:
    assert first_sentence(written) == sentence
