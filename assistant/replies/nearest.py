"""What cannot be met, and the nearest that can.

"Nothing under 5 minutes in Korean; the shortest Korean ones are 7": each limit is let go by itself,
and what is then there is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.company import left_out
from assistant.constraints import describe, kind_name, limits, only, slots_of, without
from assistant.explain.facts import length
from assistant.languages import language_name
from assistant.replies.reply import Reply
from assistant.replies.texts import joined, spoken, text
from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Constraints, Request, Slot, Video
from prompts import load_grammar

if TYPE_CHECKING:
    from store.library import Library

MOST_VALUES = 4
MOST_READ = 2_000
"""Of the videos that a limit keeps out, so many are looked at."""
ROUND_S = 60
"""A length is offered in whole minutes."""


@dataclass(frozen=True, slots=True)
class _Relaxed:
    """A request with one limit let go."""

    slot: Slot
    rest: Constraints
    """What then still limits it."""
    videos: Sequence[Video]
    """What it then admits."""


def nothing_meets(request: Request, library: Library, excluded: Collection[str]) -> Reply | None:
    """Say which limits cannot be met, with the nearest that can, and offer that.

    Args:
        request: one that found nothing.
        library: where.
        excluded: ids that are not recommended: they are no use to offer.

    Returns:
        None where the limits are not what stands in the way.
    """
    language = spoken(request.language)
    search = _Search(request, library, excluded)
    if request.constraints.empty:
        return None
    if search.admits(request.constraints):
        if search.left(request.constraints):
            return None
        everything = "; ".join(describe(request, language))
        return Reply(text("none_left", language, limits=everything))
    for slot in slots_of(request.constraints):
        if not search.admits(only(request.constraints, slot)):
            return _not_at_all(request, slot, search, language)
    return _best_of(request, list(search.relaxed()), language)


class _Search:
    """Looks for what is admitted and may be offered."""

    def __init__(self, request: Request, library: Library, excluded: Collection[str]) -> None:
        self._request = request
        self._library = library
        self._excluded = frozenset(excluded)
        self._avoided = AvoidedTerms(left_out(request))

    def admits(self, limits: Constraints) -> bool:
        """Whether the library has anything of the kind."""
        return bool(self._library.admitted_ids(limits))

    def left(self, limits: Constraints) -> list[Video]:
        """What may be offered, at most `MOST_READ` of it."""
        ids = [one for one in self._library.admitted_ids(limits) if one not in self._excluded]
        videos = self._library.get(ids[:MOST_READ]).values()
        return [video for video in videos if not self._avoided.carried_by(video)]

    def relaxed(self) -> Iterator[_Relaxed]:
        """The request with one or the other limit let go, where that leaves something."""
        for slot in slots_of(self._request.constraints):
            relaxed = _let_go(self._request.constraints, slot)
            if videos := self.left(relaxed):
                yield _Relaxed(slot, relaxed, videos)


def _let_go(constraints: Constraints, slot: Slot) -> Constraints:
    """All limits but those of one slot; of people who are not together, each by themselves."""
    if slot is Slot.PEOPLE and constraints.every_person:
        return constraints.model_copy(update={"every_person": False})
    return without(constraints, slot)


def _not_at_all(request: Request, slot: Slot, search: _Search, language: str) -> Reply:
    """There is nothing of the kind at all: what there is instead."""
    alone = only(request.constraints, slot)
    [limit, *_] = limits(Request(message="", constraints=alone), language)
    said = [text("no_limit_alone", language, limit=limit.text)]
    rest = _let_go(request.constraints, slot)
    relaxed = _Relaxed(slot, rest, search.left(rest))
    if not relaxed.videos:
        return Reply(said[0])
    offer = _offer(request, relaxed)
    values = _values(relaxed, alone, language)
    if slot in _NUMERIC:
        count = len(_nearest(relaxed, alone))
        said.append(text("the_nearest", language, value=values, count=count))
    else:
        said.append(text("instead", language, values=values))
    said.append(text("say_yes", language))
    return Reply(joined(said, language), offer=offer)


def _best_of(request: Request, relaxed: Sequence[_Relaxed], language: str) -> Reply | None:
    """The relaxation that goes least far: a number moved, before a property given up."""
    if not relaxed:
        return None
    numeric = [one for one in relaxed if one.slot in _NUMERIC]
    best = max(numeric or relaxed, key=lambda one: len(one.videos))
    alone = only(request.constraints, best.slot)
    [limit, *_] = limits(Request(message="", constraints=alone), language)
    everything = "; ".join(describe(request, language))
    name = "nearest_number" if best.slot in _NUMERIC else "nearest_value"
    said = text(
        name,  # type: ignore[arg-type]
        language,
        limits=everything,
        limit=limit.text,
        value=_values(best, alone, language),
        values=_values(best, alone, language),
        count=len(_nearest(best, alone)),
    )
    whole = joined((said, text("say_yes", language)), language)
    return Reply(whole, offer=_offer(request, best))


# --- the nearest -------------------------------------------------------------------------------

_NUMERIC = (Slot.DURATION, Slot.YEAR, Slot.PUBLISHED)
_Number = Callable[[Video], int | None]


def _number_of(slot: Slot) -> _Number:
    if slot is Slot.DURATION:
        return lambda video: video.duration_s
    if slot is Slot.YEAR:
        return lambda video: video.year
    return lambda video: video.published.toordinal() if video.published else None


def _distance(value: int, low: int | None, high: int | None) -> int:
    if low is not None and value < low:
        return low - value
    if high is not None and value > high:
        return value - high
    return 0


def _bounds(slot: Slot, alone: Constraints) -> tuple[int | None, int | None]:
    if slot is Slot.DURATION:
        return alone.min_duration_s, alone.max_duration_s
    if slot is Slot.YEAR:
        return alone.min_year, alone.max_year
    since, until = alone.published_since, alone.published_until
    return since.toordinal() if since else None, until.toordinal() if until else None


def _nearest(relaxed: _Relaxed, alone: Constraints) -> list[Video]:
    """The videos that miss a numeric limit least; all of them for another."""
    if relaxed.slot not in _NUMERIC:
        return list(relaxed.videos)
    number = _number_of(relaxed.slot)
    low, high = _bounds(relaxed.slot, alone)
    by_distance: dict[int, list[Video]] = {}
    for video in relaxed.videos:
        value = number(video)
        if value is not None:
            rounded = -(-value // ROUND_S) * ROUND_S if relaxed.slot is Slot.DURATION else value
            by_distance.setdefault(_distance(rounded, low, high), []).append(video)
    return by_distance[min(by_distance)] if by_distance else list(relaxed.videos)


def _values(relaxed: _Relaxed, alone: Constraints, language: str) -> str:
    """What there is, in words: the nearest number, or the commonest values with their counts."""
    nearest = _nearest(relaxed, alone)
    if relaxed.slot is Slot.DURATION and nearest[0].duration_s is not None:
        return length(nearest[0].duration_s, load_grammar(language))
    if relaxed.slot is Slot.YEAR and nearest[0].year is not None:
        return str(nearest[0].year)
    if relaxed.slot is Slot.PUBLISHED and nearest[0].published is not None:
        return nearest[0].published.isoformat()
    counts = Counter(name for video in relaxed.videos for name in _names(video, relaxed, language))
    listed = [f"{name} ({count})" for name, count in counts.most_common(MOST_VALUES)]
    return ", ".join(listed) or str(len(relaxed.videos))


def _names(video: Video, relaxed: _Relaxed, language: str) -> list[str]:
    match relaxed.slot:
        case Slot.LANGUAGE:
            return [language_name(video.language, language)] if video.language else []
        case Slot.KIND:
            return [kind_name(video.kind, language)]
        case Slot.CHANNEL:
            return [video.channel] if video.channel else []
        case Slot.PEOPLE:
            wanted = [name for name in relaxed.rest.people if name in video.people]
            return wanted or list(video.people[:1])
        case _:
            return []


def _offer(request: Request, relaxed: _Relaxed) -> Request:
    """The request with the limit that is in the way moved to the nearest, or let go."""
    alone = only(request.constraints, relaxed.slot)
    nearest, offered = _nearest(relaxed, alone), relaxed.rest
    low, high = _bounds(relaxed.slot, alone)
    values = [value for video in nearest if (value := _number_of(relaxed.slot)(video)) is not None]
    if relaxed.slot is Slot.DURATION and values:
        update = {
            "min_duration_s": min(values) if low is not None else None,
            "max_duration_s": -(-max(values) // ROUND_S) * ROUND_S if high is not None else None,
        }
        offered = offered.model_copy(update=update)
    elif relaxed.slot is Slot.YEAR and values:
        update = {
            "min_year": min(values) if low is not None else None,
            "max_year": max(values) if high is not None else None,
        }
        offered = offered.model_copy(update=update)
    return request.model_copy(update={"constraints": offered})
