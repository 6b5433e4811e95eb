"""Checking what must hold after a turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.scripts.format import Expectation, PicksExpectation, SentencesExpectation
from assistant.types import Pick, Turn, TurnFailed, Value


def check(
    expected: Expectation, turn: Turn | None, failure: TurnFailed | None, shown: Sequence[str]
) -> Iterator[str]:
    """What does not hold of a turn, a sentence each."""
    if turn is None:
        said = f"{failure.title} {failure.detail} {failure.hint}" if failure else "nothing"
        if expected.fails_with is None or expected.fails_with not in said:
            yield f"the turn failed: {said}"
        return
    if expected.fails_with is not None:
        yield f"the turn should have failed with {expected.fails_with!r}"
    yield from _check_request(expected, turn)
    if expected.picks is not None:
        yield from _check_picks(expected.picks, turn.picks, shown)
    clusters = {pick.cluster for pick in turn.picks}
    if expected.clusters_at_least is not None and len(clusters) < expected.clusters_at_least:
        yield f"{len(clusters)} clusters, not {expected.clusters_at_least}: {sorted(clusters)}"
    if expected.sentences is not None:
        yield from _check_sentences(expected.sentences, turn.picks)
    for words in expected.answer_contains:
        if words not in turn.answer:
            yield f"the answer does not say {words!r}: {turn.answer!r}"
    if expected.model is not None and (turn.model or "none") != expected.model:
        yield f"model {turn.model or 'none'}, not {expected.model}"


def _check_request(expected: Expectation, turn: Turn) -> Iterator[str]:
    request = turn.request
    for name in ("intent", "language", "constraints", "wish"):
        wanted, got = getattr(expected, name), getattr(request, name)
        if wanted is not None and wanted != got:
            yield f"{name} {_short(got)}, not {_short(wanted)}"
    got_sets = {
        "avoid": request.avoid,
        "named": tuple(title.video_id for title in request.named),
        "references": request.references,
    }
    for name, got in got_sets.items():
        wanted = getattr(expected, name)
        if wanted is not None and set(wanted) != set(got):
            yield f"{name} {sorted(got)}, not {sorted(wanted)}"


def _short(value: object) -> str:
    return str(value.model_dump(exclude_defaults=True) if isinstance(value, Value) else value)


def _check_picks(
    expected: PicksExpectation, picks: Sequence[Pick], shown: Sequence[str]
) -> Iterator[str]:
    ids = [pick.video.id for pick in picks]
    if expected.count is not None and len(ids) != expected.count:
        yield f"{len(ids)} picks, not {expected.count}"
    if expected.at_least is not None and len(ids) < expected.at_least:
        yield f"{len(ids)} picks, not at least {expected.at_least}"
    if missing := set(expected.include) - set(ids):
        yield f"not among the picks {ids}: {sorted(missing)}"
    if expected.include_any and not set(expected.include_any) & set(ids):
        yield f"none of {sorted(expected.include_any)} among the picks {ids}"
    if unwanted := set(expected.exclude) & set(ids):
        yield f"among the picks: {sorted(unwanted)}"
    if expected.first is not None and ids[:1] != [expected.first]:
        yield f"first is {ids[:1]}, not {expected.first}"
    for pick in picks:
        if expected.all is not None and not expected.all.admits(pick.video):
            yield f"{pick.video.id} does not satisfy {_short(expected.all)}"
        if expected.kinds_among and pick.video.kind not in expected.kinds_among:
            yield f"{pick.video.id} is a {pick.video.kind}"
    if expected.no_repeats and (again := set(ids) & set(shown)):
        yield f"shown before: {sorted(again)}"


_QUOTED = re.compile(r"[“《]([^”》]+)[”》]")


def _check_sentences(expected: SentencesExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    for pick in picks:
        if not pick.sentence:
            yield f"{pick.video.id} has no sentence"
        if expected.name_only is not None:
            video = pick.video
            known = {video.title, video.channel or "", *video.other_titles, *video.people}
            known.update(expected.name_only, (item.text for item in pick.evidence))
            for quoted in _QUOTED.findall(pick.sentence):
                if not any(quoted.rstrip("….") in text for text in known):
                    yield f"{pick.video.id} names {quoted!r}, which is no evidence of it"
    kinds = {item.kind for pick in picks for item in pick.evidence}
    if expected.evidence_any and not kinds & set(expected.evidence_any):
        yield f"evidence {sorted(kinds)}, none of {sorted(expected.evidence_any)}"
    sentences = [pick.sentence for pick in picks]
    if expected.distinct and len(set(sentences)) < len(sentences):
        yield f"the same sentence twice: {sentences}"
