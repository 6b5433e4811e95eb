"""Checking what must hold after a turn: each module looks at one part of it.

A check is a function from what is expected and what came to what does not hold, a sentence each.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.scripts.checks.evidence import check_evidence
from assistant.scripts.checks.memory import check_memory, check_signals
from assistant.scripts.checks.outcome import Outcome
from assistant.scripts.checks.picks import check_picks
from assistant.scripts.checks.texts import check_sentences, check_text
from assistant.scripts.checks.understanding import check_request
from assistant.scripts.expectations import Expectation
from assistant.types import Turn

__all__ = ["Outcome", "check"]


def check(expected: Expectation, outcome: Outcome) -> Iterator[str]:
    """What does not hold of a turn, a sentence each."""
    if outcome.error and (expected.fails_with is None or expected.fails_with not in outcome.error):
        yield f"the turn failed: {outcome.error}"
        return
    if expected.fails_with is not None and not outcome.error:
        yield f"the turn should have failed with {expected.fails_with!r}"
    if outcome.turn is not None:
        yield from _check_turn(expected, outcome.turn, outcome)
    if expected.memory is not None:
        yield from check_memory(expected.memory, outcome.remembered())
    if expected.signals_stored or expected.signals_not_stored:
        yield from check_signals(expected, outcome)


def _check_turn(expected: Expectation, turn: Turn, outcome: Outcome) -> Iterator[str]:
    yield from check_request(expected, turn.request, outcome)
    if expected.picks is not None:
        yield from check_picks(expected.picks, turn.picks, outcome)
    clusters = {pick.cluster for pick in turn.picks}
    if expected.clusters_at_least is not None and len(clusters) < expected.clusters_at_least:
        yield f"{len(clusters)} clusters, not {expected.clusters_at_least}: {sorted(clusters)}"
    if expected.evidence is not None:
        yield from check_evidence(expected.evidence, turn.picks)
    if expected.sentences is not None:
        yield from check_sentences(expected.sentences, turn.picks)
    if expected.summary is not None:
        yield from check_text("the summary", expected.summary, turn.summary)
    if expected.answer is not None:
        names = outcome.names() if expected.answer.language else ()
        yield from check_text("the answer", expected.answer, turn.answer, names)
    if expected.model is not None and (turn.model or "none") != expected.model:
        yield f"model {turn.model or 'none'}, not {expected.model}"
