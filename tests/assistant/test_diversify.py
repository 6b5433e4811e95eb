from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import count

import pytest

from assistant.diversify import Shortlisted, diversify
from assistant.types import Candidate, Dial, Part, Video

NUMBERS = count()


def candidate(score: float, topic: str) -> Candidate:
    keywords = (topic,) if topic else ()
    video = Video(id=f"v:{next(NUMBERS):05}", title=f"On {topic}", keywords=keywords)
    return Candidate(video=video, score=score, parts={Part.REQUEST: score})


def with_keywords(score: float, *keywords: str) -> Candidate:
    one = candidate(score, "")
    return one.model_copy(update={"video": one.video.model_copy(update={"keywords": keywords})})


def topics(shortlist: Sequence[Shortlisted]) -> list[str]:
    return [item.cluster for item in shortlist]


def scores(shortlist: Sequence[Shortlisted]) -> list[float]:
    return [item.candidate.score for item in shortlist]


def test_seats_go_by_the_square_root_of_votes() -> None:
    candidates = [
        candidate(4.0, topic)
        for topic, size in {"a": 10, "b": 6, "c": 4}.items()
        for _ in range(size)
    ]
    # quotients, by hand: a 3.16, b 2.45, c 2, a 1.58, b 1.22, a 1.05, c 1, b .82, a .79
    shortlist = diversify(candidates, 20, dial=Dial.BALANCED, seed=0)
    assert topics(shortlist)[:9] == ["a", "b", "c", "a", "b", "a", "c", "b", "a"]


def test_a_large_cluster_does_not_take_all_seats() -> None:
    sizes = {"a": 36, "b": 5, "c": 5, "d": 5}
    candidates = [candidate(4.0, topic) for topic, size in sizes.items() for _ in range(size)]
    # a 6, a 3, b, c and d 2.24, a 2
    shortlist = diversify(candidates, 6, dial=Dial.BALANCED, seed=0)
    assert topics(shortlist) == ["a", "a", "b", "c", "d", "a"]


def test_every_prefix_is_diverse() -> None:
    candidates = [candidate(5 - n / 100, topic) for topic in "abcd" for n in range(8)]
    shortlist = diversify(candidates, 12, dial=Dial.BALANCED, seed=0)
    assert {*topics(shortlist[:4])} == {*topics(shortlist[4:8])} == {"a", "b", "c", "d"}


def test_each_cluster_sends_its_best() -> None:
    candidates = [candidate(5 - n / 100, topic) for topic in "ab" for n in range(6)]
    shortlist = diversify(candidates, 4, dial=Dial.BALANCED, seed=0)
    assert sorted(scores(shortlist), reverse=True) == [5, 5, 4.99, 4.99]


@pytest.mark.parametrize("dial", list(Dial))
def test_what_is_far_below_the_best_wins_no_seat(dial: Dial) -> None:
    good = [candidate(9 - n / 100, "good") for n in range(10)]
    nonsense = [candidate(2, f"nonsense {n % 5}") for n in range(30)]
    shortlist = diversify([*nonsense, *good], 10, dial=dial, seed=0)
    assert min(scores(shortlist)) > 8


def test_the_irrelevant_follow_only_to_fill_up() -> None:
    good = [candidate(9, "a"), candidate(8.5, "a"), candidate(8, "a")]
    poor = [candidate(score, topic) for score, topic in [(1, "b"), (2, "c"), (3, "d")]]
    shortlist = diversify([*good, *poor], 5, dial=Dial.EXPLORE, seed=0)
    assert sorted(scores(shortlist[:3]), reverse=True) == [9, 8.5, 8]
    assert scores(shortlist[3:]) == [3, 2]


def test_one_that_stands_out_leaves_the_others_relevant() -> None:
    others = [candidate(5 - n / 50, topic) for topic in "abc" for n in range(5)]
    shortlist = diversify([candidate(30, "a"), *others], 4, dial=Dial.BALANCED, seed=0)
    assert scores(shortlist)[0] == 30
    assert {*topics(shortlist)} == {"a", "b", "c"}


def test_familiar_is_nearly_the_order_of_the_scores() -> None:
    candidates = [candidate(5 - n / 5, "ab"[n >= 8]) for n in range(16)]
    familiar, explore = (
        scores(diversify(candidates, 6, dial=dial, seed=0))
        for dial in (Dial.FAMILIAR, Dial.EXPLORE)
    )
    assert familiar == [5 - n / 5 for n in range(6)]
    assert explore != familiar


def test_the_dial_widens_the_choice() -> None:
    candidates = [candidate(5 - n / 10, "abcdefgh"[n // 5]) for n in range(40)]
    reached = [
        len({*topics(diversify(candidates, 8, dial=dial, seed=3))})
        for dial in (Dial.FAMILIAR, Dial.BALANCED, Dial.EXPLORE)
    ]
    assert reached == sorted(reached)
    assert reached[0] < reached[2]


def test_exploring_draws_by_seed_from_the_better_half() -> None:
    candidates = [candidate(5 - n / 100, topic) for topic in "ab" for n in range(20)]
    drawn = [scores(diversify(candidates, 4, dial=Dial.EXPLORE, seed=seed)) for seed in range(12)]
    assert drawn[0] == scores(diversify(candidates, 4, dial=Dial.EXPLORE, seed=0))
    assert len({tuple(one) for one in drawn}) > 6
    assert min(min(one) for one in drawn) > 5 - 10 / 100 - 1e-9


@pytest.mark.parametrize("dial", [Dial.FAMILIAR, Dial.BALANCED])
def test_without_exploring_the_seed_changes_nothing(dial: Dial) -> None:
    candidates = [candidate(5 - n / 10, "abc"[n % 3]) for n in range(30)]
    assert diversify(candidates, 5, dial=dial, seed=1) == diversify(
        candidates, 5, dial=dial, seed=2
    )


@pytest.mark.parametrize("dial", list(Dial))
def test_any_candidates_make_a_whole_shortlist(dial: Dial) -> None:
    draw = random.Random(7)
    for size in (1, 2, 3, 9, 60, 200):
        candidates = [
            candidate(draw.gauss(0, 3), draw.choice(["", *"abcdefghij"])) for _ in range(size)
        ]
        for k in (1, 5, 100):
            shortlist = diversify(candidates, k, dial=dial, seed=size)
            ids = [item.candidate.video.id for item in shortlist]
            assert len(ids) == len({*ids}) == min(k, size)
            assert all(topics(shortlist))


def test_scores_may_be_negative_and_equal() -> None:
    candidates = [candidate(-3.0, "ab"[n % 2]) for n in range(12)]
    assert topics(diversify(candidates, 4, dial=Dial.BALANCED, seed=0)) == ["a", "b", "a", "b"]


def test_nothing_to_choose_from_or_nothing_wanted() -> None:
    assert diversify([], 5, dial=Dial.BALANCED, seed=0) == ()
    assert diversify([candidate(1, "a")], 0, dial=Dial.BALANCED, seed=0) == ()


def test_what_candidates_share_does_not_hide_how_they_differ() -> None:
    alike = [candidate(5.0, "film") for _ in range(6)]
    several = [with_keywords(4.9, "film", "noir"), with_keywords(4.9, "film", "western")]
    shortlist = diversify([*alike, *several], 3, dial=Dial.BALANCED, seed=0)
    keywords = {word for item in shortlist for word in item.candidate.video.keywords}
    assert keywords == {"film", "noir", "western"}


def test_a_video_stands_for_all_of_its_keywords() -> None:
    both = with_keywords(5.0, "noir", "jazz")
    others = [candidate(4.9, topic) for topic in ("noir", "jazz", "ships")]
    shortlist = diversify([both, *others], 2, dial=Dial.BALANCED, seed=0)
    assert [item.candidate for item in shortlist] == [both, others[2]]


def test_what_was_shown_sends_the_next_seats_elsewhere() -> None:
    candidates = [candidate(5.0 - n / 100, topic) for topic in "abc" for n in range(6)]
    shown = [candidate(5.0, topic).video for topic in "aab"]
    afresh = diversify(candidates, 3, dial=Dial.BALANCED, seed=0)
    further = diversify(candidates, 3, dial=Dial.BALANCED, seed=0, shown=shown)
    assert topics(afresh) == ["a", "b", "c"]
    assert topics(further) == ["c", "b", "c"]


def test_what_was_shown_long_ago_counts_less() -> None:
    candidates = [candidate(5.0, topic) for topic in "ab" for n in range(6)]
    earlier = [candidate(5.0, "b").video]
    between = [candidate(5.0, "elsewhere").video] * 40
    later = [candidate(5.0, "a").video]
    shortlist = diversify(
        candidates, 2, dial=Dial.BALANCED, seed=0, shown=[*earlier, *between, *later]
    )
    assert topics(shortlist) == ["b", "a"]


def of_interest(score: float, interest: str) -> Candidate:
    return candidate(score, "").model_copy(update={"interest": interest})


def interests(shortlist: Sequence[Shortlisted]) -> Counter[str | None]:
    return Counter(item.candidate.interest for item in shortlist)


def test_familiar_seats_candidates_alike_in_the_shares_of_the_interests() -> None:
    candidates = [of_interest(5, ("films", "jazz", "chess")[n % 3]) for n in range(30)]
    aim = {"films": 0.6, "jazz": 0.3, "chess": 0.1}
    aimed = diversify(candidates, 10, dial=Dial.FAMILIAR, seed=0, aim=aim)
    assert interests(aimed) == {"films": 6, "jazz": 3, "chess": 1}


def test_a_better_score_still_counts_more_than_the_aim() -> None:
    candidates = [of_interest(5 - n / 100, "films") for n in range(20)]
    candidates += [of_interest(4.7 - n / 100, "jazz") for n in range(20)]
    plain, aimed = (
        interests(diversify(candidates, 10, dial=Dial.FAMILIAR, seed=0, aim=aim))["jazz"]
        for aim in (None, {"films": 0.5, "jazz": 0.5})
    )
    assert plain < aimed < 5


@pytest.mark.parametrize("dial", [Dial.BALANCED, Dial.EXPLORE])
def test_other_settings_do_not(dial: Dial) -> None:
    candidates = [of_interest(5 - n / 100, ("films", "jazz")[n % 2]) for n in range(20)]
    aimed = diversify(candidates, 6, dial=dial, seed=0, aim={"films": 0.9, "jazz": 0.1})
    assert aimed == diversify(candidates, 6, dial=dial, seed=0)


def test_an_aim_is_no_bar_to_what_it_does_not_name() -> None:
    candidates = [of_interest(5 - n, "elsewhere") for n in range(3)]
    aimed = diversify(candidates, 3, dial=Dial.FAMILIAR, seed=0, aim={"films": 1.0})
    assert scores(aimed) == [5, 4, 3]
