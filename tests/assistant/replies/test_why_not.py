from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assistant.accounts import Cause
from assistant.replies.why_not import Circumstances, Ranking, not_held, told, why_not
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


def said(video: Video, around: Circumstances | None = None, ranking: Ranking | None = None) -> str:
    return told(why_not(video, around or circumstances(), ranking, "en"))


def test_what_was_picked_is_said_to_have_been() -> None:
    assert said(ARRIVAL) == "“Arrival” was picked: it is number 1."


def test_the_limits_that_it_misses() -> None:
    request = Request(
        message="x", constraints=Constraints(max_duration_s=3600, min_year=1970), avoid=("horror",)
    )
    account = why_not(ALIEN, circumstances(request), None, "en")
    text = told(account)
    assert "does not meet what you asked for: at most 60 min." in text
    assert "from 1970" not in text
    assert "carries “horror”" in text
    assert [one.cause for one in account.kept_out] == [Cause.LIMIT, Cause.AVOIDED]


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
    assert words in said(ALIEN, circumstances(signals=signals))


def test_what_it_scored_and_what_it_has_less_of() -> None:
    ranking = Ranking(
        video=candidate(ALIEN, words=0.2, request=0.9),
        place=17,
        candidates=200,
        last=candidate(ARRIVAL, words=1.5, request=0.8),
    )
    text = said(ALIEN, ranking=ranking)
    assert "scored 1.10, place 17 of 200; number 1, the last pick, scored 2.30" in text
    assert "What it has less of: your words (−1.30)." in text


def test_two_scores_part_by_part_where_they_differ_most_first() -> None:
    ranking = Ranking(
        video=candidate(ALIEN, words=0.2, request=0.9, taste=0.001),
        place=17,
        candidates=200,
        last=candidate(BURNING, words=9.0),
        beside=candidate(ARRIVAL, words=1.5, request=0.8, dislike=-0.3),
    )
    account = why_not(ALIEN, circumstances(), ranking, "en")
    assert [(one.part, one.own, one.other) for one in account.parts] == [
        (Part.WORDS, 0.2, 1.5),
        (Part.DISLIKE, 0.0, -0.3),
        (Part.REQUEST, 0.9, 0.8),
    ]
    assert (account.beside, account.beside_rank) == ("Arrival", 1)
    assert account.parts[0].name == "your words"


def test_a_video_that_just_misses_is_said_to() -> None:
    ranking = Ranking(candidate(ALIEN, words=0.99), 2, 200, candidate(ARRIVAL, words=1.0))
    assert "It misses the last pick by 0.01." in said(ALIEN, ranking=ranking)


@pytest.mark.parametrize(
    ("place", "words"), [(1, "By score alone it would be in"), (2, "It scores more than that")]
)
def test_a_better_score_is_put_down_to_the_spread_over_groups(place: int, words: str) -> None:
    ranking = Ranking(
        video=candidate(BURNING, words=3.0),
        place=place,
        candidates=200,
        last=candidate(ARRIVAL, words=1.0),
        group="crime",
        stand_for_group=(1, 3),
    )
    text = said(BURNING, ranking=ranking)
    assert words in text
    assert "spread over groups" in text
    assert text.endswith("Of its group “crime” there is number 1 and 3.")


def test_another_recording_of_a_candidate_is_told_from_one_that_is_kept_out_by_the_spread() -> None:
    last = candidate(ARRIVAL, words=1.0)
    same = Ranking(candidate(BURNING, words=3.0), None, 200, last, same_as="Burning")
    assert "is another recording of “Burning”" in said(BURNING, ranking=same)
    unseen = Ranking(candidate(BURNING, words=3.0), None, 200, last)
    assert said(BURNING, ranking=unseen).endswith("the search put others forward.")


def test_what_is_kept_out_for_another_reason_is_not_put_down_to_its_score() -> None:
    ranking = Ranking(candidate(BURNING, words=3.0), None, 200, candidate(ARRIVAL, words=1.0))
    account = why_not(BURNING, circumstances(shown=True), ranking, "en")
    assert [one.cause for one in account.kept_out] == [Cause.SHOWN]
    assert "scored 3.00" in account.standing


def test_what_the_library_lacks() -> None:
    assert told(not_held("Dune", "en")) == (
        "“Dune” is not in your library, so it cannot be picked."
    )
    assert "《Dune》" in told(not_held("Dune", "zh"))
