"""What must hold of a request: every slot of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from assistant.constraints import describe
from assistant.scripts.checks.memory import is_as, lacking
from assistant.scripts.checks.outcome import Outcome
from assistant.scripts.checks.wording import holds, short
from assistant.scripts.expectations import (
    Expectation,
    NamedExpectation,
    SignalExpectation,
)
from assistant.types import Avoided, NamedTitle, Request, SaidSignal

EXACT = ("intent", "language", "wish", "constraints", "count", "dial", "company", "subject")
SETS = ("relative", "avoid", "less", "facets", "changed", "by_model")

_Wanted = TypeVar("_Wanted")
_Got = TypeVar("_Got")


def check_request(expected: Expectation, request: Request, outcome: Outcome) -> Iterator[str]:
    """What does not hold of a request, the message of `outcome` as it was understood."""
    given = expected.model_fields_set
    for name in EXACT:
        wanted, got = getattr(expected, name), getattr(request, name)
        if name in given and wanted != got:
            yield f"{name} {short(got)}, not {short(wanted)}"
    for name in SETS:
        wanted, got = getattr(expected, name) or (), getattr(request, name)
        if name in given and {_plain(item) for item in wanted} != {_plain(item) for item in got}:
            yield f"{name} {short(got)}, not {short(wanted)}"
    yield from _check_limits(expected, request)
    yield from _check_partial(expected, request)
    yield from _check_videos(expected, request, outcome)
    if "noted" in given and not _match(expected.noted or (), request.noted, is_as):
        yield f"noted {short(request.noted)}, not {short(expected.noted or ())}"


def _plain(item: object) -> object:
    """An item as it is compared: the order of exceptions does not matter."""
    return (item.term, frozenset(item.unless)) if isinstance(item, Avoided) else item


def _check_limits(expected: Expectation, request: Request) -> Iterator[str]:
    shown = describe(request, request.language)
    if "limits" in expected.model_fields_set and set(expected.limits or ()) != set(shown):
        yield f"limits {short(shown)}, not {short(expected.limits or ())}"
    if missing := set(expected.limits_include) - set(shown):
        yield f"limits {short(shown)}, without {short(missing)}"


def _check_partial(expected: Expectation, request: Request) -> Iterator[str]:
    for words in expected.wish_include:
        if not holds(request.wish, words):
            yield f"wish {short(request.wish)}, without {short(words)}"
    if missing := set(expected.changed_include) - set(request.changed):
        yield f"changed {short(request.changed)}, without {short(missing)}"
    if expected.constraints_include is not None:
        yield from lacking(expected.constraints_include, request.constraints)


def _check_videos(expected: Expectation, request: Request, outcome: Outcome) -> Iterator[str]:
    given = expected.model_fields_set

    def is_signal(wanted: SignalExpectation, got: SaidSignal) -> bool:
        return (
            outcome.resolve(wanted.video) == got.video_id
            and wanted.signal == got.signal
            and wanted.rating in (None, got.rating)
        )

    if "references" in given:
        references = [outcome.resolve(video) for video in expected.references or ()]
        if set(references) != set(request.references):
            yield f"references {short(request.references)}, not {short(references)}"
    if "named" in given and not _match(expected.named or (), request.named, _is_named):
        named = [f"{one.video_id} ({one.liking})" for one in request.named]
        yield f"named {short(named)}, not {short(expected.named or ())}"
    if "signals" in given and not _match(expected.signals or (), request.signals, is_signal):
        yield f"signals {short(request.signals)}, not {short(expected.signals or ())}"


def _is_named(wanted: NamedExpectation, got: NamedTitle) -> bool:
    return wanted.id == got.video_id and wanted.liking in (None, got.liking)


def _match(
    wanted: Iterable[_Wanted], got: Iterable[_Got], fits: Callable[[_Wanted, _Got], bool]
) -> bool:
    """Whether each that is wanted is there, and nothing else."""
    wanted, got = list(wanted), list(got)
    return (
        len(wanted) == len(got)
        and all(any(fits(one, other) for other in got) for one in wanted)
        and all(any(fits(one, other) for one in wanted) for other in got)
    )
