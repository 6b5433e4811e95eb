"""What must hold of what is remembered, and of the signals that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.scripts.checks.outcome import Outcome
from assistant.scripts.checks.wording import holds, short
from assistant.scripts.expectations import (
    Expectation,
    MemoryExpectation,
    PreferenceExpectation,
    SignalExpectation,
)
from assistant.types import Constraints, Preference


def check_memory(expected: MemoryExpectation, remembered: Sequence[Preference]) -> Iterator[str]:
    """What does not hold of all that is remembered."""
    said = [preference.said for preference in remembered]
    if expected.count is not None and len(remembered) != expected.count:
        yield f"{len(remembered)} things remembered, not {expected.count}: {said}"
    for wanted in expected.include:
        if not any(is_as(wanted, preference) for preference in remembered):
            yield f"not remembered: {short(wanted)}; what is: {short(remembered)}"
    for unwanted in expected.exclude:
        found = [preference for preference in remembered if is_as(unwanted, preference)]
        if found:
            yield f"remembered: {short(found)}"


def is_as(wanted: PreferenceExpectation, preference: Preference) -> bool:
    """Whether something remembered is as it should be."""
    return (
        holds(preference.said, wanted.said or "")
        and wanted.scope in (None, preference.scope)
        and _folded(wanted.likes) <= _folded(preference.likes)
        and _folded(wanted.dislikes) <= _folded(preference.dislikes)
        and set(wanted.avoid) <= set(preference.avoid)
        and _has(preference.constraints, wanted.constraints_include)
    )


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words}


def _has(limits: Constraints, wanted: Constraints | None) -> bool:
    return wanted is None or not any(lacking(wanted, limits))


def lacking(wanted: Constraints, got: Constraints) -> Iterator[str]:
    """The limits that are not among those of `got`; of lists, each item by itself."""
    for name in sorted(wanted.model_fields_set):
        one, other = getattr(wanted, name), getattr(got, name)
        there = set(one) <= set(other) if isinstance(one, tuple) and one else one == other
        if not there:
            yield f"constraints.{name} {short(other)}, not {short(one)}"


def check_signals(expected: Expectation, outcome: Outcome) -> Iterator[str]:
    """What does not hold of the signals that are stored."""
    stored = [(item.video_id, item.signal, item.rating) for item in outcome.signals()]

    def there(wanted: SignalExpectation) -> bool:
        video_id = outcome.resolve(wanted.video)
        return any(
            (video_id, wanted.signal) == (id_, signal) and wanted.rating in (None, rating)
            for id_, signal, rating in stored
        )

    for wanted in expected.signals_stored:
        if not there(wanted):
            yield f"not stored: {short(wanted)} of {outcome.resolve(wanted.video)}"
    for unwanted in expected.signals_not_stored:
        if there(unwanted):
            yield f"stored: {short(unwanted)} of {outcome.resolve(unwanted.video)}"
