from __future__ import annotations

import random

import pytest

from assistant.errors import MatineeError
from assistant.evaluation.sentences import measure_sentences, sample_messages, wilson
from assistant.models.scripted import ScriptedModel
from assistant.narrator import Silent
from assistant.types import Kind, Pick, Request, Video
from tests.assistant.explain.test_telling import REQUEST, pick

TRUE = "It mentions heist, as you asked."
FALSE = "A masterpiece that you loved."


def picks(count: int) -> list[tuple[Request, Pick]]:
    def heist(number: int) -> Pick:
        one = pick(number)
        video = one.video.model_copy(update={"description": "A heist."})
        return one.model_copy(update={"video": video})

    return [(REQUEST, heist(number)) for number in range(count)]


def test_the_interval_of_a_share() -> None:
    low, high = wilson(8, 10)  # Newcombe 1998, table I: .4902 to .9433
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(100, 100)[1] == 1.0


def test_a_model_that_says_what_is_known_passes() -> None:
    report = measure_sentences(picks(80), ScriptedModel(writings=[TRUE] * 80), Silent())
    assert report.passed
    assert (report.supported, report.fallbacks, report.right_language) == (1.0, 0.0, 1.0)
    assert report.low >= 0.95
    assert report.unsupported == {}


def test_too_few_sentences_prove_nothing() -> None:
    assert not measure_sentences(picks(20), ScriptedModel(writings=[TRUE] * 20), Silent()).passed


def test_a_model_that_makes_things_up_does_not() -> None:
    writings = [text for _ in range(40) for text in (TRUE, FALSE, FALSE)]
    report = measure_sentences(picks(80), ScriptedModel(writings=writings), Silent())
    assert not report.passed
    assert report.supported == 0.5
    assert report.fallbacks == 0.5
    assert report.unsupported["viewer"] == 40
    assert report.examples[1].unsupported


def test_a_model_that_writes_nothing_does_not() -> None:
    report = measure_sentences(picks(80), ScriptedModel(), Silent())
    assert not report.passed
    assert report.supported == 0.0
    assert not measure_sentences([], ScriptedModel(), Silent()).passed


def test_messages_are_made_of_keywords_in_both_languages() -> None:
    video = Video(id="a:1", title="T", kind=Kind.TALK, keywords=("ponies", "rain"))
    messages = sample_messages([video], random.Random(0))
    assert {next(messages), next(messages)} & {
        "a talk about ponies and rain", "a talk about rain and ponies",
    }  # fmt: skip
    with pytest.raises(MatineeError, match="nothing to write about"):
        next(sample_messages([Video(id="a:2", title="T")], random.Random(0)))
