"""How what was understood of a message is compared with what is right: slot by slot.

A slot is a set of facts, each written as a string, so that precision and recall can be counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.types import (
    Avoided,
    Constraints,
    NamedTitle,
    Preference,
    Request,
    SaidSignal,
    Scope,
    Signal,
)
from benchmarks.utterances import (
    ANY,
    OPEN,
    SOURCE,
    Expected,
    ExpectedLimits,
    ExpectedNote,
    ExpectedSignal,
    Open,
    Utterance,
)
from store.text import STOP_WORDS, has_cjk, stem, tokens

Facts = frozenset[str]
Slots = Mapping[str, Facts]

_SAY_NOTHING = frozenset("的了吗呢吧啊呀嘛片讲部些点個个")
"""Chinese characters that make no difference between two phrases."""


class Judged(NamedTuple):
    """What was expected and what was understood, slot by slot; open slots are left out."""

    expected: Slots
    got: Slots

    @property
    def wrong(self) -> list[str]:
        """The slots that are not understood exactly."""
        return [slot for slot, facts in self.expected.items() if facts != self.got[slot]]


def judge(utterance: Utterance, request: Request, shown: Sequence[str]) -> Judged:
    """Compare what was understood with what is right.

    Args:
        utterance: the message.
        request: what was made of it.
        shown: the ids of the picks that its references count.
    """
    expected = _expected(utterance, request, shown)
    got = _got(request, utterance.expect, shown)
    return Judged(expected, {slot: got[slot] for slot in expected})


def telling(phrase: str) -> Facts:
    """The stems of a phrase that tell what it is about, in no order.

    Where words run together the characters stand for them, so that nothing depends on where a
    segmenter cuts.
    """
    stems: set[str] = set()
    for word in tokens(phrase):
        if has_cjk(word):
            stems.update(set(word) - _SAY_NOTHING)
        elif word not in STOP_WORDS:
            stems.add(stem(word))
    return frozenset(stems)


# --- what is right -----------------------------------------------------------------------------


def _expected(utterance: Utterance, request: Request, shown: Sequence[str]) -> Slots:
    expect = utterance.expect
    slots: dict[str, Facts | None] = _limits(expect)
    slots["intent"] = _one(expect.intent)
    slots["language"] = _one(expect.language or utterance.language or "en")
    slots["wish"] = _alternative(expect.wish, request.wish)
    slots["avoid"] = None if isinstance(expect.avoid, str) else _avoided(expect.avoid)
    slots["less"] = None if isinstance(expect.less, str) else _phrases(expect.less)
    slots["named"] = _expected_named(expect)
    slots["references"] = _expected_references(expect, shown)
    slots["count"] = _one(expect.count)
    slots["dial"] = _one(expect.dial)
    slots["company"] = _one(expect.company)
    slots["facets"] = _each(expect.facets)
    slots["subject"] = _alternative(expect.subject, request.subject)
    slots["signals"] = _expected_signals(expect.signals, shown)
    slots["noted"] = frozenset().union(*(_expected_note(note) for note in expect.noted))
    return {slot: facts for slot, facts in slots.items() if facts is not None}


def _limits(limits: ExpectedLimits) -> dict[str, Facts | None]:
    return {
        "length": _bounds(min=_seconds(limits.min_minutes), max=_seconds(limits.max_minutes)),
        "year": _bounds(min=limits.min_year, max=limits.max_year),
        "not_years": _runs(limits.not_years),
        "published": _bounds(since=limits.since, until=limits.until),
        "languages": _with_not(limits.languages, limits.not_languages),
        "kinds": _with_not(limits.kinds, limits.not_kinds),
        "channels": _with_not(limits.channels, limits.not_channels),
        "people": _with_not(limits.people, limits.not_people),
    }


def _runs(runs: tuple[tuple[int, int], ...] | Open) -> Facts | None:
    if isinstance(runs, str):
        return None
    return frozenset(f"{first}-{last}" for first, last in runs)


def _seconds(minutes: float | str | None) -> int | str | None:
    return round(60 * minutes) if isinstance(minutes, (int, float)) else minutes


def _bounds(**ends: object) -> Facts | None:
    if OPEN in ends.values():
        return None
    return frozenset(f"{end} {value}" for end, value in ends.items() if value is not None)


def _with_not(wanted: Sequence[str], unwanted: Sequence[str]) -> Facts | None:
    if OPEN in (wanted, unwanted):
        return None
    return frozenset([*map(_folded, wanted), *(f"not {_folded(name)}" for name in unwanted)])


def _one(value: object) -> Facts | None:
    if value == OPEN:
        return None
    return frozenset() if value is None else frozenset([str(value)])


def _each(values: Sequence[object]) -> Facts | None:
    return None if values == OPEN else frozenset(map(str, values))


def _alternative(phrases: str | tuple[str, ...], got: str) -> Facts | None:
    """Of the alternatives the one that was understood, else the first."""
    if phrases == OPEN:
        return None
    alternatives = [
        telling(phrase) for phrase in ([phrases] if isinstance(phrases, str) else phrases)
    ]
    understood = telling(got)
    return understood if understood in alternatives else alternatives[0]


def _expected_named(expect: Expected) -> Facts | None:
    if expect.named == OPEN:
        return None
    if isinstance(expect.named, dict):
        return frozenset(f"{video} {liking}" for video, liking in expect.named.items())
    return frozenset(expect.named)


def _expected_references(expect: Expected, shown: Sequence[str]) -> Facts | None:
    places = expect.references
    if isinstance(places, str) or (places is None and expect.signals):
        return None
    return frozenset(shown[place - 1].removeprefix(SOURCE) for place in places or ())


def _expected_signals(
    signals: tuple[ExpectedSignal, ...] | Open, shown: Sequence[str]
) -> Facts | None:
    if isinstance(signals, str):
        return None
    return frozenset(
        _signal(said.id or shown[(said.at or 1) - 1], said.signal, said.rating) for said in signals
    )


def _expected_note(note: ExpectedNote) -> Facts:
    return _note(note.scope, _limits(note), note.avoid, note.likes, note.dislikes)


# --- what was understood -----------------------------------------------------------------------


def _got(request: Request, expect: Expected, shown: Sequence[str]) -> Slots:
    """The slots of a request, as far as possible in the terms of what is expected.

    What a message beside recommending is about is among its references, pointed at or named.
    """
    named_in_passing = (
        frozenset() if request.intent.recommends else {*request.references} - {*shown}
    )
    slots: dict[str, Facts] = _got_limits(request.constraints, expect)
    slots["intent"] = frozenset([str(request.intent)])
    slots["language"] = frozenset([request.language])
    slots["wish"] = telling(request.wish)
    slots["avoid"] = _avoided(request.avoid)
    slots["less"] = _phrases(request.less)
    slots["named"] = _got_named(request.named, with_liking=not isinstance(expect.named, tuple))
    slots["named"] |= {video.removeprefix(SOURCE) for video in named_in_passing}
    slots["references"] = frozenset(
        video.removeprefix(SOURCE) for video in request.references if video not in named_in_passing
    )
    slots["count"] = _one(request.count) or frozenset()
    slots["dial"] = _one(request.dial) or frozenset()
    slots["company"] = _one(request.company) or frozenset()
    slots["facets"] = frozenset(map(str, request.facets))
    slots["subject"] = telling(request.subject)
    slots["signals"] = frozenset(map(_got_signal, request.signals))
    slots["noted"] = frozenset().union(*map(_got_note, request.noted))
    return slots


def _got_limits(limits: Constraints, expect: ExpectedLimits) -> dict[str, Facts]:
    return {
        "length": frozenset(
            _bound("min", limits.min_duration_s, expect.min_minutes)
            + _bound("max", limits.max_duration_s, expect.max_minutes)
        ),
        "year": frozenset(
            _bound("min", limits.min_year, expect.min_year)
            + _bound("max", limits.max_year, expect.max_year)
        ),
        "not_years": frozenset(f"{run.first}-{run.last}" for run in limits.not_years),
        "published": _bounds(since=limits.published_since, until=limits.published_until)
        or frozenset(),
        "languages": _with_not(limits.languages, limits.not_languages) or frozenset(),
        "kinds": _with_not(limits.kinds, limits.not_kinds) or frozenset(),
        "channels": _with_not(limits.channels, limits.not_channels) or frozenset(),
        "people": _with_not(limits.people, limits.not_people) or frozenset(),
    }


def _bound(end: str, value: int | None, expected: object) -> list[str]:
    if value is None:
        return []
    return [f"{end} {ANY if expected == ANY else value}"]


def _got_named(named: Iterable[NamedTitle], *, with_liking: bool) -> Facts:
    ids = ((title.video_id.removeprefix(SOURCE), title.liking) for title in named)
    return frozenset(f"{video} {liking}" if with_liking else video for video, liking in ids)


def _got_signal(said: SaidSignal) -> str:
    return _signal(said.video_id, said.signal, said.rating)


def _got_note(note: Preference) -> Facts:
    limits = _got_limits(note.constraints, ExpectedLimits())
    return _note(note.scope, limits, note.avoid, note.likes, note.dislikes)


# --- in common ---------------------------------------------------------------------------------


def _note(
    scope: Scope,
    limits: Mapping[str, Facts | None],
    avoid: Iterable[Avoided],
    likes: Iterable[str],
    dislikes: Iterable[str],
) -> Facts:
    """Every part of a note with its scope: parts are right or wrong by themselves."""
    parts = {f"{slot} {fact}" for slot, facts in limits.items() for fact in facts or ()}
    parts |= {f"avoid {fact}" for fact in _avoided(avoid)}
    parts |= {f"likes {fact}" for fact in _phrases(likes)}
    parts |= {f"dislikes {fact}" for fact in _phrases(dislikes)}
    return frozenset(f"{scope}: {part}" for part in parts)


def _avoided(avoid: Iterable[Avoided]) -> Facts:
    return frozenset(
        " unless ".join([_phrase(avoided.term), *sorted(map(_phrase, avoided.unless))])
        for avoided in avoid
    )


def _phrases(phrases: Iterable[str]) -> Facts:
    return frozenset(map(_phrase, phrases))


def _phrase(phrase: str) -> str:
    return " ".join(sorted(telling(phrase))) or phrase


def _signal(video_id: str, signal: Signal, rating: float | None) -> str:
    stars = [] if rating is None else [f"{rating:g}"]
    return " ".join([video_id.removeprefix(SOURCE), signal, *stars])


def _folded(name: str) -> str:
    return str(name).casefold()
