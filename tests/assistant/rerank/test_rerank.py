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
    NO_WEIGHT,
    PACKAGED_WEIGHT,
    Reranked,
    Weight,
    likelihood_key,
    model_weight,
    rerank,
)
from assistant.rerank.blending import MAX_DEVIATIONS, blend, deviations, opinion
from assistant.settings import LanguageModelSettings
from assistant.types import Candidate, Kind, NamedTitle, Part, Request, Shortlisted, Video

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
        weight=Weight(weight), cancel=CancelToken(),
    )  # fmt: skip


def titles(result: Reranked) -> list[str]:
    return [item.candidate.video.title for item in result.shortlist]


def test_what_the_request_makes_likelier_moves_up() -> None:
    result = reranked(ScriptedModel(), shortlist=shortlist_of(scores=(0.5,) * 4))
    assert titles(result)[0] == "The Quiet Heist"


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


def test_what_it_adds_is_bounded_whatever_a_title_says_to_the_model() -> None:
    names = [f"Title {number}" for number in range(20)]
    loud = ScriptedModel(likelihoods={"Title 19": 1000.0})
    result = reranked(loud, weight=0.5, shortlist=shortlist_of(names, [0.0] * 20))
    added = [item.candidate.parts[Part.MODEL] for item in result.shortlist]
    assert max(added) == pytest.approx(MAX_DEVIATIONS * 0.5)
    assert min(added) > -0.5


def test_a_clear_winner_stays_where_it_is() -> None:
    far_ahead = shortlist_of(scores=(9.0, 0.8, 0.6, 0.4))
    assert titles(reranked(ScriptedModel(), shortlist=far_ahead))[0] == "Frozen"


def test_the_opinion_is_the_formula() -> None:
    given, anyway = Likelihood(-6.0, 4), Likelihood(-10.0, 4)
    assert opinion(given, anyway) == pytest.approx((-6.0 + 0.25 * 10.0) / 2.0)


def test_deviations_have_a_mean_of_zero_and_a_bound() -> None:
    values = {"a": 1.0, "b": 2.0, "c": 3.0}
    z = deviations(values)
    assert sum(z.values()) == pytest.approx(0.0)
    assert pstdev(z.values()) == pytest.approx(1.0)
    assert deviations({}) == {}
    assert deviations({"a": 5.0, "b": 5.0}) == {"a": 0.0, "b": 0.0}
    loud = deviations({**{str(n): 0.0 for n in range(30)}, "loud": 1e6})
    assert loud["loud"] == MAX_DEVIATIONS


def test_what_there_is_no_opinion_of_is_not_moved() -> None:
    result = blend(shortlist_of(), {"a:0": -1.0, "a:1": 1.0}, weight=0.5)
    after = {item.candidate.video.id: item.candidate for item in result}
    assert [after[f"a:{n}"].score for n in range(4)] == [0.5, 1.3, 0.6, 0.4]
    assert Part.MODEL not in after["a:2"].parts


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
    result = rerank(REQUEST, (), shortlist, model, {}, weight=Weight(1.0), cancel=CancelToken())
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


def test_the_prompt_is_a_list_that_begins_with_the_likes() -> None:
    model = ScriptedModel()
    named = tuple(
        NamedTitle(video_id=f"n:{n}", title=title, mention=title, match=1.0, liking=liking)
        for n, (title, liking) in enumerate((("Rififi", 1), ("Cats", -1)))
    )
    request = Request(message="something else", wish="quiet heists", named=named)
    reranked(model, request=request, likes=["Thief", "Rififi"])
    assert model.asked[0].prompt == (
        "Request: quiet heists. something else\nRecommendations: Rififi, Thief,"
    )


def test_with_nothing_liked_the_list_begins_with_the_candidate() -> None:
    model = ScriptedModel()
    reranked(model)
    assert model.asked[0].prompt == "Request: a quiet heist film\nRecommendations:"
    assert model.asked[0].options == tuple(f" {title}" for title in TITLES)


def test_long_texts_are_cut() -> None:
    model = ScriptedModel()
    request = Request(message="word " * 2000)
    reranked(
        model, request=request, likes=["x" * 500] * 9 + [f"Like {n}" for n in range(20)],
        shortlist=shortlist_of(("t" * 1000, "Short"), (1.0, 0.5)),
    )  # fmt: skip
    assert len(model.asked[0].prompt) < 1100
    assert max(len(option) for option in model.asked[0].options) <= 81


def test_it_stops_when_it_is_told_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        rerank(REQUEST, (), shortlist_of(), ScriptedModel(), {}, weight=Weight(1.0), cancel=cancel)


class Packaged(ScriptedModel):
    name = PACKAGED_NAME


@pytest.mark.parametrize(
    ("model", "set_", "measured", "weight"),
    [
        (None, 0.2, 0.5, NO_WEIGHT),
        (ScriptedModel(), None, None, NO_WEIGHT),
        (ScriptedModel(), None, 0.5, Weight(0.5)),
        (ScriptedModel(), 0.2, 0.5, Weight(0.2)),
        (Packaged(), None, None, PACKAGED_WEIGHT),
        (Packaged(), None, 0.0, NO_WEIGHT),
        (Packaged(), 0.0, 0.5, NO_WEIGHT),
    ],
)
def test_the_weight_is_set_or_measured_or_known(
    model: ScriptedModel | None, set_: float | None, measured: float | None, weight: Weight
) -> None:
    assert model_weight(model, LanguageModelSettings(weight=set_), measured) == weight


def test_a_weight_of_nothing_is_none() -> None:
    assert not NO_WEIGHT
    assert not Weight(0.5, frozenset())
    assert Weight(0.5)


def test_the_model_has_a_say_in_the_kinds_that_its_weight_is_for() -> None:
    model = ScriptedModel()
    films = frozenset({Kind.FILM})
    mixed = [
        Shortlisted(
            item.candidate.model_copy(
                update={"video": item.candidate.video.model_copy(update={"kind": kind})}
            ),
            item.cluster,
        )
        for item, kind in zip(
            shortlist_of(), (Kind.FILM, Kind.FILM, Kind.TALK, Kind.TALK), strict=True
        )
    ]
    result = rerank(REQUEST, (), mixed, model, {}, weight=Weight(1.0, films), cancel=CancelToken())
    moved = {one.candidate.video.kind for one in result.shortlist
             if Part.MODEL in one.candidate.parts}  # fmt: skip
    assert moved == films
    assert set(result.new_likelihoods) == {"a:0", "a:1"}

    model.asked.clear()
    talks = [item for item in mixed if item.candidate.video.kind is Kind.TALK]
    result = rerank(REQUEST, (), talks, model, {}, weight=Weight(1.0, films), cancel=CancelToken())
    assert result == Reranked(tuple(talks), {})
    assert model.asked == []


@pytest.mark.parametrize("changed", ["rerank", "rerank_likes", "rerank_neutral"])
def test_what_is_stored_is_filed_under_the_model_and_all_that_it_is_asked_with(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = likelihood_key(ScriptedModel())
    assert before.startswith("scripted-")
    assert likelihood_key(ScriptedModel()) == before
    texts = {name: prompts.load(name) for name in ("rerank", "rerank_likes", "rerank_neutral")}
    texts[changed] = texts[changed].model_copy(update={"text": "Another prompt"})
    monkeypatch.setattr(prompts, "load", texts.__getitem__)
    assert likelihood_key(ScriptedModel()) != before


def test_what_of_a_video_is_scored_is_a_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = likelihood_key(ScriptedModel())
    monkeypatch.setattr("assistant.rerank.asking._FORM", "title and year")
    assert likelihood_key(ScriptedModel()) != before


@pytest.mark.real_models
def test_the_real_model_prefers_what_was_asked_for() -> None:
    from assistant.models.local import LocalModel

    model = LocalModel.load(LanguageModelSettings(threads=1))
    try:
        films = ("Cooking Pasta at Home", "Introduction to Machine Learning", "Horse Racing 1974")
        result = rerank(
            Request(message="I want to learn about machine learning and neural networks"),
            (), shortlist_of(films, (0.51, 0.5, 0.52)), model, {},
            weight=Weight(1.0), cancel=CancelToken(), budget_s=None,
        )  # fmt: skip
        opinions = {i.candidate.video.title: i.candidate.parts for i in result.shortlist}
        assert max(opinions, key=lambda title: opinions[title][Part.MODEL]) == films[1]
        assert set(result.new_likelihoods) == {"a:0", "a:1", "a:2"}
    finally:
        model.close()
