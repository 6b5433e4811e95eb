from __future__ import annotations

from collections.abc import Sequence
from statistics import pstdev

import pytest

import prompts
from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.models.base import Likelihood
from assistant.models.known import PACKAGED_NAME
from assistant.models.scripted import ScriptedModel
from assistant.rerank import (
    MAX_DEVIATIONS,
    PACKAGED_WEIGHT,
    Reranked,
    likelihood_key,
    model_weight,
    rerank,
)
from assistant.settings import LanguageModelSettings
from assistant.types import Candidate, NamedTitle, Part, Request, Shortlisted, Video

REQUEST = Request(message="a quiet heist film")
TITLES = ("Frozen", "The Quiet Heist", "Loud Cars", "Old Trains")
SCORES = (1.0, 0.8, 0.6, 0.4)


def shortlist_of(
    titles: Sequence[str] = TITLES, scores: Sequence[float] = SCORES
) -> tuple[Shortlisted, ...]:
    return tuple(
        Shortlisted(
            Candidate(
                video=Video(id=f"a:{number}", title=title),
                score=score,
                parts={Part.REQUEST: score},
            ),
            cluster=f"c{number}",
        )
        for number, (title, score) in enumerate(zip(titles, scores, strict=True))
    )


def reranked(
    model: ScriptedModel, *, weight: float = 1.0, request: Request = REQUEST,
    likes: Sequence[str] = (), known: dict[str, Likelihood] | None = None,
    shortlist: Sequence[Shortlisted] | None = None,
) -> Reranked:  # fmt: skip
    return rerank(
        request, likes, shortlist or shortlist_of(), model, known or {},
        weight=weight, cancel=CancelToken(),
    )  # fmt: skip


def titles(result: Reranked) -> list[str]:
    return [item.candidate.video.title for item in result.shortlist]


def test_what_the_request_makes_likelier_moves_up() -> None:
    assert titles(reranked(ScriptedModel()))[0] == "The Quiet Heist"


def test_parts_still_add_up_to_the_score() -> None:
    result = reranked(ScriptedModel())
    for item in result.shortlist:
        candidate = item.candidate
        assert Part.MODEL in candidate.parts
        assert sum(candidate.parts.values()) == pytest.approx(candidate.score)
    scores = [item.candidate.score for item in result.shortlist]
    assert scores == sorted(scores, reverse=True)


def test_clusters_stay_with_their_candidates() -> None:
    before = {item.candidate.video.id: item.cluster for item in shortlist_of()}
    after = {i.candidate.video.id: i.cluster for i in reranked(ScriptedModel()).shortlist}
    assert before == after


def test_what_it_adds_is_capped_and_on_the_scale_of_the_scores() -> None:
    names = [f"Title {number}" for number in range(20)]
    loud = ScriptedModel(likelihoods={"Title 19": 1000.0})
    scores = [float(number) for number in range(20)]
    for scale in (1.0, 0.01):
        result = reranked(
            loud, weight=0.5, shortlist=shortlist_of(names, [scale * s for s in scores])
        )
        added = [item.candidate.parts[Part.MODEL] for item in result.shortlist]
        assert max(added) == pytest.approx(MAX_DEVIATIONS * 0.5 * scale * pstdev(scores))


def test_scores_that_are_all_the_same_are_left_alone() -> None:
    equal = shortlist_of(scores=(0.5,) * 4)
    assert titles(reranked(ScriptedModel(), shortlist=equal)) == list(TITLES)


def test_a_model_without_an_opinion_changes_nothing() -> None:
    indifferent = ScriptedModel(likelihoods=dict.fromkeys(TITLES, -4.0))
    same_length = ("One Two", "Three Four")
    result = reranked(
        indifferent,
        request=Request(message="?"),
        shortlist=shortlist_of(same_length, (0.9, 0.1)),
    )
    assert [item.candidate.parts[Part.MODEL] for item in result.shortlist] == [0.0, 0.0]


@pytest.mark.parametrize("shortlist", [shortlist_of()[:1], ()])
def test_with_nothing_to_order_the_model_is_not_asked(shortlist: Sequence[Shortlisted]) -> None:
    model = ScriptedModel()
    result = rerank(REQUEST, (), shortlist, model, {}, weight=1.0, cancel=CancelToken())
    assert result == Reranked(tuple(shortlist), {})
    assert model.asked == []


def test_with_no_weight_the_model_is_not_asked() -> None:
    model = ScriptedModel()
    assert reranked(model, weight=0.0) == Reranked(shortlist_of(), {})
    assert model.asked == []


def test_what_does_not_depend_on_the_request_is_asked_once() -> None:
    model = ScriptedModel()
    first = reranked(model)
    assert set(first.new_likelihoods) == {"a:0", "a:1", "a:2", "a:3"}
    known = dict(first.new_likelihoods)
    del known["a:2"]
    model.asked.clear()
    second = reranked(model, known=known)
    assert titles(second) == titles(first)
    assert set(second.new_likelihoods) == {"a:2"}
    neutral = prompts.load("rerank_neutral").render()
    assert [asked.options for asked in model.asked if asked.prompt == neutral] == [(" Loud Cars",)]


def test_the_prompt_holds_the_message_the_wish_and_the_likes() -> None:
    model = ScriptedModel()
    named = tuple(
        NamedTitle(video_id=f"n:{n}", title=title, mention=title, match=1.0, liking=liking)
        for n, (title, liking) in enumerate((("Rififi", 1), ("Cats", -1)))
    )
    request = Request(message="something else", wish="quiet heists", named=named)
    reranked(model, request=request, likes=["Thief", "Rififi"])
    assert model.asked[0].prompt == (
        "Likes: Rififi; Thief\nRequest: quiet heists. something else\nTitle:"
    )


def test_long_texts_are_cut() -> None:
    model = ScriptedModel()
    request = Request(message="word " * 2000)
    reranked(
        model, request=request, likes=["x" * 500] * 9 + [f"Like {n}" for n in range(20)],
        shortlist=shortlist_of(("t" * 1000, "Short"), (1.0, 0.5)),
    )  # fmt: skip
    assert len(model.asked[0].prompt) < 700
    assert max(len(option) for option in model.asked[0].options) <= 81


def test_it_stops_when_it_is_told_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        rerank(REQUEST, (), shortlist_of(), ScriptedModel(), {}, weight=1.0, cancel=cancel)


def test_the_weight_is_the_settings_or_what_was_measured() -> None:
    class Packaged(ScriptedModel):
        name = PACKAGED_NAME

    default, set_ = LanguageModelSettings(), LanguageModelSettings(weight=0.2)
    assert model_weight(None, set_) == 0.0
    assert model_weight(ScriptedModel(), default) == 0.0
    assert model_weight(ScriptedModel(), set_) == 0.2
    assert model_weight(Packaged(), default) == PACKAGED_WEIGHT
    assert model_weight(Packaged(), LanguageModelSettings(weight=0.0)) == 0.0


def test_stored_likelihoods_are_filed_under_model_and_prompt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = ScriptedModel()
    before = likelihood_key(model)
    assert before.startswith("scripted-")
    other = prompts.load("rerank_neutral").model_copy(update={"text": "Another prompt"})
    monkeypatch.setattr(prompts, "load", lambda _: other)
    assert likelihood_key(model) != before


@pytest.mark.real_models
def test_the_real_model_prefers_what_was_asked_for() -> None:
    from assistant.models.local import LocalModel

    model = LocalModel.load(LanguageModelSettings(threads=1))
    try:
        films = ("Cooking Pasta at Home", "Introduction to Machine Learning", "Horse Racing 1974")
        result = rerank(
            Request(message="I want to learn about machine learning and neural networks"),
            (), shortlist_of(films, (0.51, 0.5, 0.52)), model, {},
            weight=1.0, cancel=CancelToken(),
        )  # fmt: skip
        opinions = {i.candidate.video.title: i.candidate.parts for i in result.shortlist}
        assert max(opinions, key=lambda title: opinions[title][Part.MODEL]) == films[1]
        assert set(result.new_likelihoods) == {"a:0", "a:1", "a:2"}
    finally:
        model.close()
