"""What must hold of the picks of a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.scripts.checks.outcome import Outcome
from assistant.scripts.checks.wording import holds, record, short
from assistant.scripts.expectations import PicksExpectation
from assistant.types import Pick


def check_picks(
    expected: PicksExpectation, picks: Sequence[Pick], outcome: Outcome
) -> Iterator[str]:
    """What does not hold of the picks."""
    ids = [pick.video.id for pick in picks]
    yield from _check_number(expected, len(ids))
    yield from _check_ids(expected, ids)
    yield from _check_videos(expected, picks)
    yield from _check_mentions(expected, picks)
    yield from _check_before(expected, ids, outcome)


def _check_number(expected: PicksExpectation, found: int) -> Iterator[str]:
    if expected.none is not None and expected.none == bool(found):
        yield f"{found} picks, not {'none' if expected.none else 'some'}"
    if expected.count is not None and found != expected.count:
        yield f"{found} picks, not {expected.count}"
    if expected.at_least is not None and found < expected.at_least:
        yield f"{found} picks, not at least {expected.at_least}"
    if expected.at_most is not None and found > expected.at_most:
        yield f"{found} picks, not at most {expected.at_most}"


def _check_ids(expected: PicksExpectation, ids: Sequence[str]) -> Iterator[str]:
    if missing := set(expected.include) - set(ids):
        yield f"not among the picks {ids}: {sorted(missing)}"
    if expected.include_any and not set(expected.include_any) & set(ids):
        yield f"none of {sorted(expected.include_any)} among the picks {ids}"
    if unwanted := set(expected.exclude) & set(ids):
        yield f"among the picks: {sorted(unwanted)}"
    if expected.first is not None and ids[:1] != [expected.first]:
        yield f"first is {ids[:1]}, not {expected.first}"
    for place, wanted in expected.places.items():
        if ids[place - 1 : place] != [wanted]:
            yield f"at place {place} is {ids[place - 1 : place]}, not {wanted}"


def _check_videos(expected: PicksExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    for pick in picks:
        if expected.all is not None and not expected.all.admits(pick.video):
            yield f"{pick.video.id} does not satisfy {short(expected.all)}"
        if expected.kinds_among and pick.video.kind not in expected.kinds_among:
            yield f"{pick.video.id} is a {pick.video.kind}"
    if expected.any is not None and not any(expected.any.admits(one.video) for one in picks):
        yield f"no pick satisfies {short(expected.any)}"


def _check_mentions(expected: PicksExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    records = {pick.video.id: record(pick.video) for pick in picks}

    def mentioned(video_id: str, words: Sequence[str]) -> list[str]:
        return [word for word in words if holds(records[video_id], word)]

    for video_id in records:
        if expected.each_mentions and not mentioned(video_id, expected.each_mentions):
            yield f"{video_id} mentions none of {list(expected.each_mentions)}"
        if unwanted := mentioned(video_id, expected.none_mentions):
            yield f"{video_id} mentions {unwanted}"
    wanted = expected.any_mentions
    if wanted and not any(mentioned(video_id, wanted) for video_id in records):
        yield f"no pick mentions any of {list(wanted)}"


def _check_before(
    expected: PicksExpectation, ids: Sequence[str], outcome: Outcome
) -> Iterator[str]:
    if expected.no_repeats and (again := set(ids) & set(outcome.shown_ids)):
        yield f"shown before: {sorted(again)}"
    if expected.same_as_turn is not None:
        before = _picks_of(expected.same_as_turn, outcome)
        if list(ids) != list(before):
            yield f"{ids}, not as in turn {expected.same_as_turn}: {list(before)}"
    for turn in expected.not_in_turn:
        if again := set(ids) & set(_picks_of(turn, outcome)):
            yield f"shown in turn {turn}: {sorted(again)}"


def _picks_of(turn: int, outcome: Outcome) -> Sequence[str]:
    """The picks of a message: the first is 1, the one before this is -1."""
    place = turn - 1 if turn > 0 else len(outcome.earlier) + turn
    return outcome.earlier[place] if 0 <= place < len(outcome.earlier) else ()
