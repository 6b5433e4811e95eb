from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.models.base import Likelihood
from assistant.models.scripted import ScriptedModel
from assistant.rerank.scoring import CHUNK, Asked, Scored, score

ASKED = Asked("Request: x\nRecommendations:", "Recommendations:")
TEXTS = {f"a:{number}": f" Title {number}" for number in range(5 * CHUNK)}
IDS = list(TEXTS)


class Clock:
    """A clock that stands still but for what is read."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class SlowModel(ScriptedModel):
    """Takes `seconds` of the clock for a title, and looks at its token after each, as a real one.

    Args:
        clock: put forward as it reads.
        seconds: for a title.
        before: called before each title is read.
    """

    def __init__(
        self, clock: Clock, seconds: float, before: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds
        self._before = before

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        for _ in continuations:
            self._before()
            self._clock.now += self._seconds
            cancel.check()
        return super().likelihoods(prefix, continuations, cancel)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("assistant.rerank.scoring.time.monotonic", clock)
    return clock


def scored(
    model: ScriptedModel, *, budget_s: float | None, known: Sequence[str] = (),
    cancel: CancelToken | None = None,
) -> Scored:  # fmt: skip
    return score(
        TEXTS, ASKED, model, dict.fromkeys(known, Likelihood(-1.0, 1)),
        budget_s=budget_s, cancel=cancel or CancelToken(),
    )  # fmt: skip


def test_with_time_enough_all_are_scored() -> None:
    result = scored(ScriptedModel(), budget_s=60.0)
    assert list(result.given) == IDS
    assert list(result.anyway) == IDS


def test_without_a_budget_it_takes_as_long_as_it_takes(clock: Clock) -> None:
    assert list(scored(SlowModel(clock, 1e6), budget_s=None).given) == IDS


def test_the_best_are_scored_in_the_time_that_there_is(clock: Clock) -> None:
    model = SlowModel(clock, 0.9 / (3 * CHUNK))
    result = scored(model, budget_s=1.0, known=IDS)
    assert list(result.given) == IDS[: 3 * CHUNK]
    assert result.anyway == {}


def test_half_of_the_time_is_left_for_likelihoods_that_are_not_known(clock: Clock) -> None:
    model = SlowModel(clock, 0.95 / (4 * CHUNK))
    result = scored(model, budget_s=1.0)
    assert list(result.given) == IDS[: 2 * CHUNK]
    assert list(result.anyway) == list(result.given)


def test_what_can_be_compared_comes_first(clock: Clock) -> None:
    known = IDS[:CHUNK]
    result = scored(SlowModel(clock, 0.95 / (4 * CHUNK)), budget_s=1.0, known=known)
    assert list(result.given) == IDS[: 2 * CHUNK]
    assert list(result.anyway)[:CHUNK] == IDS[CHUNK : 2 * CHUNK]


def test_what_there_was_no_time_for_is_nearer_the_next_time(clock: Clock) -> None:
    model = SlowModel(clock, 0.45 / CHUNK)
    first = scored(model, budget_s=0.8)
    assert first == Scored({}, {})
    first = scored(model, budget_s=1.0)
    assert list(first.anyway) == IDS[:CHUNK]
    second = scored(model, budget_s=1.0, known=list(first.anyway))
    assert list(second.given) == IDS[:CHUNK]


def test_a_model_that_is_too_slow_gives_no_opinion_and_takes_no_longer(clock: Clock) -> None:
    result = scored(SlowModel(clock, 0.4), budget_s=1.0, known=IDS)
    assert result == Scored({}, {})
    assert clock.now - 100.0 < 1.0 + 2 * 0.4


def test_stopping_the_turn_is_not_taken_for_the_end_of_the_time(clock: Clock) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        scored(SlowModel(clock, 0.01, before=cancel.cancel), budget_s=60.0, cancel=cancel)
