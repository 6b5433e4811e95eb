from __future__ import annotations

import threading

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, ModelError
from assistant.models.base import LanguageModel
from assistant.models.scripted import Asked, ScriptedModel

SENTENCES = ("You liked “Heat”.", "Close to “Heat”, which you liked.", "它与《盗火线》相近。")


def choose(model: LanguageModel, seed: int = 0) -> str:
    pieces = model.choose("system", "user", SENTENCES, CancelToken(), temperature=1.0, seed=seed)
    return "".join(pieces)


def test_answers_come_in_turn_and_then_by_the_seed() -> None:
    model = ScriptedModel(answers=[SENTENCES[1], SENTENCES[2]])
    assert [choose(model), choose(model)] == [SENTENCES[1], SENTENCES[2]]
    assert {choose(model, seed) for seed in range(20)} == set(SENTENCES)
    assert choose(model, 3) == choose(model, 3)


def test_an_answer_that_was_not_offered_is_an_error() -> None:
    with pytest.raises(ModelError, match="not among the sentences"):
        choose(ScriptedModel(answers=["Something made up."]))


def test_likelihoods_are_those_given_or_follow_the_shared_words() -> None:
    model = ScriptedModel(likelihoods={"Heat": -0.5})
    given, shared, other = model.likelihoods(
        "A good heist film:", [" Heat", " The Great Heist", " Frozen"], CancelToken()
    )
    assert (given.log_probability, given.tokens) == (-0.5, 1)
    assert (shared.log_probability, shared.tokens) == (-5.0, 3)
    assert (other.log_probability, other.tokens) == (-2.0, 1)


def test_it_remembers_what_it_was_asked() -> None:
    model = ScriptedModel()
    choose(model)
    model.likelihoods("prefix", ["a", "b"], CancelToken())
    assert model.asked == [Asked("system\nuser", SENTENCES), Asked("prefix", ("a", "b"))]


def test_it_fails_when_told_to() -> None:
    model = ScriptedModel(failure=ModelError("The model is broken."))
    with pytest.raises(ModelError, match="broken"):
        choose(model)
    with pytest.raises(ModelError, match="broken"):
        model.likelihoods("", ["a"], CancelToken())


def test_it_waits_until_it_is_cancelled() -> None:
    cancel = CancelToken()
    timer = threading.Timer(0.02, cancel.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        ScriptedModel(stalls=True).likelihoods("", ["a"], cancel)
    timer.join()


def test_it_says_that_it_was_closed() -> None:
    model = ScriptedModel()
    model.close()
    assert model.closed


def test_what_it_writes_comes_in_turn_and_is_cut_off() -> None:
    model = ScriptedModel(writings=["You liked it, did you not?", "Fine."])

    def written() -> str:
        return "".join(
            model.write("system", "user", CancelToken(), max_tokens=3, temperature=0.0, seed=0)
        )

    assert [written(), written(), written()] == ["You liked it, ", "Fine.", ""]
    assert model.asked[0] == Asked("system\nuser", ())
