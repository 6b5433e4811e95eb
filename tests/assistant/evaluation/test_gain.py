from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.evaluation.gain import (
    FEWEST_TURNS,
    Gain,
    JudgedList,
    fitted_weight,
    measure_gain,
    ranking_quality,
    weigh,
)
from assistant.models.base import Likelihood
from assistant.models.scripted import ScriptedModel
from assistant.types import Candidate, Part, Request, Shortlisted, Video

SIZE = 20


class OracleModel(ScriptedModel):
    """Finds titles likelier that say they are right; or whatever else `liking` likes."""

    def __init__(self, liking: Callable[[str], float]) -> None:
        super().__init__()
        self._liking = liking

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        super().likelihoods(prefix, continuations, cancel)
        asked = prefix.startswith("Request:")
        return [Likelihood(self._liking(text) if asked else -10.0, 4) for text in continuations]


def turns_of(count: int, *, seed: int = 0) -> list[JudgedList]:
    """Lists in random order, with two right ones in each."""
    draw = random.Random(seed)
    turns = []
    for turn in range(count):
        right = set(draw.sample(range(SIZE), 2))
        items = [
            Shortlisted(candidate(f"t{turn}:{n}", "right" if n in right else "wrong", SIZE - n), "")
            for n in range(SIZE)
        ]
        turns.append(JudgedList(Request(message="?"), (), items, {f"t{turn}:{n}" for n in right}))
    return turns


def candidate(video_id: str, title: str, place: float) -> Candidate:
    score = place / SIZE
    video = Video(id=video_id, title=f"{title} {video_id}")
    return Candidate(video=video, score=score, parts={Part.REQUEST: score})


def measured(model: ScriptedModel, turns: Sequence[JudgedList]) -> Gain:
    return measure_gain(turns, model, cancel=CancelToken(), budget_s=None)


def noise(text: str) -> float:
    return -20.0 + random.Random(text).gauss(0, 3)


def test_a_model_that_knows_what_is_right_earns_a_weight() -> None:
    gain = measured(OracleModel(lambda text: noise(text) + 5.0 * ("right" in text)), turns_of(120))
    assert gain.weight > 0
    assert 0 < gain.low < gain.gain < gain.high
    assert gain.turns == 120


def test_a_model_that_knows_nothing_earns_none() -> None:
    for seed in range(3):
        gain = measured(OracleModel(lambda text: noise(text)), turns_of(120, seed=seed))
        assert gain.weight == 0.0
        assert gain.low <= 0


def test_a_model_that_prefers_what_is_wrong_earns_none_and_is_not_made_to_look_useful() -> None:
    gain = measured(OracleModel(lambda text: noise(text) - 9.0 * ("right" in text)), turns_of(120))
    assert gain.weight == 0.0
    assert gain.gain == 0.0  # its weight on each half is 0


def test_the_more_it_knows_the_more_it_weighs() -> None:
    def knowing(much: float) -> OracleModel:
        return OracleModel(lambda text: noise(text) + much * ("right" in text))

    little, much = (measured(knowing(size), turns_of(200)) for size in (2.0, 12.0))
    assert much.weight >= little.weight
    assert much.gain > little.gain


def test_with_few_turns_nothing_is_earned() -> None:
    knows = OracleModel(lambda text: -20.0 + 9.0 * ("right" in text))
    assert measured(knows, turns_of(FEWEST_TURNS - 1)).weight == 0.0
    assert measured(knows, turns_of(FEWEST_TURNS)).weight > 0.0


def test_lists_that_no_order_can_improve_are_left_out() -> None:
    model = ScriptedModel()
    turns = turns_of(2)
    nothing = JudgedList(turns[0].request, (), turns[0].shortlist, {"t9:9"})
    everything = JudgedList(turns[0].request, (), turns[0].shortlist[:1], {"t0:0"})
    ids = {item.candidate.video.id for item in turns[1].shortlist}
    all_right = JudgedList(turns[1].request, (), turns[1].shortlist, ids)
    gain = measured(model, [nothing, everything, all_right])
    assert gain == Gain(weight=0.0, before=0.0, gain=0.0, low=0.0, high=0.0, turns=0)
    assert model.asked == []


def test_it_tells_of_its_progress_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    cancel = CancelToken()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        measure_gain(turns_of(10), ScriptedModel(), cancel=cancel, progress=progress)
    assert told == [(1, 10), (2, 10), (3, 10)]


def test_likelihoods_that_are_known_are_not_asked_for() -> None:
    model = ScriptedModel()
    turns = turns_of(2)
    ids = [item.candidate.video.id for turn in turns for item in turn.shortlist]
    measure_gain(
        turns, model, cancel=CancelToken(), known=dict.fromkeys(ids, Likelihood(-9.0, 2)),
        budget_s=None,
    )  # fmt: skip
    assert all(asked.prompt.startswith("Request:") for asked in model.asked)


def test_each_half_is_judged_by_the_weight_of_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = turns_of(4)
    fitted: list[Sequence[JudgedList]] = []

    def fit(some: Sequence[JudgedList], opinions: Sequence[object]) -> float:
        fitted.append(some)
        return 1.0 if some[0] is turns[1] else 0.0

    monkeypatch.setattr("assistant.evaluation.gain.fitted_weight", fit)
    opinions = [{one.candidate.video.id: float(one.candidate.video.id in turn.relevant)
                 for one in turn.shortlist} for turn in turns]  # fmt: skip
    gain = weigh(turns, opinions)
    assert fitted == [turns[1::2], turns[0::2]]
    before = [ranking_quality(turn, {}, 0.0) for turn in turns]
    after = [
        ranking_quality(turn, values, 1.0 if place % 2 == 0 else 0.0)
        for place, (turn, values) in enumerate(zip(turns, opinions, strict=True))
    ]
    assert gain.before == pytest.approx(np.mean(before))
    assert gain.gain == pytest.approx(np.mean(after) - np.mean(before))


def test_the_weight_is_what_an_opinion_is_worth_in_the_scale_of_the_scores() -> None:
    draw = np.random.default_rng(0)
    turns, opinions = [], []
    for turn in range(1500):
        scores, z = draw.normal(size=SIZE), draw.normal(size=SIZE)
        z = (z - z.mean()) / z.std()
        odds = np.exp(1.2 * scores + 0.6 * z)
        right = draw.choice(SIZE, p=odds / odds.sum())
        ids = [f"t{turn}:{n}" for n in range(SIZE)]
        items = [Shortlisted(candidate(one, "a", float(s) * SIZE), "")
                 for one, s in zip(ids, scores, strict=True)]  # fmt: skip
        turns.append(JudgedList(Request(message="?"), (), items, {ids[right]}))
        opinions.append(dict(zip(ids, map(float, z), strict=True)))
    assert fitted_weight(turns, opinions) == pytest.approx(0.5, abs=0.08)


def test_a_report_is_of_json_values() -> None:
    report = measured(OracleModel(noise), turns_of(40)).report()
    assert report["turns"] == 40
    assert set(report) == {"weight", "before", "gain", "low", "high", "turns"}
