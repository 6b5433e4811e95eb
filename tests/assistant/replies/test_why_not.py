from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assistant.replies.why_not import Circumstances, Ranking, not_held, why_not
from assistant.types import (
    Candidate,
    Constraints,
    Interaction,
    Part,
    Pick,
    Request,
    Signal,
    Video,
)
from tests.assistant.replies.videos import ALIEN, ARRIVAL, BURNING

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(video: Video, **parts: float) -> Candidate:
    values = {Part(name): value for name, value in parts.items()}
    return Candidate(video=video, score=sum(values.values()), parts=values)


def picked(video: Video, rank: int) -> Pick:
    return Pick(video=video, rank=rank, score=2.0, parts={}, cluster="")


def circumstances(
    request: Request | None = None, signals: Sequence[Interaction] = (), *, shown: bool = False
) -> Circumstances:
    return Circumstances(
        request=request or Request(message="space"),
        picks=[picked(ARRIVAL, 1)],
        signals=signals,
        shown=shown,
    )


def test_what_was_picked_is_said_to_have_been() -> None:
    assert why_not(ARRIVAL, circumstances(), None, "en") == "“Arrival” was picked: it is number 1."


def test_the_limits_that_it_misses() -> None:
    request = Request(
        message="x", constraints=Constraints(max_duration_s=3600, min_year=1970), avoid=("horror",)
    )
    told = why_not(ALIEN, circumstances(request), None, "en")
    assert "does not meet what you asked for: at most 60 min." in told
    assert "from 1970" not in told
    assert "carries “horror”" in told


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (Signal.WATCHED, "seen “Alien” already (watched)"),
        (Signal.HIDDEN, "hidden “Alien”"),
        (Signal.DISLIKED, "do not like “Alien”"),
    ],
)
def test_what_the_person_did_with_it(signal: Signal, words: str) -> None:
    signals = [Interaction(video_id=ALIEN.id, signal=signal, at=NOW)]
    assert words in why_not(ALIEN, circumstances(signals=signals), None, "en")


def test_what_it_scored_and_what_it_has_less_of() -> None:
    ranking = Ranking(
        video=candidate(ALIEN, words=0.2, request=0.9),
        place=17,
        candidates=200,
        last=candidate(ARRIVAL, words=1.5, request=0.8),
    )
    told = why_not(ALIEN, circumstances(), ranking, "en")
    assert "scored 1.10, place 17 of 200; number 1, the last pick, scored 2.30" in told
    assert "What it has less of: your words (−1.30)." in told


def test_a_better_score_is_put_down_to_the_spread_over_groups() -> None:
    ranking = Ranking(candidate(BURNING, words=3.0), 2, 200, candidate(ARRIVAL, words=1.0))
    assert "spread over groups" in why_not(BURNING, circumstances(), ranking, "en")


def test_what_the_library_lacks() -> None:
    assert not_held("Dune", "en") == "“Dune” is not in your library, so it cannot be picked."
    assert "《Dune》" in not_held("Dune", "zh")
